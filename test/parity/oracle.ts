import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LifecycleView } from '../../extension/tracking/store';
import { cacheRoot, fingerprint, projectRoot } from '../support/cache';
import { installOnce } from '../support/installOnce';
import { withoutMlflow } from '../support/mlflowServer';
import { runToEnd } from '../support/processes';
import { ensureMlflow } from '../support/tools';

/** A random search for runs, and the pages of ids that MLflow's own client answers, or why it refuses. */
export interface ParityCase {
  readonly experimentIds: readonly string[];
  readonly filter: string | null;
  readonly view: LifecycleView;
  readonly orderBy: readonly string[] | null;
  readonly pageSize: number;
  readonly pages?: readonly (readonly string[])[];
  /** Whether the last of the pages is the last there is. */
  readonly isWhole?: boolean;
  readonly refusal?: string;
}

/** All that MLflow's client says of a store, in the shapes of answers.py. */
export interface Entities {
  readonly experiments: Readonly<Record<LifecycleView, readonly unknown[]>>;
  readonly runs: readonly { readonly id: string; readonly experimentId: string }[];
  /** The same runs as a search gives them, which may be less than all of each. */
  readonly found: readonly { readonly id: string }[];
  /** By run and metric. */
  readonly histories: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly models: readonly { readonly name: string }[];
  /** Searches for registered models, and the names that MLflow's client finds, or why it refuses. */
  readonly modelSearches: readonly {
    readonly filter: string;
    readonly names?: readonly string[];
    readonly refusal?: string;
  }[];
  /** By registered model, newest first. */
  readonly versions: Readonly<Record<string, readonly unknown[]>>;
  /** By experiment. */
  readonly loggedModels: Readonly<Record<string, readonly { readonly sourceRunId: string | null }[]>>;
}

export interface Answers {
  readonly entities: Entities;
  readonly cases: readonly ParityCase[];
}

export type StoreKind = 'sqlite' | 'files';

export interface ParityOptions {
  readonly seed: number;
  /** Searches of each store. */
  readonly cases: number;
  /** Runs in each store. */
  readonly runs: number;
}

/** The folder of the stores and answers for these options: made by real MLflow in some seconds, then kept in the cache. */
export async function askMlflow({ seed, cases, runs }: ParityOptions): Promise<string> {
  const scripts = join(projectRoot(), 'test/parity');
  const names = (await readdir(scripts)).filter((name) => name.endsWith('.py')).sort();
  const sources = await Promise.all(names.map((name) => readFile(join(scripts, name))));
  const tool = await ensureMlflow('newest');
  const args = [seed, cases, runs].map(String);
  const key = fingerprint(tool.version, ...args, ...sources);
  return await installOnce(join(cacheRoot(), `parity-${seed}-${key}`), async (folder) => {
    const env = {
      ...withoutMlflow(process.env),
      MLFLOW_ALLOW_FILE_STORE: 'true',
      MLFLOW_DISABLE_TELEMETRY: 'true',
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONWARNINGS: 'ignore',
    };
    await runToEnd(tool.python, [join(scripts, 'oracle.py'), ...args, folder], { env });
  });
}

export async function readAnswers(folder: string, kind: StoreKind): Promise<Answers> {
  return JSON.parse(await readFile(join(folder, `${kind}.json`), 'utf8')) as Answers;
}
