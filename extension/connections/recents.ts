import { originOf, readTrackingUri } from './trackingUri';

/** VS Code's Memento, as far as it is needed. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const key = 'mlflow.connections.recent';
const most = 10;

/** Where the user connected by their own choice, newest first; kept across windows, without credentials. */
export class Recents {
  constructor(private readonly memory: Memory) {}

  list(): readonly string[] {
    const kept = this.memory.get(key);
    return Array.isArray(kept) ? kept.filter((uri) => typeof uri === 'string').slice(0, most) : [];
  }

  /** Whether the user once connected to this origin by their own choice. */
  hasOrigin(uri: string): boolean {
    const origin = originOf(uri);
    return origin !== undefined && this.list().some((recent) => originOf(recent) === origin);
  }

  async remember(uri: string): Promise<void> {
    await this.memory.update(key, putFirst(readTrackingUri(uri).uri, this.list()));
  }

  async forget(uri: string): Promise<void> {
    await this.memory.update(
      key,
      this.list().filter((recent) => recent !== uri),
    );
  }
}

function putFirst(uri: string, list: readonly string[]): readonly string[] {
  return [uri, ...list.filter((recent) => recent !== uri)].slice(0, most);
}
