import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { HttpClient } from '../tracking/rest/http';
import { runWithDeadline, sleep } from '../tracking/rest/deadline';
import { UserError } from '../ui/userError';
import { findEndCause } from './endCause';
import { readLines } from './readLines';
import type { Program } from './program';

export interface ManagedServerOptions {
  readonly command: Program;
  /** Where the server will listen: `http://127.0.0.1:P`. */
  readonly address: string;
  /** Takes out of a text what must not be shown. */
  readonly hideSecrets: (text: string) => string;
  /** Told each line that the server writes, without secrets. */
  readonly log: (line: string) => void;
  /** How long the server may take until it answers, in ms. */
  readonly startMs: number;
}

type Keeper = ChildProcessByStdio<Writable, Readable, Readable>;

const pollMs = 200;
const answerMs = 5_000;

/** The keeper itself kills after 5 s; only a keeper that is stuck needs this. */
const stuckMs = 8_000;

/** Enough for the longest traceback. */
const keptLines = 300;

/**
 * A server of ours: a process with all that it starts, run by a keeper (processKeeper) that ends it when we ask for it, and
 * when this process ends in whatever way. It knows nothing of VS Code.
 */
export class ManagedServer {
  readonly address: string;
  /** Settles when the server and all its processes have ended. */
  readonly ended: Promise<void>;
  private readonly keeper: Keeper;
  private readonly lastLines: string[] = [];
  private isOver = false;
  private isAsked = false;

  /** Starts the process; whether it serves is known when `becomeHealthy` settles. */
  constructor(private readonly options: ManagedServerOptions) {
    this.address = options.address;
    this.keeper = startKeeper(options.command);
    // A keeper that is gone takes nothing more, which is no reason for us to fall with it.
    this.keeper.stdin.on('error', () => undefined);
    this.ended = this.follow();
  }

  /** Whether somebody asked it to end. */
  get isStopping(): boolean {
    return this.isAsked;
  }

  /** The id of the group that all its processes are in; undefined if it could not be started. */
  get group(): number | undefined {
    return this.keeper.pid;
  }

  /**
   * Waits until `/health` answers. Rejects with a UserError that names the cause when the server ends before that or
   * takes too long, or with the signal's reason; in each case no process is left.
   */
  async becomeHealthy(signal: AbortSignal): Promise<void> {
    const { startMs, log } = this.options;
    const settled = new AbortController();
    const tooLate = (): Error =>
      new UserError(`The MLflow server did not answer within ${startMs / 1000} s.`);
    try {
      await runWithDeadline(signal, startMs, tooLate, (inner) =>
        Promise.race([this.poll(AbortSignal.any([inner, settled.signal])), this.failWhenEnded()]),
      );
      log(`The server answers at ${this.address}.`);
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      settled.abort();
    }
  }

  /** Ends the server and all that it started: politely, after 5 s by force. Settles when they have ended. */
  async stop(): Promise<void> {
    if (this.isOver) return;
    this.isAsked = true;
    this.keeper.stdin.end();
    const timer = setTimeout(() => {
      this.sweep();
    }, stuckMs);
    await this.ended;
    clearTimeout(timer);
  }

  private async follow(): Promise<void> {
    const read = (stream: Readable): Promise<void> =>
      readLines(stream, (line) => {
        this.note(line);
      });
    const reading = Promise.all([read(this.keeper.stdout), read(this.keeper.stderr)]);
    await new Promise<void>((resolve) => {
      this.keeper.once('exit', () => {
        resolve();
      });
      this.keeper.once('error', (error) => {
        this.note(error.message);
        resolve();
      });
    });
    // If the keeper itself was killed, the rest of its group is still there.
    this.sweep();
    await reading;
    this.isOver = true;
  }

  private note(line: string): void {
    const shown = this.options.hideSecrets(line);
    this.lastLines.push(shown);
    if (this.lastLines.length > keptLines) this.lastLines.shift();
    this.options.log(shown);
  }

  private async failWhenEnded(): Promise<never> {
    await this.ended;
    const cause = findEndCause(this.lastLines) ?? 'it wrote nothing';
    throw new UserError(`The MLflow server ended before it answered: ${cause}.`);
  }

  private async poll(signal: AbortSignal): Promise<void> {
    const client = new HttpClient({
      baseUri: this.address,
      authorize: () => Promise.resolve(new Map()),
      timeoutMs: answerMs,
      log: () => undefined,
      userAgent: 'mlflow-lens',
    });
    while (!(await answers(client, signal))) await sleep(pollMs, signal);
  }

  private sweep(): void {
    const { pid } = this.keeper;
    if (pid === undefined) return;
    try {
      if (process.platform !== 'win32') process.kill(-pid, 'SIGKILL');
      else if (this.keeper.exitCode === null) spawn('taskkill', ['/PID', String(pid), '/T', '/F']);
    } catch {
      // There is no such group any more, which is what was wanted.
    }
  }
}

function startKeeper({ program, args, cwd, env }: Program): Keeper {
  return spawn(process.execPath, [join(__dirname, 'processKeeper.js'), program, ...args], {
    cwd,
    // VS Code's own executable is a Node.js only when told so.
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    windowsHide: true,
  });
}

async function answers(client: HttpClient, signal: AbortSignal): Promise<boolean> {
  try {
    await client.send({ method: 'GET', path: '/health', isRepeatable: false }, signal);
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}
