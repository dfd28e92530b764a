import { readFileSync } from 'node:fs';
import { startRun } from '../../../extension/projects/keptRun';
import type { RunJob } from '../../../extension/projects/runFolder';

/** Stands for a window: `startAsWindow ROOT JOB` starts the run that the file JOB describes, and lives until it is killed. */
const [root = '', job = ''] = process.argv.slice(2);
void startRun(root, JSON.parse(readFileSync(job, 'utf8')) as RunJob, process.env);
setInterval(() => undefined, 60_000);
