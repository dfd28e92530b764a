import type { ExperimentTarget, RunTarget } from '../manifest';
import type { Sessions } from '../session';
import type { Experiment, Run } from '../tracking/model';
import { demandSession } from './demandSession';
import { pickManyFrom } from './pickMany';
import { describeExperiment, describeRun, pickExperiment } from './pickRun';

export interface PickRunsOptions {
  readonly title: string;
  readonly least: number;
  readonly most: number;
  /** Chosen already: their experiment is the one that is asked about, and they are ticked. */
  readonly chosen: readonly RunTarget[];
}

/** Asks for several runs of one experiment; undefined when the user turns away. */
export async function pickRuns(
  sessions: Sessions,
  { chosen, ...options }: PickRunsOptions,
): Promise<readonly RunTarget[] | undefined> {
  const { catalog } = await demandSession(sessions);
  const [first] = chosen;
  const experimentId = first
    ? (await catalog.run(first.runId)).experimentId
    : (await pickExperiment(sessions))?.experimentId;
  if (experimentId === undefined) return undefined;
  const runs = await pickManyFrom<Run>({
    ...options,
    placeholder: 'Type a part of a name or id; tick the runs',
    load: () => catalog.runs(experimentId),
    loadMore: () => catalog.loadMore({ kind: 'runs', experimentId }),
    identify: (run) => run.id,
    chosen: chosen.map(({ runId }) => runId),
    describe: (run) => ({ label: run.name || run.id, description: describeRun(run) }),
  });
  return runs?.map(({ id }) => ({ runId: id }));
}

/** Asks for one or several experiments; undefined when the user turns away. */
export async function pickExperiments(
  sessions: Sessions,
  title: string,
): Promise<readonly ExperimentTarget[] | undefined> {
  const { catalog } = await demandSession(sessions);
  const experiments = await pickManyFrom<Experiment>({
    title,
    placeholder: 'Type a part of a name or id; tick the experiments',
    least: 1,
    most: Number.POSITIVE_INFINITY,
    load: () => catalog.experiments(),
    loadMore: () => catalog.loadMore({ kind: 'experiments' }),
    identify: (experiment) => experiment.id,
    chosen: [],
    describe: describeExperiment,
  });
  return experiments?.map(({ id }) => ({ experimentId: id }));
}
