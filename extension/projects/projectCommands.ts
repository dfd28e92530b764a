import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { Editing } from '../editing/editing';
import type { CommandHandlers, EntryPointTarget, ProjectRunTarget, RunTarget } from '../manifest';
import { findManagersHere, type FoundManager } from '../processes/environmentManagers';
import { NoPythonError } from '../processes/findPython';
import type { WindowRun } from '../processes/windowRuns';
import { isUnfinished } from '../tracking/model';
import { toSignal } from '../ui/cancellation';
import { openPythonSetting } from '../ui/choosePython';
import { demandSession } from '../ui/demandSession';
import { demandTrust } from '../ui/demandTrust';
import type { Lazy } from '../ui/lazy';
import { pickRun } from '../ui/pickRun';
import { plainText } from '../ui/text';
import { TextDocuments } from '../ui/textDocuments';
import { UserError } from '../ui/userError';
import { declaredParameters, findLaunchProblem, listMissing, type PathExists } from './checkLaunch';
import { debugLaunch } from './debugCommands';
import { hasDocker, proposeDockerArguments } from './docker';
import { nameLaunch, type Launch } from './launch';
import { Launches, type LaunchOptions } from './launchCommands';
import { askLaunch, askMissingValues, type LaunchQuestions } from './launchDialog';
import { LaunchMemory } from './launchMemory';
import { markKilled } from './markKilled';
import { askTarget, type Target } from './targetDialog';
import { readProject } from './projectFolder';
import type { ProjectFile } from './projectFile';
import { askChoice } from './stepDialog';
import { type RerunContext, rerunRun } from './rerunCommands';
import { restoreRun } from './restoreCommands';
import { sweepProject } from './sweepCommands';
import { LaunchTasks, listProjects, saveTask } from './taskCommands';

export interface ProjectCommandsOptions extends LaunchOptions {
  readonly context: { readonly workspaceState: vscode.Memento };
  readonly editing: Lazy<Editing>;
}

/** So many lines of an editor are behind a question. */
const coveredLines = 7;

const whyTrust = 'A project runs programs of this workspace, so the workspace must be trusted first.';

type ProjectCommandId =
  | `mlflow.project.${'run' | 'runWith' | 'runWithDefaults' | 'runAgain' | 'debug' | 'stop' | 'showLog' | 'sweep'}`
  | `mlflow.run.${'rerun' | 'restore' | 'markKilled'}`;

/** The commands that launch projects, and the tasks by which they do it. */
export class ProjectCommands {
  readonly tasks: LaunchTasks;
  readonly handlers: CommandHandlers<ProjectCommandId> = {
    'mlflow.project.run': (target) => this.run(target),
    'mlflow.project.runWith': (target) => this.runWith(target),
    'mlflow.project.runWithDefaults': (target) => this.runWithDefaults(target),
    'mlflow.project.runAgain': () => this.runAgain(),
    'mlflow.project.debug': (target) => this.debug(target),
    'mlflow.project.sweep': (target) => this.sweep(target),
    'mlflow.project.stop': (target) => this.stop(target),
    'mlflow.project.showLog': (target) => this.showLog(target),
    'mlflow.run.rerun': (run) => this.rerun(run),
    'mlflow.run.restore': (run) => this.restore(run),
    'mlflow.run.markKilled': (run) => this.markKilled(run),
  };
  private readonly launches: Launches;
  private readonly memory: LaunchMemory;
  private readonly wholes = new TextDocuments('mlflow-command');

  constructor(private readonly options: ProjectCommandsOptions) {
    this.launches = new Launches(options);
    void this.launches.kept.findAgain().catch(options.report.error);
    this.tasks = new LaunchTasks(this.launches);
    this.memory = new LaunchMemory(options.context.workspaceState);
  }

  /** Runs an entry point with what it was given last, or its defaults; asks for all where none is named or a value is missing. */
  private async run(target?: EntryPointTarget): Promise<void> {
    if (target === undefined) await this.runWith();
    else await this.runWithDefaults(target);
  }

  /** Asks for everything. */
  private async runWith(target?: EntryPointTarget): Promise<void> {
    await this.explain(async () => {
      const chosen = await this.chooseTarget(target, 'Run Project');
      if (chosen === 'again') await this.launch(this.memory.last);
      else if (chosen) await this.ask(chosen);
    });
  }

  /** Runs an entry point without a question, but for values that it cannot do without. */
  private async runWithDefaults(target?: EntryPointTarget): Promise<void> {
    await this.explain(async () => {
      const chosen = await this.chooseTarget(target, 'Run with Defaults');
      if (chosen === 'again') await this.launch(this.memory.last);
      else if (chosen) await this.launchWithDefaults(chosen);
    });
  }

  private async runAgain(): Promise<void> {
    await this.explain(async () => {
      const { last } = this.memory;
      if (!last) throw new UserError('Nothing was run in this workspace yet.');
      await this.launch(last);
    });
  }

