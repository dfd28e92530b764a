import { readFileSync } from 'node:fs';
import { knowProcess } from '../../../extension/processes/identifyProcess';
import { startRun } from '../../../extension/projects/keptRun';
import type { RunJob } from '../../../extension/projects/runFolder';
import { openServer } from '../processes/servers';

/**
 * Stands for a window, and lives until it is killed: `startAsWindow ROOT JOB` starts the run that the file JOB describes; with
 * `FOLDER PYTHON` behind, through a server of its own for the folder's mlflow.db, whose group of processes it names.
 */
async function main(): Promise<void> {
  const [root = '', job = '', folder, python = ''] = process.argv.slice(2);
  const window = await knowProcess(process.pid);
  const whole = { ...(JSON.parse(readFileSync(job, 'utf8')) as RunJob), window };
  if (folder === undefined) {
    await startRun(root, whole, process.env);
    return;
  }
  const { server } = await openServer('sqlite:///mlflow.db', folder, python);
  await server.becomeHealthy(new AbortController().signal);
  await startRun(root, whole, { ...process.env, MLFLOW_TRACKING_URI: server.address }, server.lifeline);
  process.stdout.write(`${String(server.group)}\n`);
}

void main();
setInterval(() => undefined, 60_000);
