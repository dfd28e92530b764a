import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { findFiles, isOnDisk } from '../connections/workspaceFolders';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { addTask } from './addTask';
import { type Launch, nameLaunch } from './launch';
import type { Launches } from './launchCommands';
import { readProject } from './projectFolder';
import { holdsVariables, type MlflowTaskDefinition, readDefinition, writeDefinition } from './taskDefinition';

const source = 'MLflow';

/** Those that package.json contributes. */
const problemMatchers = ['$mlflow-traceback', '$mlflow-traceback-marked'];

/** Folders in which no MLproject of the user's own lies. */
const skipped = '**/{.*,node_modules,mlruns,mlartifacts,site-packages,__pycache__,venv,env}/**';
const mostProjects = 1_000;

/** Launches as tasks of VS Code's. */
export class LaunchTasks implements vscode.TaskProvider {
  private count = 0;
  /** The names of our tasks that have not ended, each as often as it runs. */
  private readonly open: string[] = [];

  constructor(private readonly launches: Launches) {}

  /** Each entry point of the workspace with its defaults; none where VS Code would read variables in a name. */
  async provideTasks(): Promise<vscode.Task[]> {
    const tasks: vscode.Task[] = [];
    for (const path of await listProjects()) {
      const { entryPoints } = await readProject(path).catch(() => ({ entryPoints: [] }));
      for (const { name } of entryPoints) {
        const launch: Launch = { project: { kind: 'folder', path }, entryPoint: name, parameters: new Map() };
        const definition = writeDefinition(launch, folderOf(launch)?.uri.fsPath);
        if (!holdsVariables(definition)) tasks.push(this.taskOf(launch, definition));
      }
    }
    return tasks;
  }

  /** A task of tasks.json. What is wrong with it is said in its terminal. */
  resolveTask(task: vscode.Task): vscode.Task {
    const { definition, scope, name } = task;
    const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
    const execution = new vscode.CustomExecution((resolved) =>
      Promise.resolve(this.launches.openTerminal(() => readDefinition(resolved, folder?.uri.fsPath))),
    );
    return presentTask(
      new vscode.Task(
        definition,
        scope ?? vscode.TaskScope.Workspace,
        name,
        source,
        execution,
        problemMatchers,
      ),
    );
  }

  /** Runs exactly this launch. What VS Code would read variables in stays out of the task's definition. */
  async run(launch: Launch): Promise<void> {
    const definition = writeDefinition(launch, folderOf(launch)?.uri.fsPath);
    const shown = holdsVariables(definition) ? { type: definition.type } : definition;
    // Of tasks with one definition VS Code runs one at a time.
    const task = this.taskOf(launch, { ...shown, launch: String(++this.count) });
    if (!this.open.includes(task.name)) closeTerminals(task.name);
    await vscode.tasks.executeTask(task);
  }

  /** Runs what is made of a launch otherwise, such as a sweep, in a terminal of that name. */
  async runIn(launch: Launch, name: string, open: () => vscode.Pseudoterminal): Promise<void> {
    const definition = { type: 'mlflow', launch: String(++this.count) };
    await vscode.tasks.executeTask(this.taskOf(launch, definition, name, open));
  }

  private taskOf(
    launch: Launch,
    definition: vscode.TaskDefinition,
    name = nameLaunch(launch),
    open = (): vscode.Pseudoterminal => this.launches.openTerminal(() => launch),
  ): vscode.Task {
    const title = plainText(name);
    const execution = new vscode.CustomExecution(() => Promise.resolve(this.follow(open(), title)));
    const scope = folderOf(launch) ?? vscode.TaskScope.Workspace;
    return presentTask(new vscode.Task(definition, scope, title, source, execution, problemMatchers));
  }

  private follow(terminal: vscode.Pseudoterminal, name: string): vscode.Pseudoterminal {
    this.open.push(name);
    terminal.onDidClose?.(() => {
      this.open.splice(this.open.indexOf(name), 1);
    });
    return terminal;
  }
}

/**
 * Each task gets a terminal of its own: where VS Code uses one again that had a Pseudoterminal, it shows nothing of the new one, and
 * its problem matchers read nothing.
 */
function presentTask(task: vscode.Task): vscode.Task {
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.New };
  return task;
}

/** Closes what is left of ended tasks of that name, so that terminals do not pile up. */
function closeTerminals(name: string): void {
  for (const terminal of vscode.window.terminals) if (terminal.name === name) terminal.dispose();
}

/** The folders of the workspace's MLprojects, those nearest to its root first. */
export async function listProjects(): Promise<readonly string[]> {
  const pattern = '**/[mM][lL][pP][rR][oO][jJ][eE][cC][tT]';
  const files = (await findFiles(pattern, skipped, mostProjects)).filter(isOnDisk);
  const depth = (path: string) => path.split(/[\\/]/).length;
  return [...new Set(files.map(({ fsPath }) => dirname(fsPath)))].sort(
    (a, b) => depth(a) - depth(b) || (a < b ? -1 : 1),
  );
}

/** Writes the launch to the workspace's tasks.json and shows it there. */
export async function saveTask(launch: Launch): Promise<void> {
  const folder = folderOf(launch) ?? vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new UserError('A task is kept in a folder: open one first.');
  const definition = writeDefinition(launch, folder.uri.fsPath);
  if (holdsVariables(definition)) {
    throw new UserError('A value holds “${”, which VS Code would read as a variable in tasks.json.');
  }
  const uri = vscode.Uri.joinPath(folder.uri, '.vscode', 'tasks.json');
  const before = await readTextOf(uri);
  const text = addTask(before ?? '', labelTask(launch, definition));
  if (before === undefined) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  if (before !== undefined) await replaceText(document, text);
  await vscode.window.showTextDocument(document);
}

function labelTask(launch: Launch, { type, ...rest }: MlflowTaskDefinition): object {
  return { label: plainText(nameLaunch(launch)), type, ...rest, problemMatcher: problemMatchers };
}

/** As it stands in the editor, saved or not; undefined where there is no such file. */
async function readTextOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  edit.replace(document.uri, all, text);
  await vscode.workspace.applyEdit(edit);
  await document.save();
}

function folderOf({ project }: Launch): vscode.WorkspaceFolder | undefined {
  return project.kind === 'folder'
    ? vscode.workspace.getWorkspaceFolder(vscode.Uri.file(project.path))
    : undefined;
}
