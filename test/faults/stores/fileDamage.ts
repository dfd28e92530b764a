import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from './storeCase';

/** A path within the victim's folder. */
export function inVictim({ path, ids, victim }: Stage, ...rest: readonly string[]): string {
  return join(path, ids.trees, victim, ...rest);
}

/** A path within the experiment of five. */
export function inTrees({ path, ids }: Stage, ...rest: readonly string[]): string {
  return join(path, ids.trees, ...rest);
}

/** Adds to the victim's metric `loss`. */
export function appendToLoss(stage: Stage, text: string | Buffer): void {
  appendFileSync(inVictim(stage, 'metrics/loss'), text);
}

export function edit(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`${file} has nothing to change`);
  writeFileSync(file, changed);
}

export function replaceByLink(path: string, target: string): void {
  rmSync(path, { recursive: true, force: true });
  symlinkSync(target, path);
}

export function makeFifo(path: string): void {
  rmSync(path, { force: true });
  execFileSync('mkfifo', [path]);
}
