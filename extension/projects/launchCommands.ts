import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import { executeCommand } from '../manifest';
import { readConnectionTracking } from '../processes/connectionTracking';
import type { FoundPython } from '../processes/findPython';
import type { Program } from '../processes/program';
import type { Session, Sessions } from '../session';
import type { Settings } from '../settings';
import { isUnfinished } from '../tracking/model';
import { choosePython } from '../ui/choosePython';
import { demandSession } from '../ui/demandSession';
import type { Report } from '../ui/report';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { findLaunchProblem } from './checkLaunch';
import { composeEnvironment, composeRun } from './composeRun';
import { endRun } from './endRun';
import { type Launch, nameLaunch } from './launch';
import type { ProjectFile } from './projectFile';
import { readProject } from './projectFolder';
import { RunProcess } from './runProcess';
import { RunTerminal } from './runTerminal';
import { showCommand } from './showCommand';

export interface LaunchOptions {
  readonly connections: Connections;
  readonly sessions: Sessions;
  readonly settings: () => Settings;
  readonly report: Report;
  readonly log: vscode.LogOutputChannel;
}

/** A `mlflow run` of this window, or a sweep of them, that has not ended. */
export interface RunningLaunch {
  readonly launch: Launch;
  readonly run: Pick<RunProcess, 'runId' | 'stop'>;
}

/** What a launch needs of its surroundings, found when it starts. */
export interface PreparedLaunch {
  readonly program: Program;
  readonly session: Session;
  readonly file: ProjectFile | undefined;
  /** What MLflow cannot be told of the connection, in sentences. */
  readonly losses: readonly string[];
}

/** Starts launches, each in a terminal, and follows the runs that MLflow makes of them. They end with the window. */
export class Launches {
  private readonly running = new Set<RunningLaunch>();

  constructor(private readonly options: LaunchOptions) {}

  /** Those under way, oldest first. */
  list(): readonly RunningLaunch[] {
    return [...this.running];
  }

  /** The terminal in which a launch runs once it is opened. */
  openTerminal(read: () => Launch): vscode.Pseudoterminal {
    return new RunTerminal(async (say, signal) => {
      if (!vscode.workspace.isTrusted)
        throw new UserError('The workspace must be trusted before it may run programs.');
      const launch = read();
      const { program, session, losses } = await this.prepare(launch, signal);
      losses.forEach(say);
      say(`${program.cwd} $ ${showCommand([program.program, ...program.args])}`);
      say(`Tracking: ${session.connection.uri}`);
      signal.throwIfAborted();
      return this.start(launch, program, session);
    });
  }

  /** The program that runs a launch now. Rejects with a UserError for one that MLflow could not carry out. */
  async prepare(launch: Launch, signal: AbortSignal): Promise<PreparedLaunch> {
    const { project } = launch;
    const folder = project.kind === 'folder' ? project.path : undefined;
    const file = folder === undefined ? undefined : await readProject(folder);
    const problem = findLaunchProblem(launch, file, (path) => existsSync(resolve(folder ?? '', path)));
    if (problem !== undefined) throw new UserError(problem);
    const session = await demandSession(this.options.sessions);
    const { python } = await this.findPython(folder, signal);
    const { variables, losses } = await readConnectionTracking(session.connection);
    const program = composeRun({
      ...{ launch, python, environment: process.env, tracking: variables },
      folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir(),
    });
    return { program, session, file, losses };
  }

  async findPython(folder: string | undefined, signal: AbortSignal): Promise<FoundPython> {
    const { settings, log } = this.options;
    return await choosePython(
      {
        setting: settings().python.path,
        folder: folder === undefined ? undefined : vscode.Uri.file(folder),
        log: (line) => {
          log.info(line);
        },
      },
      signal,
    );
  }

  /** Counts what runs among those under way until it has ended. */
  adopt(running: RunningLaunch, ended: Promise<unknown>): void {
    this.running.add(running);
    void ended.then(() => this.running.delete(running));
  }

  /** Ends all; their keepers see to it, whether or not this process lives to see it. */
  dispose(): void {
    for (const { run } of this.running) void run.stop();
  }

  /** Marks a run that nothing works on any more KILLED, and those nested in it. */
  async endStaleRun(runId: string, signal: AbortSignal): Promise<void> {
    const { connection, catalog } = await demandSession(this.options.sessions);
    const { python } = await this.findPython(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath, signal);
    const { variables } = await readConnectionTracking(connection);
    const env = composeEnvironment({}, python, process.env, variables);
    await this.markKilled({ program: python, env }, runId);
    await catalog.refreshRun(runId);
  }

  private start(launch: Launch, program: Program, session: Session): RunProcess {
    const run = new RunProcess(program);
    this.adopt({ launch, run }, run.ended);
    run.onDidStartRun((runId) => void executeCommand('mlflow.run.reveal', { runId }));
    void this.follow(launch, run, program, session).catch(this.options.report.error);
    return run;
  }

  private async follow(launch: Launch, run: RunProcess, program: Program, session: Session): Promise<void> {
    const { catalog } = session;
    const { code } = await run.ended;
    const { runId } = run;
    if (runId === undefined) return;
    if (run.isStopping) await this.markKilled(program, runId);
    const left = this.options.sessions.catalog === catalog ? await catalog.refreshRun(runId) : undefined;
    if (left && isUnfinished(left)) {
      await this.offerToEnd(program, runId, session);
      return;
    }
    if (vscode.window.state.focused || run.isStopping) return;
    const name = plainText(nameLaunch(launch), 100);
    const choice = await this.options.report.offer(
      code === 0 ? 'info' : 'error',
      code === 0 ? `The run of ${name} has finished.` : `The run of ${name} has failed.`,
      'Open Run',
    );
    if (choice !== undefined) await executeCommand('mlflow.run.open', { runId });
  }

  /** MLflow was ended from elsewhere, and could not end its run. */
  private async offerToEnd(program: Program, runId: string, { catalog }: Session): Promise<void> {
    const message = 'MLflow ended without its run, which is still shown as running.';
    const choice = await this.options.report.offer('error', message, 'Mark Run as Killed');
    if (choice === undefined) return;
    await this.markKilled(program, runId);
    if (this.options.sessions.catalog === catalog) await catalog.refreshRun(runId);
  }

  /** Marks a run and those nested in it, by MLflow itself, which writes to every kind of store. */
  markKilled(program: Pick<Program, 'program' | 'env'>, runId: string): Promise<void> {
    return endRun(program, runId, (line) => {
      this.options.log.info(line);
    });
  }
}
