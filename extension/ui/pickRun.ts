import type { Catalog } from '../catalog/catalog';
import type { ExperimentTarget, RunTarget } from '../manifest';
import type { Sessions } from '../session';
import type { Experiment, Run } from '../tracking/model';
import { demandSession } from './demandSession';
import { formatAge } from './numbers';
import { pickFrom, type PickLabel } from './pick';
import { joinFacts } from './text';

/** Asks for an experiment; undefined when the user turns away. */
export async function pickExperiment(sessions: Sessions): Promise<ExperimentTarget | undefined> {
  const { catalog } = await demandSession(sessions);
  const experiment = await pickFrom<Experiment>({
    title: 'Choose an experiment',
    placeholder: 'Type a part of its name',
    load: () => catalog.experiments(),
    loadMore: () => catalog.loadMore({ kind: 'experiments' }),
    describe: describeExperiment,
  });
  return experiment && { experimentId: experiment.id };
}

/** An experiment, with what tells it from others of its name. */
export function describeExperiment({ name, id, lifecycle }: Experiment): PickLabel {
  return { label: name, description: joinFacts([id, lifecycle === 'deleted' ? 'deleted' : '']) };
}

/** Asks for an experiment, then for one of its runs; undefined when the user turns away. */
export async function pickRun(sessions: Sessions): Promise<RunTarget | undefined> {
  const experiment = await pickExperiment(sessions);
  if (!experiment) return undefined;
  const { catalog } = await demandSession(sessions);
  return await pickRunOf(catalog, experiment.experimentId);
}

async function pickRunOf(catalog: Catalog, experimentId: string): Promise<RunTarget | undefined> {
  const run = await pickFrom<Run>({
    title: 'Choose a run',
    placeholder: 'Type a part of its name or id',
    load: () => catalog.runs(experimentId),
    loadMore: () => catalog.loadMore({ kind: 'runs', experimentId }),
    describe: (run) => ({ label: run.name || run.id, description: describeRun(run) }),
  });
  return run && { runId: run.id };
}

/** What tells a run from others of its name. */
export function describeRun(run: Run): string {
  return joinFacts([
    run.lifecycle === 'deleted' ? 'deleted' : '',
    run.status.toLowerCase(),
    run.startedAt === undefined ? '' : formatAge(run.startedAt, Date.now()),
    run.id,
  ]);
}
