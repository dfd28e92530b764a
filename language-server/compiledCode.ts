import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** Editors ask for more than diagnostics of what they open. Much later V8 has forgotten what only the start needed. */
const KEEP_AFTER_MS = 1000;

export interface Loaded {
  readonly exports: unknown;
  /**
   * To be called when all that a start needs has run: what V8 compiled for it is then kept in a moment or at the process's
   * end, whichever comes first, unless this start had it already.
   */
  readonly keepSoon: () => void;
}

/**
 * Loads an ASCII CommonJS file as `require` does, with what V8 compiled for it at an earlier start, kept in `folder`: a third of
 * the start's work. Node's own compile cache keeps what is compiled before a file runs, hence hardly a function of it.
 */
export function loadCompiled(path: string, folder: string): Loaded {
  const file = join(folder, `${basename(path)}-${process.versions.v8}-${process.arch}`);
  const source = readFileSync(path);
  const cachedData = readKept(file, source);
  const script = new Script(`(function (require, module) {${source.toString('latin1')}\n})`, {
    filename: path,
    ...(cachedData && { cachedData }),
  });
  const run = script.runInThisContext() as (require: NodeJS.Require, module: { exports: unknown }) => void;
  const loaded = { exports: {} };
  run(createRequire(path), loaded);
  // V8 takes no code that it compiled with other flags or on another processor.
  let isKept = cachedData !== undefined && script.cachedDataRejected !== true;
  const keepSoon = () => {
    if (!isKept) keepOnce(file, source, script);
    isKept = true;
  };
  return { exports: loaded.exports, keepSoon };
}

/**
 * The code in `file`, unless it is of another source or damaged. V8 itself would compare the sources' lengths alone and die of
 * damage, so the file holds the source and the code twice: to compare them takes less than to load what computes checksums.
 */
function readKept(file: string, source: Buffer): Buffer | undefined {
  try {
    const kept = readFileSync(file);
    const second = (source.length + kept.length) / 2;
    const code = kept.subarray(source.length, second);
    return kept.subarray(0, source.length).equals(source) && kept.subarray(second).equals(code)
      ? code
      : undefined;
  } catch {
    return undefined;
  }
}

function keepOnce(file: string, source: Buffer, script: Script): void {
  const keep = () => {
    clearTimeout(timer);
    process.off('exit', keep);
    try {
      const code = script.createCachedData();
      write(file, [source, code, code]);
    } catch {
      // The next start then works as long as this one.
    }
  };
  const timer = setTimeout(keep, KEEP_AFTER_MS).unref();
  process.once('exit', keep);
}

/** Never half a file, as other processes may read it meanwhile. */
function write(file: string, parts: readonly Buffer[]): void {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${String(process.pid)}`;
  writeFileSync(part, Buffer.concat(parts));
  renameSync(part, file);
}
