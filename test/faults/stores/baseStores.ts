import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot, fingerprint, projectRoot } from '../../support/cache';
import { installOnce } from '../../support/installOnce';
import { withoutMlflow } from '../../support/mlflowServer';
import { runToEnd } from '../../support/processes';
import { ensureMlflow, say } from '../../support/tools';

export type StoreKind = 'files' | 'sqlite';

/** What is in a base store: an experiment of five runs, oldest first, and one of a single run. */
export interface StoreIds {
  readonly trees: string;
  readonly ferns: string;
  readonly runs: readonly string[];
  readonly fernRun: string;
}

export interface BaseStore {
  readonly kind: StoreKind;
  /** The mlruns directory or the database file. Copy it before anything is done to it. */
  readonly path: string;
  readonly ids: StoreIds;
}

/** The Python of the newest MLflow. */
export async function findPython(): Promise<string> {
  return (await ensureMlflow('newest')).python;
}

/** Runs one of the scripts beside this file with the real MLflow, and answers what it printed. */
export async function runScript(name: string, ...args: readonly string[]): Promise<string> {
  return runToEnd(await findPython(), [scriptPath(name), ...args], { env: pythonEnv() });
}

export function scriptPath(name: string): string {
  return join(projectRoot(), 'test/faults/stores', name);
}

export function pythonEnv(): NodeJS.ProcessEnv {
  return {
    ...withoutMlflow(process.env),
    MLFLOW_DISABLE_TELEMETRY: 'true',
    MLFLOW_ALLOW_FILE_STORE: 'true',
    PYTHONWARNINGS: 'ignore',
    PYTHONUNBUFFERED: '1',
  };
}

/** What the script makes in a folder given as its first argument, made once and kept in the cache. */
export async function makeOnce(script: string, what: string): Promise<string> {
  const { version } = await ensureMlflow('newest');
  const key = fingerprint(await readFile(scriptPath(script)), version);
  return installOnce(join(cacheRoot(), `${what}-${version}-${key}`), async (folder) => {
    say(`Making ${what} with MLflow ${version} (some seconds, once)…`);
    await runScript(script, folder);
  });
}

/** The two small stores, made by the real MLflow. */
export async function makeBaseStores(): Promise<Readonly<Record<StoreKind, BaseStore>>> {
  const folder = await makeOnce('baseStores.py', 'fault-stores');
  const ids = JSON.parse(await readFile(join(folder, 'ids.json'), 'utf8')) as Record<StoreKind, StoreIds>;
  return {
    files: { kind: 'files', path: join(folder, 'mlruns'), ids: ids.files },
    sqlite: { kind: 'sqlite', path: join(folder, 'mlflow.db'), ids: ids.sqlite },
  };
}
