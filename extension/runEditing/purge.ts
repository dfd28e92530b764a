import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Connection } from '../connections/connection';
import type { Program } from '../processes/program';
import { composePythonEnvironment } from '../processes/pythonEnvironment';
import type { TrackingStore } from '../tracking/store';
import { formatCount } from '../ui/numbers';
import { UserError } from '../ui/userError';

/** The rest passes, such as the credentials of artifact stores. */
const aboutAnotherStore =
  /^MLFLOW_(TRACKING|REGISTRY|BACKEND_STORE|WORKSPACE|ENABLE_WORKSPACES|ARTIFACTS_DEST)/;

/** Counted no further. */
const mostCounted = 1000;

/** The path of a store from which MLflow can delete for good. @throws UserError for any other. */
export function requirePurgeable({ path, uri }: Pick<Connection, 'path' | 'uri'>): string {
  if (path !== undefined) return path;
  throw new UserError(
    `${uri} is a server, whose API deletes nothing for good: whoever keeps it can run “mlflow gc” beside its database.`,
  );
}

/** What is deleted in a store, in words: `2 experiments and 5 runs`; undefined where nothing is. Rejects as the store does. */
export async function describeDeleted(
  store: Pick<TrackingStore, 'searchExperiments' | 'searchRuns'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const experiments = await store.searchExperiments({ pageSize: mostCounted, view: 'all' }, signal);
  const experimentIds = experiments.items.map(({ id }) => id);
  const runs = await store.searchRuns({ experimentIds, pageSize: mostCounted, view: 'deleted' }, signal);
  const counts = [
    [experiments.items.filter(({ lifecycle }) => lifecycle === 'deleted').length, 'experiment'],
    [runs.items.length, 'run'],
  ] as const;
  const words = counts.filter(([count]) => count > 0).map(([count, noun]) => formatCount(count, noun));
  const more = runs.nextPageToken === undefined ? '' : ' and more';
  return words.length === 0 ? undefined : words.join(' and ') + more;
}

/**
 * `mlflow gc` over a store that lies at `path`. It always deletes all that is deleted: given runs alone, MLflow 3.17 would take
 * deleted experiments and logged models with them, so nothing less is offered. `server` is one over that store: artifacts that were
 * logged through one are deleted by one.
 */
export function composePurge(
  { uri, path, server }: { readonly uri: string; readonly path: string; readonly server: string },
  python: string,
  environment: NodeJS.ProcessEnv,
): Program {
  const store = /^sqlite/i.test(uri) ? `sqlite:///${path.replaceAll('\\', '/')}` : pathToFileURL(path).href;
  return {
    program: python,
    args: ['-m', 'mlflow', 'gc', '--backend-store-uri', store],
    cwd: dirname(path),
    env: {
      ...composePythonEnvironment(python, environment, (name) => !aboutAnotherStore.test(name)),
      MLFLOW_TRACKING_URI: server,
      MLFLOW_ALLOW_FILE_STORE: 'true',
      MLFLOW_DISABLE_TELEMETRY: 'true',
      PYTHONSAFEPATH: '1',
    },
  };
}
