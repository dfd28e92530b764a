import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findPython, pythonEnv, scriptPath } from './baseStores';
import { endBy } from '../measuredProcess';

/** Whoever says nothing for so long never will, in ms. */
const patience = 120_000;

/** A Python program that writes to a store, in steps if need be. */
export class LiveWriter {
  private readonly said: string[] = [];
  private readonly ended: Promise<unknown>;
  private notify: (() => void) | undefined;

  private constructor(private readonly child: ChildProcess & { stdout: NodeJS.ReadableStream }) {
    this.ended = once(child, 'exit');
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.said.push(line);
      this.notify?.();
    });
    child.once('exit', () => this.notify?.());
  }

  /** Starts one of the scripts beside this file, and waits until it is ready. */
  static async start(script: string, ...args: readonly string[]): Promise<LiveWriter> {
    const child = spawn(await findPython(), [scriptPath(script), ...args], {
      env: pythonEnv(),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const writer = new LiveWriter(child);
    await writer.says('ready');
    return writer;
  }

  get isDone(): boolean {
    return this.said.includes('done') || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The last that it said before `done`. */
  get lastWord(): string {
    return this.said.findLast((word) => word !== 'done') ?? '';
  }

  /** Lets it go on. */
  goOn(): void {
    this.child.stdin?.write('\n');
  }

  async says(word: string): Promise<void> {
    await endBy(patience, this.hears(word));
  }

  /** Its process is gone. */
  async ends(): Promise<void> {
    await endBy(patience, this.ended);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private async hears(word: string): Promise<void> {
    while (!this.said.includes(word)) {
      if (this.child.exitCode !== null) throw new Error(`The writer ended before it said '${word}'`);
      await new Promise<void>((resolve) => {
        this.notify = resolve;
      });
    }
  }
}
