import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { ensureNode } from '../support/tools';

export interface MeasuredOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A command and its arguments to put before Node.js. */
  readonly prefix?: readonly string[];
}

/** The measured process, seen from the one that runs the cases. */
export class MeasuredProcess<Request> {
  private readonly waiting = new Map<number, (answer: unknown) => void>();
  private lastId = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', ({ id, answer }: { readonly id: number; readonly answer: unknown }) => {
      this.waiting.get(id)?.(answer);
      this.waiting.delete(id);
    });
  }

  /** Starts a script that calls `serve` on the Node.js that VS Code's extension host has. */
  static async start<Request>(
    script: string,
    { env, prefix = [] }: MeasuredOptions = {},
  ): Promise<MeasuredProcess<Request>> {
    const node = await ensureNode();
    const [execPath, ...execArgv] = [...prefix, node.executable];
    const child = fork(script, {
      execPath,
      execArgv,
      env: { ...process.env, ...env },
      // Keeps Maps, bigints and NaN as they are.
      serialization: 'advanced',
    });
    await once(child, 'spawn');
    return new MeasuredProcess(child);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async ask(request: Request): Promise<unknown> {
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

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** Something did not end in time. */
export class Hang extends Error {}

/** What the measured process answers, or a Hang. */
export async function endBy<T>(ms: number, acting: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Hang(`no end after ${ms / 1000} s`));
    }, ms);
  });
  try {
    return await Promise.race([acting, late]);
  } finally {
    clearTimeout(timer);
  }
}
