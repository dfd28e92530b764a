import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Program } from './program';

export interface RunLimits {
  /** What it may take, in ms; a minute unless said otherwise. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Runs a program to its end and answers what it wrote; rejects with what it complained of. */
export async function runProgram(
  { program, args, cwd, env }: Program,
  { timeoutMs = 60_000, signal }: RunLimits = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, {
    ...{ cwd, env, timeout: timeoutMs, windowsHide: true, signal },
  });
  return stdout;
}
