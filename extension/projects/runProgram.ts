import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Program } from '../processes/program';

const longestMs = 60_000;

/** Runs a short program to its end and answers what it wrote; rejects with what it complained of. */
export async function runProgram({ program, args, cwd, env }: Program): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, {
    ...{ cwd, env, timeout: longestMs, windowsHide: true },
  });
  return stdout;
}
