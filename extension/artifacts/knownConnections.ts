import type { Memory } from '../connections/recents';

const memoryKey = 'mlflow.artifacts.connections';

/** Of the connections whose artifacts were opened in the workspace, as many are known. */
const most = 50;

/** The URIs of connections by what the URIs of their artifacts call them, so that a restored editor can say whose it is. */
export class KnownConnections {
  private readonly uris: Map<string, string>;

  constructor(private readonly memory: Memory) {
    this.uris = new Map(Object.entries(readRecord(memory.get(memoryKey))));
  }

  find(key: string): string | undefined {
    return this.uris.get(key);
  }

  remember(key: string, uri: string): void {
    if (this.uris.get(key) === uri) return;
    this.uris.set(key, uri);
    void this.memory.update(memoryKey, Object.fromEntries([...this.uris].slice(-most)));
  }
}

function readRecord(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, uri]) => typeof uri === 'string'));
}
