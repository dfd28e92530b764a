import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ensureNode } from '../../support/tools';
import type { Acted, Call, ProbeRequest } from './probeMessages';

type Headers = readonly (readonly [string, string])[];

/** The measured process, seen from the one that runs the cases. */
export class Probe {
  private readonly waiting = new Map<number, (answer: unknown) => void>();
  private lastId = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', ({ id, answer }: { readonly id: number; readonly answer: unknown }) => {
      this.waiting.get(id)?.(answer);
      this.waiting.delete(id);
    });
  }

  /** Starts it on the Node.js that VS Code's extension host has. */
  static async start(env: Readonly<Record<string, string>>): Promise<Probe> {
    const node = await ensureNode();
    const child = fork(join(__dirname, 'probe.js'), {
      execPath: node.executable,
      env: { ...process.env, ...env },
      // Keeps Maps, bigints and NaN as they are.
      serialization: 'advanced',
    });
    await once(child, 'spawn');
    return new Probe(child);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async open(store: string, baseUri: string, headers: Headers, timeoutMs: number): Promise<void> {
    await this.ask({ kind: 'open', store, baseUri, headers, timeoutMs });
  }

  async authorize(store: string, headers: Headers): Promise<void> {
    await this.ask({ kind: 'authorize', store, headers });
  }

  async breakNames(areBroken: boolean): Promise<void> {
    await this.ask({ kind: 'breakNames', areBroken });
  }

  async act(calls: readonly Call[]): Promise<Acted> {
    return (await this.ask({ kind: 'act', calls })) as Acted;
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  private async ask(request: ProbeRequest): Promise<unknown> {
    const id = ++this.lastId;
    return await new Promise((resolve, reject) => {
      const onExit = (): void => {
        reject(new Error('The measured process ended.'));
      };
      this.child.once('exit', onExit);
      this.waiting.set(id, (answer) => {
        this.child.off('exit', onExit);
        resolve(answer);
      });
      this.child.send({ id, request });
    });
  }
}
