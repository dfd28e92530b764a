import type { ExperimentTarget, MetricTarget, RunTarget } from '../manifest';
import type { Sessions } from '../session';
import { chooseTargets } from '../ui/chooseTargets';
import { demandSession } from '../ui/demandSession';
import { formatMetric } from '../ui/numbers';
import { pickFrom, wholeList } from '../ui/pick';
import { pickExperiment, pickRun } from '../ui/pickRun';
import { UserError } from '../ui/userError';
import type { MetricsSubject } from '../../webviews/protocol/metrics';

/** What the commands work on. */
export interface ChartCommands {
  readonly sessions: Sessions;
  /** The rows selected in the tree. */
  readonly selection: () => readonly { readonly kind: string }[];
}

/** The runs to show: those given, else those selected, else one that the user picks; undefined when they turn away. */
export async function chooseRuns(
  { sessions, selection }: ChartCommands,
  given: readonly (RunTarget | undefined)[],
): Promise<MetricsSubject | undefined> {
  const { connection } = await demandSession(sessions);
  const selected = selection().filter((node): node is RunTarget & { kind: string } => node.kind === 'run');
  const runs = await chooseTargets<RunTarget>('run', given, selected, () => pickRun(sessions));
  const runIds = [...new Set(runs.map(({ runId }) => runId))];
  return runIds.length === 0 ? undefined : { connectionUri: connection.uri, experimentId: '', runIds };
}

/** The experiment to show: the one given, else the one selected, else one that the user picks. */
export async function chooseExperiment(
  { sessions, selection }: ChartCommands,
  given: ExperimentTarget | undefined,
): Promise<MetricsSubject | undefined> {
  const { connection } = await demandSession(sessions);
  const selected = selection().filter(
    (node): node is ExperimentTarget & { kind: string } => node.kind === 'experiment',
  );
  const pick = () => pickExperiment(sessions);
  const [one] = await chooseTargets<ExperimentTarget>('experiment', [given], selected, pick);
  return one && { connectionUri: connection.uri, experimentId: one.experimentId, runIds: [] };
}

/** The metric to show: the one given, else the one selected, else one that the user picks of a run that they pick. */
export async function chooseMetric(
  { sessions, selection }: ChartCommands,
  given: MetricTarget | undefined,
): Promise<{ readonly subject: MetricsSubject; readonly metric: string } | undefined> {
  const { connection } = await demandSession(sessions);
  const selected = selection().find(isMetric);
  const target =
    [given, selected].find((one) => one !== undefined && isMetric(one)) ?? (await pickMetric(sessions));
  if (!target) return undefined;
  const { runId, metric } = target;
  return { subject: { connectionUri: connection.uri, experimentId: '', runIds: [runId] }, metric };
}

function isMetric(node: object): node is MetricTarget & { kind: string } {
  return 'metric' in node && typeof node.metric === 'string' && 'runId' in node;
}

async function pickMetric(sessions: Sessions): Promise<MetricTarget | undefined> {
  const target = await pickRun(sessions);
  if (!target) return undefined;
  const { catalog } = await demandSession(sessions);
  const { metrics } = await catalog.run(target.runId);
  if (metrics.size === 0) throw new UserError('This run has no metrics.');
  const items = [...metrics].sort(([one], [other]) => (one < other ? -1 : 1));
  const chosen = await pickFrom({
    title: 'Choose a metric',
    placeholder: 'Type a part of its name',
    ...wholeList(items),
    describe: ([label, { value }]) => ({ label, description: formatMetric(value) }),
  });
  return chosen && { ...target, metric: chosen[0] };
}
