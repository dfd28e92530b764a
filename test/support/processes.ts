import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { until } from './until';

const KEPT_LOG_CHARACTERS = 8_000;
const GENTLE_STOP_MS = 5_000;

/** A program that runs beside the tests, with the last of what it said. */
export interface Running {
  readonly child: ChildProcess;
  /** Settles with the exit code, or the signal's name, once it has ended. */
  readonly ended: Promise<number | string>;
  log(): string;
  hasEnded(): boolean;
  /** Ends it and all that it started. */
  stop(): Promise<void>;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

const alive = new Set<ChildProcess>();
let watchingExit = false;

/** Starts a program in a process group of its own, so that it and its workers end together, at the latest with us. */
export function startProcess(command: string, args: readonly string[], options: RunOptions = {}): Running {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const keep = (chunk: Buffer): void => {
    log = (log + chunk.toString()).slice(-KEPT_LOG_CHARACTERS);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  alive.add(child);
  killAllOnExit();
  const ended = new Promise<number | string>((resolve) => {
    child.once('error', (error) => {
      log += `\n${error.message}`;
      resolve(error.message);
    });
    child.once('exit', (code, signal) => {
      resolve(code ?? signal ?? 'unknown');
    });
  });
  return {
    child,
    ended,
    log: () => log,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined,
    stop: () => stopGroup(child, ended),
  };
}

/** Runs a program to its end and returns what it wrote to stdout; fails with the last of what it said when it fails. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  options: RunOptions & {
    /** Where all that it says goes, in place of being returned: our own terminal, or an open file. */
    readonly output?: 'inherit' | number;
  } = {},
): Promise<string> {
  const { output = 'pipe', ...rest } = options;
  const child = spawn(command, args, { ...rest, stdio: ['ignore', output, output] });
  let stdout = '';
  let said = '';
  const keep = (text: string): void => {
    said = (said + text).slice(-KEPT_LOG_CHARACTERS);
  };
  child.stderr?.setEncoding('utf8').on('data', keep);
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    keep(text);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return stdout;
  throw new Error([`${command} ${args.join(' ')} ended with ${code ?? 'a signal'}`, said].join('\n').trim());
}

/** A port that was free a moment ago, on the loopback address. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until the program answers at the URL with a status below 500; a failure carries the program's log. */
export async function becomeHealthy(
  running: Running,
  what: string,
  url: string,
  deadlineMs: number,
): Promise<void> {
  try {
    await until(`${url} answers`, () => answers(url, running), deadlineMs);
  } catch (error) {
    throw new Error(`${what} did not start: ${String(error)}\n${running.log()}`, { cause: error });
  }
}

async function answers(url: string, running: Running): Promise<boolean> {
  if (running.hasEnded()) throw new Error('it ended');
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return response.status < 500;
  } catch {
    return false;
  }
}

async function stopGroup(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => {
    signalGroup(child, 'SIGKILL');
  }, GENTLE_STOP_MS);
  await ended;
  clearTimeout(timer);
  // The leader may go before its workers.
  signalGroup(child, 'SIGKILL');
  alive.delete(child);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone, which is what was asked.
  }
}

function killAllOnExit(): void {
  if (watchingExit) return;
  watchingExit = true;
  process.on('exit', () => {
    for (const child of alive) signalGroup(child, 'SIGKILL');
  });
  // A signal that nobody handles would end us without 'exit'.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(1));
  }
}
