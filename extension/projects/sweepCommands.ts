import * as vscode from 'vscode';
import type { Catalog } from '../catalog/catalog';
import { executeCommand } from '../manifest';
import type { Report } from '../ui/report';
import { plainText } from '../ui/text';
import { type Launch, nameLaunch } from './launch';
import type { Launches } from './launchCommands';
import type { LaunchQuestions } from './launchDialog';
import { RunProcess } from './runProcess';
import { runProgram } from './runProgram';
import { RunTerminal } from './runTerminal';
import type { LaunchTasks } from './taskCommands';
import { askSweep, type Sweep } from './sweepDialog';
import { SweepProcess, type SweepProgress } from './sweepProcess';
import { composeBeginning, composeChild, composeEnding, readSweepParent } from './sweepPrograms';

export interface SweepContext {
  readonly report: Report;
  readonly launches: Launches;
  readonly tasks: LaunchTasks;
  readonly prepareQuestions: (draft: Launch) => Promise<LaunchQuestions>;
}

/** From here on somebody is asked again. */
const many = 100;

/** `mlflow.project.sweep`: many runs of an entry point, nested in one, of which so many run at once. */
export async function sweepProject(context: SweepContext, launch: Launch): Promise<void> {
  const sweep = await askSweep(launch, await context.prepareQuestions(launch));
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
  await context.tasks.runIn(
    sweep.launch,
    `Sweep of ${nameLaunch(launch)}`,
    () => new RunTerminal((say, signal) => begin(context, sweep, say, signal)),
  );
}

/** Has MLflow make the parent run, then starts the others. */
async function begin(
  { launches, report }: SweepContext,
  { launch, points, atOnce, words }: Sweep,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<SweepProcess> {
  const first: Launch = { ...launch, parameters: points[0] ?? new Map() };
  const { program, session, losses } = await launches.prepare(first, signal);
  const title = `Sweep of ${nameLaunch(launch)}`;
  say(`${title}: ${points.length} runs, at most ${atOnce} at once. ${words}`);
  say(`Tracking: ${session.connection.uri}`);
  losses.forEach(say);
  const parent = readSweepParent(await runProgram(composeBeginning(program, launch, title, words)));
  const sweep = new SweepProcess({
    ...{ runId: parent.runId, points, atOnce },
    start: (parameters) => new RunProcess(composeChild(program, { ...launch, parameters }, parent)),
    finish: async (status) => {
      const { runId } = parent;
      if (status === 'KILLED') await launches.markKilled(program, runId);
      else await runProgram(composeEnding(program, runId, status));
    },
  });
  launches.adopt({ launch, run: sweep }, sweep.ended);
  void executeCommand('mlflow.run.reveal', { runId: parent.runId });
  void showProgress(sweep, title, report, () => refresh(session.catalog, parent)).catch(report.error);
  return sweep;
}

async function showProgress(
  sweep: SweepProcess,
  title: string,
  report: Report,
  refreshRuns: () => void,
): Promise<void> {
  const place = {
    ...{ location: vscode.ProgressLocation.Notification, cancellable: true },
    title: plainText(title, 100),
  };
  const last = await vscode.window.withProgress(place, async (progress, token) => {
    let known: SweepProgress = { total: 0, running: 0, succeeded: 0, failed: 0 };
    token.onCancellationRequested(() => void sweep.stop());
    sweep.onDidProgress((now) => {
      const ended = (one: SweepProgress) => one.succeeded + one.failed;
      const increment = (100 * (ended(now) - ended(known))) / now.total;
      known = now;
      progress.report({ increment, message: describeProgress(now) });
      refreshRuns();
    });
    await sweep.ended;
    return known;
  });
  refreshRuns();
  if (sweep.isStopping) return;
  const kind = last.failed === 0 ? 'info' : 'error';
  const message = `${plainText(title, 100)}: ${describeProgress(last)}.`;
  const choice = await report.offer(kind, message, 'Open Parent Run');
  if (choice !== undefined) await executeCommand('mlflow.run.open', { runId: sweep.runId });
}

function describeProgress({ total, running, succeeded, failed }: SweepProgress): string {
  const parts = [
    `${succeeded} of ${total} succeeded`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(running > 0 ? [`${running} running`] : []),
  ];
  return parts.join(', ');
}

/** A server does not tell of new runs. */
function refresh(
  catalog: Pick<Catalog, 'follow' | 'refreshRun'>,
  { experimentId, runId }: { readonly experimentId: string; readonly runId: string },
): void {
  void catalog.follow({ kind: 'runs', experimentId }, () => true);
  void catalog.refreshRun(runId).catch(() => undefined);
}
