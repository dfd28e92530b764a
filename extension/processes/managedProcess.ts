import type { Readable, Writable } from 'node:stream';
import { UserError } from '../ui/userError';
import { findEndCause } from './endCause';
import { KeptProcess } from './keptProcess';
import type { Program } from './program';
import { readLines } from './readLines';

export interface ManagedProcessOptions {
  readonly command: Program;
  /** What messages call it, as a sentence begins: `The MLflow server`. */
  readonly name: string;
  /** Takes out of a text what must not be shown. */
  readonly hideSecrets: (text: string) => string;
  /** Told each line that it writes, without secrets. */
  readonly log: (line: string) => void;
}

/** Enough for the longest traceback. */
const keptLines = 300;

/** A program of ours whose last words say why it ended. It ends when we ask for it, and when this process ends in whatever way. */
export class ManagedProcess {
  /** Settles with the exit code when it and all its processes have ended and all that they wrote is read. */
  readonly ended: Promise<number | undefined>;
  private readonly process: KeptProcess;
  private readonly lastLines: string[] = [];

  constructor(private readonly options: ManagedProcessOptions) {
    this.process = new KeptProcess(options.command);
    this.ended = this.follow();
  }

  /** Whether somebody asked it to end. */
  get isStopping(): boolean {
    return this.process.isStopping;
  }

  /** The id of the group that all its processes are in; undefined if it could not be started. */
  get group(): number | undefined {
    return this.process.group;
  }

  /** As of a KeptProcess. */
  get lifeline(): Writable {
    return this.process.lifeline;
  }

  /** As of a KeptProcess. */
  release(): void {
    this.process.release();
  }

  /** Why it ended, in one sentence without a full stop. */
  get endCause(): string {
    return findEndCause(this.lastLines) ?? 'it wrote nothing';
  }

  /**
   * Waits until a program that does one thing has done it. Rejects with a UserError that names the cause when it fails, or
   * with the signal's reason; in each case no process is left.
   */
  async finish(signal: AbortSignal): Promise<void> {
    const stop = (): void => void this.stop();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    const code = await this.ended;
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
    if (code !== 0) throw new UserError(`${this.options.name} failed: ${this.endCause}.`);
  }

  /** Ends it and all that it started: politely, after 5 s by force. Settles when they have ended. */
  async stop(): Promise<void> {
    await this.process.stop();
    await this.ended;
  }

  private async follow(): Promise<number | undefined> {
    const read = (stream: Readable): Promise<void> =>
      readLines(stream, (line) => {
        this.note(line);
      });
    const reading = Promise.all([read(this.process.stdout), read(this.process.stderr)]);
    const { code, problem } = await this.process.ended;
    if (problem !== undefined) this.note(problem);
    await reading;
    return code;
  }

  private note(line: string): void {
    const shown = this.options.hideSecrets(line);
    this.lastLines.push(shown);
    if (this.lastLines.length > keptLines) this.lastLines.shift();
    this.options.log(shown);
  }
}
