import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { FaultOptions } from '../faultOptions';
import { createRandom } from '../random';
import type { BaseStore } from './baseStores';
import { removeTree, restoreTree, settleTree } from './storeTree';
import type { Stage } from './storeCase';

/** A fresh copy of the base store, and a folder beside it with secrets. */
export function setStage(base: BaseStore, { seed, isShort }: FaultOptions): Stage {
  const folder = mkdtempSync(join(tmpdir(), 'mlflow-faults-'));
  const path = join(folder, 'store', basename(base.path));
  const outside = join(folder, 'outside');
  cpSync(base.path, path, { recursive: true });
  settleTree(path);
  const { kind, ids } = base;
  const canary = randomBytes(12).toString('hex');
  if (kind === 'files') {
    cpSync(join(path, ids.trees, String(ids.runs[0])), join(outside, 'secret-run'), { recursive: true });
    writeFileSync(join(outside, 'secret-run/params/depth'), canary);
  } else mkdirSync(outside);
  writeFileSync(join(outside, 'secret.txt'), canary);
  const random = createRandom(seed);
  return { kind, base, path, ids, victim: String(ids.runs[2]), outside, canary, random, isShort };
}

/** Puts the store's bytes back as they were. */
export function restoreStage({ path, base }: Stage): void {
  chmodSync(dirname(path), 0o755);
  for (const suffix of base.kind === 'sqlite' ? ['-journal', '-wal', '-shm', '.real'] : [])
    removeTree(`${path}${suffix}`);
  restoreTree(base.path, path);
  settleTree(path);
}

export function strikeStage({ path }: Stage): void {
  removeTree(dirname(dirname(path)));
}
