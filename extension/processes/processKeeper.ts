import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/**
 * A program of its own between us and a server: `processKeeper PROGRAM ARG…` runs the program for as long as our end of
 * its standard input is open, with us or with whom we gave it to. That end closes when we want it to, and also when we are killed
 * without a chance to tidy up. Keeper, program and all that it starts are one process group, led by the keeper.
 */

const gentleMs = 5_000;

const [program = '', ...args] = process.argv.slice(2);
const child = spawn(program, args, {
  stdio: ['ignore', 'pipe', 'pipe'],
  env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined },
  windowsHide: true,
});
let isEnding = false;

passOn(child.stdout, process.stdout);
passOn(child.stderr, process.stderr);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
process.stdin.on('error', end).on('end', end).on('close', end).resume();
child.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
});
// Unlike “exit”, this waits for all who write to the same log: a server's workers may outlive their leader a little.
child.once('close', (code, signal) => {
  if (isEnding) killGroup();
  // Of one that the system ended, as where memory ran out, there is no other word.
  else if (signal !== null) process.stderr.write(`It was ended by ${signal}.\n`);
  isEnding = true;
  process.exitCode = code ?? 1;
  process.stdin.destroy();
});

/** Nobody reads any more when we are gone while others hold on to it; what is written then is lost, but must not stop it. */
function passOn(from: Readable, to: Writable): void {
  to.on('error', () => from.unpipe(to).resume());
  from.pipe(to);
}

/** Asks all to end, and kills what has not ended in time. */
function end(): void {
  if (isEnding) return;
  isEnding = true;
  setTimeout(killGroup, gentleMs);
  if (process.platform === 'win32') killTree(child);
  else process.kill(-process.pid, 'SIGTERM');
}

/** Kills the keeper itself, too, where there are process groups. */
function killGroup(): void {
  if (process.platform === 'win32') killTree(child);
  else process.kill(-process.pid, 'SIGKILL');
}

function killTree({ pid }: ChildProcess): void {
  if (pid !== undefined) spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { windowsHide: true });
}
