import { tmpdir } from 'node:os';
import { hideCredentials } from '../processes/connectionTracking';
import { ignoreCurrentFolder } from '../processes/importPath';
import { ManagedProcess } from '../processes/managedProcess';
import type { Program } from '../processes/program';

/** By MLflow's own client, so that it is the same for every store. What has ended already stays as it is. */
const script = [
  ignoreCurrentFolder,
  'from mlflow.tracking import MlflowClient',
  'client = MlflowClient()',
  'run = client.get_run(sys.argv[1])',
  'children = client.search_runs([run.info.experiment_id], "tags.mlflow.parentRunId = \'%s\'" % run.info.run_id)',
  'for one in [*children, run]:',
  '    if one.info.status in ("RUNNING", "SCHEDULED"): client.set_terminated(one.info.run_id, "KILLED")',
].join('\n');

const endMs = 60_000;

/** Marks a run and those nested in it KILLED, where they have not ended; `run` is the program that made it, or one like it. */
function composeEndOfRun(run: Pick<Program, 'program' | 'env'>, runId: string): Program {
  return { ...run, cwd: tmpdir(), args: ['-c', script, runId] };
}

/** Has MLflow do so. Rejects with a UserError that names the cause. */
export async function endRun(
  run: Pick<Program, 'program' | 'env'>,
  runId: string,
  log: (line: string) => void,
): Promise<void> {
  const process = new ManagedProcess({
    command: composeEndOfRun(run, runId),
    name: `Marking the run ${runId} as KILLED`,
    hideSecrets: hideCredentials(run.env),
    log,
  });
  await process.finish(AbortSignal.timeout(endMs));
}
