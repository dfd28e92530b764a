import { readFileSync } from 'node:fs';
import { knowProcess } from '../../../extension/processes/identifyProcess';
import { startRun } from '../../../extension/projects/keptRun';
import type { RunJob } from '../../../extension/projects/runFolder';

/** Stands for a window: `startAsWindow ROOT JOB` starts the run that the file JOB describes, and lives until it is killed. */
const [root = '', job = ''] = process.argv.slice(2);
void knowProcess(process.pid).then((window) =>
  startRun(root, { ...(JSON.parse(readFileSync(job, 'utf8')) as RunJob), window }, process.env),
);
setInterval(() => undefined, 60_000);
