import { type Recorder, startRecorder } from './recorder';

/** A Databricks workspace, played by a recorder on this machine: one experiment, and a job that succeeds. */
export interface PlayedDatabricks {
  /** What MLflow and we need to find it, and are let in with. */
  readonly env: Readonly<Record<string, string>>;
  readonly recorder: Recorder;
  /** The jobs that it was given. */
  readonly jobs: () => readonly DatabricksJob[];
}

export interface DatabricksJob {
  readonly new_cluster: { readonly spark_version: string; readonly num_workers: number };
  readonly shell_command_task: { readonly command: readonly string[] };
}

export const databricksToken = 'c4nary-token';

/** The experiment is `/Shared/forecast`, of the id 7. */
export async function playDatabricks(): Promise<PlayedDatabricks> {
  const info = {
    ...{ run_id: 'a'.repeat(32), experiment_id: '7', artifact_uri: 'dbfs:/x', run_name: 'on a cluster' },
    ...{ status: 'RUNNING', lifecycle_stage: 'active', start_time: 1_700_000_000_000 },
  };
  const run = { run: { info } };
  const experiment = { experiment_id: '7', name: '/Shared/forecast', lifecycle_stage: 'active' };
  const recorder = await startRecorder({
    ...{ 'POST /runs/create': run, 'GET /mlflow/runs/get': run },
    'POST /mlflow/experiments/search': { experiments: [experiment] },
    'GET /mlflow/experiments/get': { experiment },
    'GET /mlflow/experiments/get-by-name': { experiment },
    'GET /dbfs/get-status': { error_code: 'RESOURCE_DOES_NOT_EXIST' },
    'POST /jobs/runs/submit': { run_id: 5 },
    'GET /jobs/runs/get': { run_page_url: 'http://127.0.0.1/page', state: { result_state: 'SUCCESS' } },
  });
  return {
    env: { DATABRICKS_HOST: `http://127.0.0.1:${recorder.port}`, DATABRICKS_TOKEN: databricksToken },
    recorder,
    jobs: () => recorder.bodies('POST', '/jobs/runs/submit') as readonly DatabricksJob[],
  };
}