  private async debug(target?: EntryPointTarget): Promise<void> {
    await this.explain(async () => {
      const chosen = await this.chooseTarget(target, 'Debug');
      const draft = chosen === 'again' ? this.memory.last : chosen && this.draftOf(chosen);
      if (!draft) return;
      const file = await readFileOf(draft);
      const launch = await askMissingValues('Debug', draft, { file, exists: existsFor(draft) });
      if (!launch) return;
      await this.memory.keepValues(launch);
      const prepared = await withProgress(`Starting the debugger for ${nameLaunch(launch)}…`, (signal) =>
        this.launches.prepare(launch, signal),
      );
      await debugLaunch(launch, prepared, this.options.report);
    });
  }

  /** Runs again what a run of a project was, edited if wanted. */
  private async rerun(target?: RunTarget): Promise<void> {
    await this.explain(async () => {
      if (!(await demandTrust(this.options.report, whyTrust))) return;
      const run = target ?? (await pickRun(this.options.sessions));
      if (run) await rerunRun(this.access(), run);
    });
  }

  /** Brings back the code that a run ran from. */
  private async restore(target?: RunTarget): Promise<void> {
    const run = target ?? (await pickRun(this.options.sessions));
    if (run) await restoreRun(this.options, run);
  }

  /** Runs an entry point many times over, nested in one run, with the values that its parameters are to take. */
  private async sweep(target?: EntryPointTarget): Promise<void> {
    await this.explain(async () => {
      const chosen = await this.chooseTarget(target, 'Sweep');
      if (!chosen) return;
      const draft = chosen === 'again' ? this.memory.last : this.draftOf(chosen);
      if (!draft) return;
      const launch = await this.prepare(draft, await readFileOf(draft));
      const { runsAtOnce } = this.options.settings().projects;
      const { launches, tasks } = this;
      await sweepProject({ ...this.access(), launches, tasks, runsAtOnce }, launch);
    });
  }

  /** Ends a run that goes on here with all its processes; MLflow then marks it KILLED. */
  private async stop(target?: ProjectRunTarget): Promise<void> {
    await (await this.chooseRun('Stop Project Run', target))?.stop();
  }

  private async showLog(target?: ProjectRunTarget): Promise<void> {
    (await this.chooseRun('Show Log of Project Run', target))?.showLog();
  }

  /** The run that was given, else the only one, else one that the user picks. */
  private async chooseRun(title: string, target?: ProjectRunTarget): Promise<WindowRun | undefined> {
    const { runs } = this.options;
    if (target) return runs.find('launchId' in target ? target.launchId : target.runId);
    const all = runs.list();
    if (all.length === 0) throw new UserError('No project runs in this window.');
    if (all.length === 1) return all[0];
    const options = all.map((one) => ({ label: plainText(one.title), description: one.runId, value: one }));
    const answer = await askChoice({ title, step: 1, totalSteps: 1 }, { placeholder: 'Which run?', options });
    return answer === undefined || answer === 'back' ? undefined : answer.value;
  }

  /** Marks a run KILLED whose programs are gone, so that nobody else would: through the store, or by MLflow's Python where that is only read. */
  private async markKilled(target?: RunTarget): Promise<void> {
    const { runId } = target ?? (await pickRun(this.options.sessions)) ?? {};
    if (runId === undefined) return;
    const session = await demandSession(this.options.sessions);
    const run = await session.catalog.refreshRun(runId);
    if (!isUnfinished(run)) throw new UserError('This run has ended already.');
    const question = `Mark the run “${plainText(run.name)}” as killed?`;
    const detail = 'Programs that still work on it, here or elsewhere, are not stopped.';
    if (!(await this.options.report.confirm(question, detail, 'Mark as Killed'))) return;
    const editing = await this.options.editing.demand();
    if (!(await markKilled(session, editing, run, new AbortController().signal)))
      await this.endByPython(runId);
  }

  dispose(): void {
    this.launches.kept.dispose();
    this.wholes.dispose();
  }

  private async endByPython(runId: string): Promise<void> {
    await this.explain(async () => {
      if (!(await demandTrust(this.options.report, whyTrust))) return;
      await withProgress('Marking the run as killed…', (signal) => this.launches.endStaleRun(runId, signal));
    });
  }

  private async chooseTarget(
    target: EntryPointTarget | undefined,
    title: string,
  ): Promise<Target | 'again' | undefined> {
    if (!(await demandTrust(this.options.report, whyTrust))) return undefined;
    if (target === undefined) return await askTarget(title, await listProjects(), this.memory.last);
    const uri = vscode.Uri.parse(target.uri, true);
    if (uri.scheme !== 'file') throw new UserError('Only a project on a disk of this machine can be run.');
    return { project: { kind: 'folder', path: dirname(uri.fsPath) }, entryPoint: target.entryPoint };
  }

  private async launchWithDefaults(target: Target): Promise<void> {
    const plain: Launch = { ...target, parameters: new Map() };
    const file = await readFileOf(plain);
    const missing = listMissing(declaredParameters(file, target.entryPoint), plain.parameters);
    if (missing.length > 0) await this.ask(target);
    else await this.launch(await this.prepare(plain, file));
  }

