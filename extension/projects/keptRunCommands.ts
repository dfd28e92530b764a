import * as vscode from 'vscode';
import type { Disposable } from '../catalog/emitter';
import { executeCommand } from '../manifest';
import { knowProcess } from '../processes/identifyProcess';
import type { Program } from '../processes/program';
import type { WindowRuns } from '../processes/windowRuns';
import type { RunningServer, WindowServers } from '../processes/windowServers';
import type { Session, Sessions } from '../session';
import type { Settings } from '../settings';
import { isUnfinished, type Run } from '../tracking/model';
import type { Lazy } from '../ui/lazy';
import type { Report } from '../ui/report';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { findRuns, type KeptRun, startRun } from './keptRun';
import type { RunEnd, RunJob } from './runFolder';
import { LogTerminal } from './logTerminal';
import { RunLog } from './runLog';
import { type BeginRun, RunTerminal } from './runTerminal';
import { describeProgress } from './sweepProcess';

export interface KeptRunsOptions {
  /** Where the runs of this workspace lie. */
  readonly runsFolder: string;
  readonly sessions: Sessions;
  readonly settings: () => Settings;
  readonly report: Report;
  readonly runs: WindowRuns;
  readonly running: Lazy<Disposable & { readonly servers: WindowServers }>;
  /** Marks a run that nothing works on any more KILLED, and those nested in it. */
  readonly endStaleRun: (runId: string) => Promise<void>;
}

/** What is to be run, but for what is the same of all. */
type Work = Pick<RunJob & { kind: 'run' }, 'kind' | 'title'> | Omit<RunJob & { kind: 'sweep' }, SharedKey>;
type SharedKey = 'whenWindowCloses' | 'window' | 'store' | 'startedAt' | 'program';

/** Runs and sweeps that go on, of this window and found again ones: who shows them and stops them, and tells how they ended. */
export class KeptRuns {
  private readonly followed = new Set<KeptRun>();

  constructor(private readonly options: KeptRunsOptions) {}

  async start(work: Work, { env, ...program }: Program, { connection }: Session): Promise<KeptRun> {
    const { whenWindowCloses } = this.options.settings().projects;
    const window = await knowProcess(process.pid);
    const shared = { program, whenWindowCloses, window, store: connection.uri, startedAt: Date.now() };
    const server = await this.findServer(connection.uri);
    const run = await startRun(this.options.runsFolder, { ...work, ...shared }, env, server?.lifeline);
    this.follow(run, false);
    return run;
  }

  /** Takes up what windows before this one have left. */
  async findAgain(): Promise<void> {
    const known = new Set([...this.followed].map(({ folder }) => folder));
    for (const run of await findRuns(this.options.runsFolder)) {
      if (!known.has(run.folder)) this.follow(run, true);
    }
  }

  /** What the run's own terminal shows. */
  show(run: KeptRun): Awaited<ReturnType<BeginRun>> {
    const { onDidWrite, ended } = new RunLog(run, 'beginning');
    return { onDidWrite, ended, stop: () => run.stop() };
  }

  /** They go on or end without us. */
  dispose(): void {
    for (const run of this.followed) run.dispose();
  }

  /** The server of this window at that address. */
  private async findServer(address: string): Promise<RunningServer | undefined> {
    const { servers } = await this.options.running.demand();
    return servers.list().find(({ server }) => server.address === address)?.server;
  }

  private follow(run: KeptRun, isFound: boolean): void {
    this.followed.add(run);
    const list = (): void => {
      this.options.runs.set(this.describe(run, isFound));
    };
    if (run.isGoingOn) list();
    run.onDidChange(list);
    run.onDidStartRun((runId) => {
      if (!isFound) void executeCommand('mlflow.run.reveal', { runId, isQuiet: true });
      void this.sessionOf(run)
        ?.catalog.refreshRun(runId)
        .catch(() => undefined);
    });
    void this.tellEnd(run, isFound).catch(this.options.report.error);
  }

