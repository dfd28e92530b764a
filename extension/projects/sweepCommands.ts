import * as vscode from 'vscode';
import type { Catalog } from '../catalog/catalog';
import { runProgram } from '../processes/runProgram';
import type { Report } from '../ui/report';
import { plainText } from '../ui/text';
import { type Launch, nameLaunch } from './launch';
import type { KeptRun } from './keptRun';
import { openRunTerminal } from './keptRunCommands';
import type { Launches } from './launchCommands';
import type { LaunchQuestions } from './launchDialog';
import type { BeginRun } from './runTerminal';
import type { LaunchTasks } from './taskCommands';
import { askSweep, type Sweep } from './sweepDialog';
import { describeProgress } from './sweepProcess';
import { composeBeginning, readSweepParent } from './sweepPrograms';

export interface SweepContext {
  readonly report: Report;
  readonly launches: Launches;
  readonly tasks: LaunchTasks;
  /** How many run at once unless somebody says otherwise. */
  readonly runsAtOnce: number;
  readonly prepareQuestions: (draft: Launch) => Promise<LaunchQuestions>;
}

/** From here on somebody is asked again. */
const many = 100;

/** `mlflow.project.sweep`: many runs of an entry point, nested in one, of which so many run at once. */
export async function sweepProject(context: SweepContext, launch: Launch): Promise<void> {
  const sweep = await askSweep(launch, await context.prepareQuestions(launch), context.runsAtOnce);
  if (!sweep) return;
  const { points, atOnce, words } = sweep;
  const isMeant =
    points.length <= many ||
    (await context.report.confirm(
      `Start ${points.length} runs?`,
      `At most ${atOnce} run at once. ${plainText(words, 500)}`,
      'Start',
    ));
  if (!isMeant) return;
  await vscode.workspace.saveAll(false);
  await context.tasks.runIn(sweep.launch, nameSweep(launch), () =>
    openRunTerminal(context.report, (say, signal) => begin(context, sweep, say, signal)),
  );
}

/** Has MLflow make the parent run, then starts the others. */
async function begin(
  { launches, report }: SweepContext,
  { launch, points, atOnce, words }: Sweep,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<BeginRun>>> {
  const first: Launch = { ...launch, parameters: points[0] ?? new Map() };
  const { program, session, losses } = await launches.prepare(first, signal);
  const title = nameSweep(launch);
  say(`${title}: ${points.length} runs, at most ${atOnce} at once. ${words}`);
  say(`Tracking: ${session.connection.uri}`);
  losses.forEach(say);
  const parent = readSweepParent(await runProgram(composeBeginning(program, launch, title, words)));
  const sweep = await launches.kept.start(
    { kind: 'sweep', title, launch, points, atOnce, parent },
    program,
    session,
  );
  void showProgress(sweep, () => {
    refresh(session.catalog, parent);
  }).catch(report.error);
  return launches.kept.show(sweep);
}

async function showProgress(sweep: KeptRun, refreshRuns: () => void): Promise<void> {
  const place = {
    ...{ location: vscode.ProgressLocation.Notification, cancellable: true },
    title: plainText(sweep.job.title, 100),
  };
  await vscode.window.withProgress(place, async (progress, token) => {
    let known = 0;
    token.onCancellationRequested(() => void sweep.stop());
    sweep.onDidChange(() => {
      const now = sweep.progress;
      if (!now) return;
      const share = (100 * (now.succeeded + now.failed)) / now.total;
      progress.report({ increment: share - known, message: describeProgress(now) });
      known = share;
      refreshRuns();
    });
    await sweep.ended;
  });
  refreshRuns();
}

function nameSweep(launch: Launch): string {
  return `Sweep of ${nameLaunch(launch)}`;
}

/** A server does not tell of new runs. */
function refresh(
  catalog: Pick<Catalog, 'follow' | 'refreshRun'>,
  { experimentId, runId }: { readonly experimentId: string; readonly runId: string },
): void {
  void catalog.follow({ kind: 'runs', experimentId }, () => true);
  void catalog.refreshRun(runId).catch(() => undefined);
}
