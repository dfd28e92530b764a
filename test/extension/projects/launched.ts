import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkProject } from '../../../extension/projects/checkProject';
import { composeRun } from '../../../extension/projects/composeRun';
import type { Launch } from '../../../extension/projects/launch';
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
  /** The program of a launch; throws why the extension would refuse it. */
  prepare(change: Partial<Launch>, version?: MlflowVersion, tracking?: Tracking): Promise<Program>;
  /** Starts an entry point as the extension does, beside the store, with further variables; throws why it would refuse. */
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
  const prepare: TestProject['prepare'] = async (change, version = 'newest', tracking = {}) => {
    const launch: Launch = {
      ...{ project: { kind: 'folder', path: folder }, entryPoint: 'main', parameters: new Map() },
      ...{ environmentManager: 'local', ...change },
    };
    const { problem } = await checkProject(launch);
    if (problem !== undefined) throw new Error(problem);
    return await compose(launch, { ...trackingOf(store), ...tracking }, version);
  };
  return {
    folder,
    store,
    holds: (canary) => [root, folder, tmpdir()].some((place) => existsSync(join(place, canary))),
    prepare,
    launch: async (...options) => start(await prepare(...options)),
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

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
