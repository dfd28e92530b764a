import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../support/cache';
import { ensureMlflow } from '../support/tools';
import { pythonEnvironment } from './manyStores';

/** What the peer did, by its own clock. */
export interface PeerAnswer {
  readonly ms: number;
  readonly result: unknown;
}

/** MLflow's client in a warm Python process (mlflowPeer.py), stopped when it takes too long and then started anew. */
export class PeerProcess {
  private child: ChildProcess | undefined;
  private lines: AsyncIterator<string> | undefined;

  constructor(
    private readonly trackingUri: string,
    /** In milliseconds. */
    readonly patience = 60_000,
  ) {}

  /** Undefined if it took longer than the patience, in milliseconds. */
  async ask(
    request: Readonly<Record<string, unknown>>,
    patience = this.patience,
  ): Promise<PeerAnswer | undefined> {
    if (!this.child) {
      await this.start();
      await this.read(this.patience);
    }
    this.child?.stdin?.write(`${JSON.stringify(request)}\n`);
    return await this.read(patience);
  }

  stop(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
    this.lines = undefined;
  }

  private async start(): Promise<void> {
    const { python } = await ensureMlflow('newest');
    const script = join(projectRoot(), 'test/bench/mlflowPeer.py');
    this.child = spawn(python, [script, this.trackingUri], {
      env: pythonEnvironment(),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdout } = this.child;
    if (stdout) this.lines = createInterface(stdout)[Symbol.asyncIterator]();
    await once(this.child, 'spawn');
  }

  private async read(patience: number): Promise<PeerAnswer | undefined> {
    const deadline = AbortSignal.timeout(patience);
    // Its lines end with it.
    const stop = (): void => {
      this.stop();
    };
    deadline.addEventListener('abort', stop);
    const line = await this.lines?.next();
    deadline.removeEventListener('abort', stop);
    if (deadline.aborted) return undefined;
    if (line?.done !== false) throw new Error('The Python process ended; what it said is above.');
    return JSON.parse(line.value) as PeerAnswer;
  }
}
