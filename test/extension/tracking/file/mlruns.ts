import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FileStoreReader } from '../../../../extension/tracking/file/fileStoreReader';

/** Files by path, `/` between folders; null is an empty folder. */
export type Tree = Readonly<Record<string, string | null>>;

/** A folder of its own for each test of the suite that calls it; gone when the test has ended. */
export function useFolder(): { readonly path: string } {
  let path = '';
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'mlruns-test-'));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));
  return {
    get path() {
      return path;
    },
  };
}

export function writeTree(root: string, tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    const file = join(root, path);
    mkdirSync(text === null ? file : dirname(file), { recursive: true });
    if (text !== null) writeFileSync(file, text);
  }
}

export function openReader(root: string): FileStoreReader {
  return new FileStoreReader({ path: root, throwIfAborted: () => undefined });
}

export function experimentMeta(id: string, fields: Readonly<Record<string, string>> = {}): string {
  return toYaml({
    artifact_location: `file:///srv/mlruns/${id}`,
    creation_time: '1700000000000',
    experiment_id: `'${id}'`,
    last_update_time: '1700000000000',
    lifecycle_stage: 'active',
    name: `experiment ${id}`,
    ...fields,
  });
}

export function runMeta(id: string, fields: Readonly<Record<string, string>> = {}): string {
  return toYaml({
    artifact_uri: `file:///srv/mlruns/0/${id}/artifacts`,
    end_time: '1700000001000',
    entry_point_name: `''`,
    experiment_id: `'0'`,
    lifecycle_stage: 'active',
    run_id: /^\d+e?\d*$/.test(id) ? `'${id}'` : id,
    run_name: `run-${id.slice(0, 4)}`,
    source_name: `''`,
    source_type: '4',
    source_version: `''`,
    start_time: '1700000000000',
    status: '3',
    tags: '[]',
    user_id: 'ada',
    ...fields,
  });
}

function toYaml(fields: Readonly<Record<string, string>>): string {
  const lines = Object.keys(fields)
    .sort()
    .map((key) => `${key}: ${fields[key] ?? ''}\n`);
  return lines.join('');
}

/** The id of a run, told by a letter. */
export function runId(letter: string): string {
  return letter.repeat(32);
}

/** A digest of all that lies in a folder: names, kinds, bytes, and when each was last changed. */
export function fingerprintOf(folder: string): string {
  const hash = createHash('sha256');
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const stats = lstatSync(join(folder, path));
    hash.update(`${path}\0${stats.mode}\0${stats.mtimeMs}\0${stats.ctimeMs}\0`);
    // Of a huge file its size and times tell enough.
    if (stats.isFile() && stats.size < 2 ** 24) hash.update(readFileSync(join(folder, path)));
    else hash.update(String(stats.size));
  }
  return hash.digest('hex');
}
