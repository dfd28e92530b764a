import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot, fingerprint, projectRoot } from '../support/cache';
import { installOnce } from '../support/installOnce';
import { startMlflowServer, withoutMlflow } from '../support/mlflowServer';
import { runToEnd } from '../support/processes';
import { ensureMlflow } from '../support/tools';

/** Large stores, each made once and kept in the cache. */

export const experimentName = 'many runs';

export interface ManyRuns {
  /** The folder of mlflow.db or of mlruns. */
  readonly store: string;
  readonly experimentId: string;
}

export interface ManyPoints {
  readonly store: string;
  /** The run in mlflow.db, and the one in mlruns. */
  readonly runIds: readonly [string, string];
}

/** What each run of a store has. */
export interface Columns {
  readonly params: number;
  readonly metrics: number;
  /** At least the four that MLflow itself writes. */
  readonly tags: number;
}

const fewColumns: Columns = { params: 20, metrics: 20, tags: 4 };

/**
 * Made once and cached: 1.0 GB for 100,000 runs of few columns. The server may write to it, as MLflow does, but we do not. The
 * newest run is `run-<runs - 1>`, the oldest `run-0`.
 */
export async function storeWithManyRuns(runs: number, columns: Columns = fewColumns): Promise<ManyRuns> {
  const script = join(projectRoot(), 'test/bench/manyRuns.py');
  const shape = [runs, columns.params, columns.metrics, columns.tags].map(String);
  const folder = join(cacheRoot(), `bench-${shape.join('-')}-${fingerprint(await readFile(script))}`);
  const idFile = join(folder, 'experiment.txt');
  await installOnce(folder, async () => {
    console.log(`Making an mlflow.db of ${shape.join(' × ')}, once…`);
    const server = await startMlflowServer({ store: folder });
    const reply = await fetch(`${server.uri}/api/2.0/mlflow/experiments/create`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: experimentName }),
    });
    const { experiment_id: id } = (await reply.json()) as { experiment_id: string };
    await server.stop();
    await runToEnd(server.python, [script, join(folder, 'mlflow.db'), id, ...shape]);
    await writeFile(idFile, id);
  });
  if (!existsSync(idFile)) throw new Error(`${folder} is damaged: delete it`);
  return { store: folder, experimentId: await readFile(idFile, 'utf8') };
}

/** Some 45 small files a run, in MLflow's own layout. */
export async function filesWithManyRuns(runs: number): Promise<ManyRuns> {
  const store = await makeOnce('manyFiles.py', runs, `Making an mlruns of ${runs} runs, once…`);
  return { store, experimentId: await readFile(join(store, 'experiment.txt'), 'utf8') };
}

/** One metric with many points, in a store of each kind. */
export async function storesWithManyPoints(points: number): Promise<ManyPoints> {
  const store = await makeOnce('manyPoints.py', points, `Making histories of ${points} points, once…`);
  const [first = '', second = ''] = (await readFile(join(store, 'runs.txt'), 'utf8')).split('\n');
  return { store, runIds: [first, second] };
}

/** Ten runs in one experiment, each with that many points of the metric `loss`, in an mlflow.db. */
export async function storeWithCurves(points: number): Promise<ManyRuns> {
  const store = await makeOnce('manyCurves.py', points, `Making curves of ${points} points, once…`);
  return { store, experimentId: await readFile(join(store, 'experiment.txt'), 'utf8') };
}

async function makeOnce(name: string, count: number, what: string): Promise<string> {
  const script = join(projectRoot(), 'test/bench', name);
  const { python, version } = await ensureMlflow('newest');
  const key = fingerprint(await readFile(script), version);
  return await installOnce(
    join(cacheRoot(), `bench-${name.replace('.py', '')}-${count}-${key}`),
    async (folder) => {
      console.log(what);
      await runToEnd(python, [script, folder, String(count)], { env: pythonEnvironment() });
    },
  );
}

/** For MLflow's client on a store in files. */
export function pythonEnvironment(): NodeJS.ProcessEnv {
  return {
    ...withoutMlflow(process.env),
    MLFLOW_ALLOW_FILE_STORE: 'true',
    MLFLOW_DISABLE_TELEMETRY: 'true',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONWARNINGS: 'ignore',
  };
}
