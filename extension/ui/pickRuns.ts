import type { RunTarget } from '../manifest';
import type { Sessions } from '../session';
import type { Run } from '../tracking/model';
import { demandSession } from './demandSession';
import { pickManyFrom } from './pickMany';
import { describeRun, pickExperiment } from './pickRun';

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
