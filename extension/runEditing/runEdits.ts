import type { Edit } from '../editing/edit';
import { nameThing } from '../editing/tagTargets';
import type { Experiment, Lifecycle, Run } from '../tracking/model';
import type { Thing } from './targets';

/** What of MLflow's tags says a run's name; it follows the name by itself. */
const nameTag = 'mlflow.runName';

/** Makes an experiment; `onDone` learns its id. */
export function createExperiment(name: string, onDone: (experimentId: string) => void): Edit {
  let id: string | undefined;
  return {
    part: 'runs',
    label: `create ${nameThing('experiment', name)}`,
    apply: async (editor, signal) => onDone((id = await editor.createExperiment(name, signal))),
    changes: [{ kind: 'experiments' }],
    inverse: () => setExperimentLifecycle({ id: id ?? '', name }, 'deleted'),
  };
}

/** Makes a run, which is RUNNING until somebody ends it; `onDone` learns its id. */
export function createRun(experimentId: string, name: string, onDone: (runId: string) => void): Edit {
  let id: string | undefined;
  return {
    part: 'runs',
    label: `create ${nameThing('run', name)}`,
    apply: async (editor, signal) => onDone((id = await editor.createRun(experimentId, name, signal))),
    changes: [{ kind: 'runs', experimentId }],
    inverse: () => setRunLifecycle({ id: id ?? '', name, experimentId }, 'deleted'),
  };
}

export function renameThing(thing: Thing, name: string): Edit {
  return thing.kind === 'run' ? renameRun(thing.run, name) : renameExperiment(thing.experiment, name);
}

/** Moves it to the deleted ones, or back. */
export function setLifecycle(thing: Thing, lifecycle: Lifecycle): Edit {
  return thing.kind === 'run'
    ? setRunLifecycle(thing.run, lifecycle)
    : setExperimentLifecycle(thing.experiment, lifecycle);
}

function renameExperiment({ id, name: before }: Pick<Experiment, 'id' | 'name'>, name: string): Edit {
  return {
    part: 'runs',
    label: `rename ${nameThing('experiment', before)} to ${nameThing('', name).trim()}`,
    apply: (editor, signal) => editor.renameExperiment(id, name, signal),
    changes: [{ kind: 'experiments' }],
    preview: { kind: 'experiment', id, change: (it) => ({ ...it, name }) },
    inverse: () => renameExperiment({ id, name }, before),
  };
}

function renameRun(
  { id, name: before, experimentId }: Pick<Run, 'id' | 'name' | 'experimentId'>,
  name: string,
): Edit {
  return {
    part: 'runs',
    label: `rename ${nameThing('run', before || id)} to ${nameThing('', name).trim()}`,
    apply: (editor, signal) => editor.renameRun(id, name, signal),
    changes: [{ kind: 'runs', experimentId }],
    preview: {
      kind: 'run',
      id,
      change: (it) => ({ ...it, name, tags: new Map([...it.tags, [nameTag, name]]) }),
    },
    // MLflow takes no empty name: a run that nobody had named stays named.
    ...(before !== '' && { inverse: () => renameRun({ id, name, experimentId }, before) }),
  };
}

function setExperimentLifecycle({ id, name }: Pick<Experiment, 'id' | 'name'>, lifecycle: Lifecycle): Edit {
  const isDeleted = lifecycle === 'deleted';
  return {
    part: 'runs',
    label: `${isDeleted ? 'delete' : 'restore'} ${nameThing('experiment', name)}`,
    apply: (editor, signal) =>
      isDeleted ? editor.deleteExperiment(id, signal) : editor.restoreExperiment(id, signal),
    // With its runs.
    changes: [{ kind: 'experiments' }, { kind: 'runs', experimentId: id }],
    preview: { kind: 'experiment', id, change: (it) => ({ ...it, lifecycle }) },
    inverse: () => setExperimentLifecycle({ id, name }, isDeleted ? 'active' : 'deleted'),
  };
}

function setRunLifecycle(run: Pick<Run, 'id' | 'name' | 'experimentId'>, lifecycle: Lifecycle): Edit {
  const { id, name, experimentId } = run;
  const isDeleted = lifecycle === 'deleted';
  return {
    part: 'runs',
    label: `${isDeleted ? 'delete' : 'restore'} ${nameThing('run', name || id)}`,
    apply: (editor, signal) => (isDeleted ? editor.deleteRun(id, signal) : editor.restoreRun(id, signal)),
    changes: [{ kind: 'runs', experimentId }],
    preview: { kind: 'run', id, change: (it) => ({ ...it, lifecycle }) },
    inverse: () => setRunLifecycle(run, isDeleted ? 'active' : 'deleted'),
  };
}
