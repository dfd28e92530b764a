import { withoutMlflow } from '../../support/mlflowServer';
import { runToEnd } from '../../support/processes';
import { ensureMlflow } from '../../support/tools';

/** A run as MLflow's own client has it. */
export interface ReadRun {
  readonly id: string;
  readonly status: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly params: ReadonlyMap<string, string>;
}

const script = `
import json
from mlflow.tracking import MlflowClient
client = MlflowClient()
runs = client.search_runs([one.experiment_id for one in client.search_experiments()])
print(json.dumps([[r.info.run_id, r.info.status, r.data.tags, r.data.params] for r in runs]))
`;

/** All runs of a store, the newest first. */
export async function readRuns(store: string): Promise<readonly ReadRun[]> {
  const { python } = await ensureMlflow('newest');
  const env = { ...withoutMlflow(process.env), MLFLOW_TRACKING_URI: store, MLFLOW_ALLOW_FILE_STORE: 'true' };
  const printed = await runToEnd(python, ['-c', script], { env });
  const runs = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as readonly [
    ...[id: string, status: string],
    ...[tags: Readonly<Record<string, string>>, params: Readonly<Record<string, string>>],
  ][];
  return runs.map(([id, status, tags, params]) => ({
    ...{ id, status },
    ...{ tags: new Map(Object.entries(tags)), params: new Map(Object.entries(params)) },
  }));
}
