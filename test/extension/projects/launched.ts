import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findLaunchProblem } from '../../../extension/projects/checkLaunch';
import { composeRun } from '../../../extension/projects/composeRun';
import type { Launch } from '../../../extension/projects/launch';
import { readProjectFile } from '../../../extension/projects/projectFile';
import { RunProcess } from '../../../extension/projects/runProcess';
import { composeTrackingEnvironment } from '../../../extension/processes/trackingEnvironment';
import type { Program } from '../../../extension/processes/program';
import { withoutMlflow } from '../../support/mlflowServer';
import { runToEnd } from '../../support/processes';
import { ensureMlflow, type MlflowVersion } from '../../support/tools';

/** MLflow's own variables for a place. */
type Tracking = Readonly<Record<string, string>>;

/** A project in a folder of its own, and a store beside it. */
export interface TestProject {
  readonly folder: string;
  /** The `mlruns` that its runs go to. */
  readonly store: string;
  /** Whether something of that name lies anywhere that a shell might have put it. */
  holds(name: string): boolean;
  /** Starts an entry point as the extension does, beside the store unless told otherwise; throws why it would refuse. */
  launch(change: Partial<Launch>, version?: MlflowVersion, tracking?: Tracking): Promise<Launched>;
  /** The status of a run, as MLflow's own client says it. */
  statusOf(runId: string): Promise<string>;
  remove(): Promise<void>;
}

export interface Launched {
  readonly program: Program;
  readonly run: RunProcess;
  /** All that it wrote so far. */
  readonly output: () => string;
}

/** Writes a project's files, by path, into a folder of that name. */
export async function writeProject(
  files: Readonly<Record<string, string>>,
  name = 'project',
): Promise<TestProject> {
  const root = await mkdtemp(join(tmpdir(), 'mlflow-launch-'));
  const folder = join(root, name);
  const store = join(root, 'mlruns');
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return {
    folder,
    store,
    holds: (canary) => [root, folder, tmpdir()].some((place) => existsSync(join(place, canary))),
    launch: async (change, version = 'newest', tracking = trackingOf(store)) => {
      const launch: Launch = {
        ...{ project: { kind: 'folder', path: folder }, entryPoint: 'main', parameters: new Map() },
        ...{ environmentManager: 'local', ...change },
      };
      const file = readProjectFile(files['MLproject'] ?? '');
      const problem = findLaunchProblem(launch, file, (path) => existsSync(resolve(folder, path)));
      if (problem !== undefined) throw new Error(problem);
      return start(await compose(launch, tracking, version));
    },
    statusOf: (runId) => statusOf(runId, store),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function compose(launch: Launch, tracking: Tracking, version: MlflowVersion): Promise<Program> {
  const { python } = await ensureMlflow(version);
  return composeRun({
    ...{ launch, python, folder: tmpdir() },
    environment: { ...withoutMlflow(process.env), MLFLOW_DISABLE_TELEMETRY: 'true' },
    tracking,
  });
}

function trackingOf(store: string): Tracking {
  return composeTrackingEnvironment({ uri: store, path: store, headers: new Map() });
}

function start(program: Program): Launched {
  const run = new RunProcess(program);
  let output = '';
  run.onDidWrite((text) => {
    output += text;
  });
  return { program, run, output: () => output };
}

async function statusOf(runId: string, store: string): Promise<string> {
  const { python } = await ensureMlflow('newest');
  const script = 'import mlflow, sys; print(mlflow.get_run(sys.argv[1]).info.status)';
  const env = { ...withoutMlflow(process.env), MLFLOW_TRACKING_URI: store, MLFLOW_ALLOW_FILE_STORE: 'true' };
  return (await runToEnd(python, ['-c', script, runId], { env })).trim().split('\n').at(-1) ?? '';
}
