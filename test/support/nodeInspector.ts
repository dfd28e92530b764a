import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { until } from './until';

export interface NodeMemory {
  /** Bytes of objects, of buffers and typed arrays, after what nobody holds was collected; of the main thread. */
  readonly heap: number;
  /** Bytes that the whole process has in memory, its worker threads with it. */
  readonly process: number;
}

interface Reply {
  readonly id: number;
  readonly result?: { readonly result?: { readonly value?: unknown } };
}

/** A running Node process, looked at from outside; it was started with `--inspect-port=PORT`. */
export class NodeInspector {
  private lastId = 0;

  private constructor(private readonly socket: WebSocket) {}

  static async connect(pid: number, port: number): Promise<NodeInspector> {
    process.kill(pid, 'SIGUSR1');
    const url = await until(`a Node answers at port ${port}`, () => findTarget(port));
    const socket = new WebSocket(url);
    await once(socket, 'open');
    return new NodeInspector(socket);
  }

  async memory(): Promise<NodeMemory> {
    await this.send('HeapProfiler.collectGarbage', {});
    const usage = (await this.evaluate('process.memoryUsage()')) as NodeJS.MemoryUsage;
    return { heap: usage.heapUsed + usage.external, process: usage.rss };
  }

  /** Leaves the port to the next one. */
  async close(): Promise<void> {
    const closed = once(this.socket, 'close');
    // Its answer may not come any more.
    void this.evaluate('setImmediate(() => process.getBuiltinModule("inspector").close()), 0').catch(
      () => undefined,
    );
    await closed;
  }

  private async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.send('Runtime.evaluate', { expression, returnByValue: true });
    return result?.result?.value;
  }

  private async send(method: string, params: object): Promise<Reply> {
    const id = ++this.lastId;
    const answered = new Promise<Reply>((resolve, reject) => {
      const listen = ({ data }: MessageEvent): void => {
        const reply = JSON.parse(String(data)) as Reply;
        if (reply.id !== id) return;
        this.socket.removeEventListener('message', listen);
        resolve(reply);
      };
      this.socket.addEventListener('message', listen);
      this.socket.addEventListener('close', () => reject(new Error('The process ended.')), { once: true });
    });
    this.socket.send(JSON.stringify({ id, method, params }));
    return await answered;
  }
}

async function findTarget(port: number): Promise<string | undefined> {
  const reply = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
  if (!reply) return undefined;
  const [target] = (await reply.json()) as readonly { webSocketDebuggerUrl: string }[];
  return target?.webSocketDebuggerUrl;
}

/** The youngest descendant of a process whose command line holds these words. Reads /proc. */
export async function findDescendant(pid: number, words: string): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '');
    const parent = /^PPid:\s*(\d+)/m.exec(status)?.[1];
    if (/^\d+$/.test(name) && parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (one: number): boolean => {
    const parent = parents.get(one);
    return parent !== undefined && (parent === pid || isBelow(parent));
  };
  for (const one of [...parents.keys()].filter(isBelow).sort((a, b) => b - a)) {
    const commandLine = await readFile(`/proc/${one}/cmdline`, 'utf8').catch(() => '');
    if (commandLine.replaceAll('\0', ' ').includes(words)) return one;
  }
  throw new Error(`No process with ${words} below ${pid}`);
}
