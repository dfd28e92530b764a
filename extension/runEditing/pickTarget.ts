import type { EditTarget } from '../manifest';
import type { Session, Sessions } from '../session';
import type { Run } from '../tracking/model';
import { pickFrom } from '../ui/pick';
import { describeRun, pickExperiment } from '../ui/pickRun';

/** Asks for an experiment, then whether it or which of its runs is meant; undefined when the user turns away. */
export async function pickTarget(
  sessions: Sessions,
  { catalog }: Session,
  title: string,
): Promise<EditTarget | undefined> {
  const experiment = await pickExperiment(sessions);
  if (!experiment) return undefined;
  const { experimentId } = experiment;
  const chosen = await pickFrom<Run | 'experiment'>({
    title,
    placeholder: 'The experiment itself, or one of its runs',
    load: async () => {
      const listing = await catalog.runs(experimentId);
      return { ...listing, items: ['experiment' as const, ...listing.items] };
    },
    loadMore: () => catalog.loadMore({ kind: 'runs', experimentId }),
    describe: (it) =>
      it === 'experiment'
        ? { label: 'The experiment itself' }
        : { label: it.name || it.id, description: describeRun(it) },
  });
  if (chosen === undefined) return undefined;
  return chosen === 'experiment' ? experiment : { runId: chosen.id };
}
