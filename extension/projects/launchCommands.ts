import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import { kindOfTrackingUri } from '../connections/trackingUri';
import { readConnectionTracking } from '../processes/connectionTracking';
import type { FoundPython } from '../processes/findPython';
import type { Program } from '../processes/program';
import type { Session } from '../session';
import { choosePython } from '../ui/choosePython';
import { demandSession } from '../ui/demandSession';
import { UserError } from '../ui/userError';
import { checkProject } from './checkProject';
import { composeEnvironment, composeRun } from './composeRun';
import { endRun } from './endRun';
import { hasDocker } from './docker';
import { KeptRuns, type KeptRunsOptions, openRunTerminal } from './keptRunCommands';
import { type Launch, nameLaunch } from './launch';
import type { ProjectFile } from './projectFile';
import { explainServed, findServedExperiment } from './servedArtifacts';
import { showCommand } from './showCommand';

export interface LaunchOptions extends Omit<KeptRunsOptions, 'endStaleRun'> {
  readonly connections: Connections;
  readonly log: vscode.LogOutputChannel;
}

/** What a launch needs of its surroundings, found when it starts. */
export interface PreparedLaunch {
  readonly program: Program;
  readonly session: Session;
  readonly file: ProjectFile | undefined;
  /** What MLflow cannot be told of the connection, in sentences. */
  readonly losses: readonly string[];
}

/** Starts launches, each in a terminal, and follows the runs that MLflow makes of them. */
export class Launches {
  readonly kept: KeptRuns;
  /** Experiments, each with its store, of which the user knows that only a server takes their artifacts. */
  private readonly toldOf = new Set<string>();

  constructor(private readonly options: LaunchOptions) {
    this.kept = new KeptRuns({
      ...options,
      endStaleRun: (runId) => this.endStaleRun(runId, new AbortController().signal),
    });
  }

  /** The terminal in which a launch runs once it is opened. */
  openTerminal(read: () => Launch): vscode.Pseudoterminal {
    return openRunTerminal(this.options.report, async (say, signal) => {
      if (!vscode.workspace.isTrusted)
        throw new UserError('The workspace must be trusted before it may run programs.');
      const launch = read();
      const { program, session, losses } = await this.prepare(launch, signal);
      losses.forEach(say);
      say(`${program.cwd} $ ${showCommand([program.program, ...program.args])}`);
      say(`Tracking: ${session.connection.uri}`);
      signal.throwIfAborted();
      const run = await this.kept.start({ kind: 'run', title: nameLaunch(launch) }, program, session);
      return this.kept.show(run);
    });
  }

  /** The program that runs a launch now. Rejects with a UserError for one that MLflow could not carry out. */
  async prepare(launch: Launch, signal: AbortSignal): Promise<PreparedLaunch> {
    const { project } = launch;
    const folder = project.kind === 'folder' ? project.path : undefined;
    const { file, problem } = await checkProject(launch);
    if (problem !== undefined) throw new UserError(problem);
    const session = await demandSession(this.options.sessions);
    const { python } = await this.findPython(folder, signal);
    const { variables, losses } = await readConnectionTracking(session.connection);
    await this.demandArtifacts(launch, file, session);
    const program = composeRun({
      ...{ launch, python, environment: process.env, tracking: variables },
      folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir(),
    });
    return { program, session, file, losses };
  }

  /** Tells, once for an experiment, that its runs can log no artifact; rejects with that where MLflow would not even start. */
  private async demandArtifacts(
    launch: Launch,
    file: ProjectFile | undefined,
    { connection, catalog }: Session,
  ): Promise<void> {
    if (!['sqlite', 'files'].includes(kindOfTrackingUri(connection.uri))) return;
    const { items } = await catalog.experiments();
    const served = findServedExperiment(launch, process.env, items);
    if (!served) return;
    const isContainer = hasDocker(file) && (launch.backend ?? 'local') === 'local';
    const problem = explainServed(served, isContainer);
    if (isContainer) throw problem;
    const known = `${connection.uri} ${served.id}`;
    if (!this.toldOf.has(known)) this.options.report.error(problem);
    this.toldOf.add(known);
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

  /** Marks a run that nothing works on any more KILLED, and those nested in it. */
  async endStaleRun(runId: string, signal: AbortSignal): Promise<void> {
    const { connection, catalog } = await demandSession(this.options.sessions);
    const { python } = await this.findPython(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath, signal);
    const { variables } = await readConnectionTracking(connection);
    const env = composeEnvironment({}, python, process.env, variables);
    await endRun({ program: python, env }, runId, (line) => {
      this.options.log.info(line);
    });
    await catalog.refreshRun(runId);
  }
}
