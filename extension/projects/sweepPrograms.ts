import { tmpdir } from 'node:os';
import { ignoreCurrentFolder } from '../processes/importPath';
import type { Program } from '../processes/program';
import { listArguments } from './composeRun';
import type { Launch } from './launch';

/** The run that the runs of a sweep are nested in. */
export interface SweepParent {
  readonly runId: string;
  readonly experimentId: string;
}

/** Chooses the experiment as `mlflow run` does. */
const beginning = `${ignoreCurrentFolder}
import getpass, json, os, sys
from mlflow.tracking import MlflowClient
wanted = json.loads(sys.argv[1])
client = MlflowClient()
chosen = "experimentId" in wanted or "experimentName" in wanted
name = wanted.get("experimentName") or (None if chosen else os.environ.get("MLFLOW_EXPERIMENT_NAME"))
if name:
    found = client.get_experiment_by_name(name)
    experiment_id = found.experiment_id if found else client.create_experiment(name)
else:
    experiment_id = wanted.get("experimentId") or os.environ.get("MLFLOW_EXPERIMENT_ID") or "0"
tags = wanted["tags"]
try:
    tags["mlflow.user"] = getpass.getuser()
except Exception:
    pass
run = client.create_run(experiment_id, tags=tags, run_name=wanted.get("runName"))
print(json.dumps({"runId": run.info.run_id, "experimentId": experiment_id}))
`;

const ending = `${ignoreCurrentFolder}
import sys
from mlflow.tracking import MlflowClient
MlflowClient().set_terminated(sys.argv[1], sys.argv[2])
`;

/**
 * `mlflow run` itself, whose run is made as a child from the start. MLflow nests the run of a project only in one that its own
 * process has started, and would end that one with the process; no variable and no option names a parent.
 */
const nesting = `${ignoreCurrentFolder}
import sys
from mlflow.cli import cli
from mlflow.tracking.client import MlflowClient
parent, *arguments = sys.argv[1:]
create_run = MlflowClient.create_run
def create_child(self, experiment_id, start_time=None, tags=None, *rest, **others):
    tags = {**(tags or {}), "mlflow.parentRunId": parent}
    return create_run(self, experiment_id, start_time, tags, *rest, **others)
MlflowClient.create_run = create_child
cli(arguments, prog_name="mlflow")
`;

/** Has MLflow make the parent; `run` is the program of one launch of the sweep. It writes what readSweepParent reads. */
export function composeBeginning(run: Program, launch: Launch, title: string, note: string): Program {
  const { experiment, project, runName } = launch;
  const tags = {
    'mlflow.source.name': project.kind === 'folder' ? project.path : project.uri,
    'mlflow.source.type': 'PROJECT',
    'mlflow.note.content': note,
  };
  const wanted = {
    ...(experiment?.kind === 'id' && { experimentId: experiment.id }),
    ...(experiment?.kind === 'name' && { experimentName: experiment.name }),
    ...{ runName: runName ?? title, tags },
  };
  return { ...run, cwd: tmpdir(), args: ['-c', beginning, JSON.stringify(wanted)] };
}

/** Throws where MLflow said something else. */
export function readSweepParent(written: string): SweepParent {
  return JSON.parse(written.trim().split('\n').at(-1) ?? '') as SweepParent;
}

/** Marks the parent ended. */
export function composeEnding(run: Program, runId: string, status: 'FINISHED' | 'FAILED'): Program {
  return { ...run, cwd: tmpdir(), args: ['-c', ending, runId, status] };
}

/** One run of a sweep; `run` is the program of one like it. */
export function composeChild(run: Program, launch: Launch, parent: SweepParent): Program {
  const others = Object.entries(run.env).filter(([name]) => !/^MLFLOW_EXPERIMENT_(ID|NAME)$/.test(name));
  const child: Launch = {
    ...launch,
    runName: undefined,
    experiment: { kind: 'id', id: parent.experimentId },
  };
  return {
    ...run,
    env: Object.fromEntries(others),
    args: ['-c', nesting, parent.runId, 'run', ...listArguments(child)],
  };
}