  private describe(run: KeptRun, isFound: boolean) {
    const { id, runId, isStopping, progress, job } = run;
    const { title, startedAt } = job;
    return {
      ...{ id, title, startedAt, runId, isStopping },
      progress: progress ? describeProgress(progress) : '',
      stop: () => run.stop(),
      showLog: () => {
        showLog(run, isFound);
      },
    };
  }

  private async tellEnd(run: KeptRun, isFound: boolean): Promise<void> {
    const end = await run.ended;
    this.followed.delete(run);
    this.options.runs.delete(run.id);
    if (!(await run.claimEnd())) return;
    const left = await this.readRun(run);
    const isLeft = left ? isUnfinished(left) : isFound && end.code === undefined;
    if (run.runId !== undefined && isLeft && !end.isStopped) await this.offerToEnd(run.runId, end);
    else if (end.complaint !== undefined) throw new UserError(end.complaint);
    else if (end.isStopped) return;
    else if (isFound || run.job.kind === 'sweep' || !vscode.window.state.focused)
      await this.tell(run, end, isFound);
  }

  private async tell(run: KeptRun, { code }: RunEnd, isFound: boolean): Promise<void> {
    const { title, kind } = run.job;
    const { runId, progress } = run;
    const outcome = progress
      ? `: ${describeProgress(progress)}`
      : code === 0
        ? ' has finished'
        : ' has failed';
    const name = kind === 'run' ? `The run of ${plainText(title, 100)}` : plainText(title, 100);
    const choice = await this.options.report.offer(
      code === 0 ? 'info' : 'error',
      `${name}${outcome}${isFound && !run.isGoingOn ? ' since its window was closed' : ''}.`,
      ...(runId === undefined ? [] : ['Open Run']),
      ...(isFound ? ['Show Log'] : []),
    );
    if (choice === 'Show Log') showLog(run, isFound);
    else if (choice !== undefined && runId !== undefined) await executeCommand('mlflow.run.open', { runId });
  }

  /** MLflow was ended from elsewhere, and could not end its run. */
  private async offerToEnd(runId: string, { complaint = '' }: RunEnd): Promise<void> {
    const message = `${complaint} MLflow ended without its run, which is still shown as running.`.trim();
    const choice = await this.options.report.offer('error', message, 'Mark Run as Killed');
    if (choice !== undefined) await this.options.endStaleRun(runId);
  }

  /** As it is now, where this window looks at the store that it is in. */
  private async readRun(run: KeptRun): Promise<Run | undefined> {
    if (run.runId === undefined) return undefined;
    return await this.sessionOf(run)
      ?.catalog.refreshRun(run.runId)
      .catch(() => undefined);
  }

  private sessionOf({ job }: KeptRun): Session | undefined {
    const { state } = this.options.sessions;
    return state.kind === 'ready' && state.connection.uri === job.store ? state.session : undefined;
  }
}

/** A terminal in which a run is started once it is opened. It has no buttons: a failure that something mends is told beside it, too. */
export function openRunTerminal(report: Report, begin: BeginRun): vscode.Pseudoterminal {
  const beginOrTell: BeginRun = async (say, signal) => {
    try {
      return await begin(say, signal);
    } catch (error) {
      if (error instanceof UserError && error.next) report.error(error);
      throw error;
    }
  };
  return new RunTerminal(beginOrTell, closesWithWindow);
}

/** How long after it has closed a Pseudoterminal VS Code may take to say why, in ms. */
const reasonMs = 1_000;

/** Whether the terminal that VS Code is closing closes only since its window does. */
function closesWithWindow(): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (isWindow: boolean): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve(isWindow);
    };
    const subscription = vscode.window.onDidCloseTerminal(({ exitStatus }) => {
      answer(exitStatus?.reason === vscode.TerminalExitReason.Shutdown);
    });
    const timer = setTimeout(answer, reasonMs, false);
  });
}

/** Goes to the terminal that the run was started in; that of another window is gone, so another one reads on. */
function showLog(run: KeptRun, isFound: boolean): void {
  const name = plainText(run.job.title);
  const present = vscode.window.terminals.findLast((terminal) => terminal.name === name);
  const isGone = present === undefined || isFound;
  (isGone ? vscode.window.createTerminal({ name, pty: new LogTerminal(run) }) : present).show();
}
