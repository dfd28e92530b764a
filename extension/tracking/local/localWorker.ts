import { workerData } from 'node:worker_threads';
import { TrackingError } from '../errors';
import { FileStoreReader } from '../file/fileStoreReader';
import { SqliteReader } from '../sqlite/sqliteReader';
import type { Answer, Failure } from '../worker/messages';
import { emit, serveCalls } from '../worker/serveCalls';
import { ChangeFeed } from './changeFeed';
import type { LocalTarget, LocalTask } from './localTasks';
import type { StoreReader } from './storeReader';

/** The worker thread of a LocalStore: one reader, which answers one call after the other. */

const { kind, path } = workerData as LocalTarget;
let throwIfAborted = (): void => undefined;
const options = {
  path,
  throwIfAborted: () => {
    throwIfAborted();
  },
};
const reader: StoreReader = kind === 'sqlite' ? new SqliteReader(options) : new FileStoreReader(options);
const feed = new ChangeFeed(emit);
const nothing: Answer = { items: [], rest: undefined };

serveCalls(
  (task: LocalTask, throwIfCallAborted): Answer => {
    switch (task.kind) {
      case 'watch':
        reader.watch((change) => {
          feed.add(change);
        });
        return nothing;
      case 'close':
        feed.dispose();
        reader.close();
        return nothing;
      case 'read':
        throwIfAborted = throwIfCallAborted;
        return takeApart(read(task));
    }
  },
  (error): Failure => {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { kind: error instanceof TrackingError ? error.kind : undefined, message, stack };
  },
);

function read({ method, args }: LocalTask & { kind: 'read' }): unknown {
  return (reader[method] as (...args: readonly unknown[]) => unknown).apply(reader, args);
}

/** Listings travel in parts. */
function takeApart(value: unknown): Answer {
  if (Array.isArray(value)) return { items: value, rest: undefined };
  if (typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items)) {
    const { items, ...rest } = value;
    return { items, rest };
  }
  return { items: [], rest: value };
}
