import type { Launch } from './launch';
import { readDefinition, writeDefinition } from './taskDefinition';

const lastKey = 'mlflow.launch.last';
const allKey = 'mlflow.launch.byEntryPoint';

/** Of how many entry points the values are kept. */
const most = 100;

/** Where it is kept: a Memento of VS Code's. */
export interface LaunchState {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** What was launched in this workspace before: the last of each entry point, and the last of all. Values are kept as tasks are. */
export class LaunchMemory {
  constructor(private readonly state: LaunchState) {}

  get last(): Launch | undefined {
    return readKept(this.state.get(lastKey));
  }

  /** The values that the entry point was given last; undefined for one that is new. */
  find(like: Pick<Launch, 'project' | 'entryPoint'>): Launch | undefined {
    return readKept(new Map(this.entries()).get(keyOf(like)));
  }

  /** As what runs now. */
  async keep(launch: Launch): Promise<void> {
    await this.state.update(lastKey, writeDefinition(launch, undefined));
    await this.keepValues(launch);
  }

  /** For the next time that its entry point is asked about. */
  async keepValues(launch: Launch): Promise<void> {
    const others = this.entries().filter(([key]) => key !== keyOf(launch));
    const entry = [keyOf(launch), writeDefinition(launch, undefined)];
    await this.state.update(allKey, [...others, entry].slice(-most));
  }

  private entries(): readonly (readonly [string, unknown])[] {
    const kept = this.state.get(allKey);
    return Array.isArray(kept) ? (kept as readonly (readonly [string, unknown])[]) : [];
  }
}

function keyOf({ project, entryPoint }: Pick<Launch, 'project' | 'entryPoint'>): string {
  const place = project.kind === 'folder' ? project.path : `${project.uri}#${project.subdirectory ?? ''}`;
  return JSON.stringify([place, entryPoint]);
}

/** What an older version kept otherwise is forgotten. */
function readKept(value: unknown): Launch | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    return readDefinition({ ...value }, undefined);
  } catch {
    return undefined;
  }
}