  /** What commands of other files use of these. */
  private access(): RerunContext {
    const { report, sessions } = this.options;
    return {
      ...{ report, sessions },
      prepareQuestions: (draft) => this.prepareQuestions(draft),
      launch: (launch) => this.launch(launch),
      launchOnce: (launch) => this.tasks.run(launch),
    };
  }

  /** With what the entry point was given last; of a repository another version may have been run then. */
  private draftOf(target: Target): Launch {
    return { ...(this.memory.find(target) ?? { parameters: new Map<string, string>() }), ...target };
  }

  private async ask(target: Target): Promise<void> {
    const draft = this.draftOf(target);
    const prepared = await this.prepare(draft, await readFileOf(draft));
    const choice = await askLaunch(prepared, await this.prepareQuestions(draft));
    if (choice?.kind === 'run') await this.launch(choice.launch);
    if (choice?.kind === 'save') await saveTask(choice.launch);
  }

  private async launch(launch: Launch | undefined): Promise<void> {
    if (!launch || !(await demandTrust(this.options.report, whyTrust))) return;
    await vscode.workspace.saveAll(false);
    await this.memory.keep(launch);
    await this.tasks.run(launch);
  }

  private async prepareQuestions(draft: Launch): Promise<LaunchQuestions> {
    return await withProgress('Looking at the project…', async () => {
      const [file, managers, experiments] = await Promise.all([
        readFileOf(draft),
        this.listManagers(draft),
        this.listExperiments(),
      ]);
      const exists = existsFor(draft);
      return {
        file,
        managers,
        experiments,
        exists,
        findProblem: (launch) => findLaunchProblem(launch, file, exists),
        keep: async (launch) => {
          await this.memory.keepValues(launch);
          this.options.report.info('Fill it in and run again: your answers are kept.');
        },
        showWhole: (name, text) => this.showWhole(name, text),
      };
    });
  }

  /** The question that it belongs to keeps the focus. */
  private async showWhole(name: string, text: string): Promise<void> {
    const uri = this.wholes.set(name, '\n'.repeat(coveredLines) + text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preserveFocus: true, preview: true });
  }

  private async listManagers(launch: Launch): Promise<readonly FoundManager[]> {
    return findManagersHere(await this.launches.findPython(folderOf(launch), new AbortController().signal));
  }

  private async listExperiments(): Promise<readonly string[]> {
    const { catalog } = await demandSession(this.options.sessions);
    const { items } = await catalog.experiments();
    return items.filter(({ lifecycle }) => lifecycle === 'active').map(({ name }) => name);
  }

  /** With what has to be said for it to run here. */
  private async prepare(draft: Launch, file: ProjectFile | undefined): Promise<Launch> {
    const environmentManager = await this.chooseManager(draft, file);
    const { connection } = await demandSession(this.options.sessions);
    const proposed = proposeDockerArguments(file, connection.uri, process.platform);
    return { ...draft, environmentManager, dockerArguments: draft.dockerArguments ?? proposed };
  }

  /** MLflow's own choice where the project names an environment and it can be had here, else the Python that runs MLflow. */
  private async chooseManager(
    launch: Launch,
    file: ProjectFile | undefined,
  ): Promise<Launch['environmentManager']> {
    if (hasDocker(file)) return undefined;
    const kept = this.memory.find(launch)?.environmentManager;
    if (kept !== undefined) return kept;
    // MLflow would make an environment that holds nothing but Python.
    if (file && !namesEnvironment(launch, file)) return 'local';
    const wanted = file?.environments.includes('conda_env') ? 'conda' : 'virtualenv';
    const managers = await this.listManagers(launch);
    return managers.some(({ name, isThere }) => name === wanted && isThere) ? undefined : 'local';
  }

  /** A missing Python is told with the way to mend it; everything else goes to where all errors go. */
  private async explain(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (!(error instanceof NoPythonError)) throw error;
      const choice = await this.options.report.offer('error', error.message, 'Open Settings');
      if (choice !== undefined) await openPythonSetting();
    }
  }
}

/** In its MLproject, or as a file that MLflow takes where that names none. */
function namesEnvironment(launch: Launch, { environments }: ProjectFile): boolean {
  const folder = folderOf(launch) ?? '';
  const files = ['python_env.yaml', 'conda.yaml'];
  return environments.length > 0 || files.some((name) => existsSync(resolve(folder, name)));
}

function folderOf({ project }: Pick<Launch, 'project'>): string | undefined {
  return project.kind === 'folder' ? project.path : undefined;
}

async function readFileOf(launch: Launch): Promise<ProjectFile | undefined> {
  const folder = folderOf(launch);
  return folder === undefined ? undefined : await readProject(folder);
}

/** What lies on the disk, relative to the project's folder. */
function existsFor(launch: Launch): PathExists {
  const folder = folderOf(launch) ?? '';
  return (path) => existsSync(resolve(folder, path));
}

function withProgress<T>(title: string, task: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  const progress = { location: vscode.ProgressLocation.Window, title: plainText(title) };
  return vscode.window.withProgress(progress, (_, token) => task(toSignal(token)));
}
