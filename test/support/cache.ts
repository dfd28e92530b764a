import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What is fetched once, versioned, and kept outside the clone: tools, seeded stores, the demo. */
export function cacheRoot(): string {
  const own = process.env['MLFLOW_LENS_CACHE'];
  if (own) return resolve(own);
  const shared = process.env['XDG_CACHE_HOME'];
  return join(shared ? resolve(shared) : join(homedir(), '.cache'), 'mlflow-lens');
}

/** The folder of package.json, found from here because tests run from out/ and some with another working folder. */
export function projectRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`No package.json above ${__dirname}`);
    folder = parent;
  }
  return folder;
}

/** A short name for what a cached thing was made from. */
export function fingerprint(...parts: readonly (string | NodeJS.ArrayBufferView)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 12);
}
