import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../extension/extension';
import { checkOut, findRunCode, type RestoreContext } from '../../../extension/projects/restoreCommands';
import { startMlflowServer, type MlflowServer } from '../../support/mlflowServer';
import { runToEnd } from '../../support/processes';
import { until } from '../../support/until';
import { configure, untilReady } from '../experiments/treeWalk';
import { makeRepository, type Repository } from '../runDiff/repository';
import { type ReadRun, readRuns } from './readRuns';

const mlproject =
  'entry_points:\n  main:\n    parameters: {note: string}\n    command: python main.py {note}\n';

describe('Runs of a project in VS Code: again, many times, restored', function () {
  this.timeout(300_000);
  let server: MlflowServer;
  let folder: string;
  let api: ExtensionApi;
  let repository: Repository;
  let commit: string;

  before(async () => {
    api = await vscode.extensions.getExtension<ExtensionApi>('mlflow-lens.mlflow-lens')!.activate();
    folder = join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'rerun project');
    await mkdir(folder);
    await writeFile(join(folder, 'MLproject'), mlproject);
    await writeFile(join(folder, 'main.py'), 'import sys\nprint(sys.argv)\n');
    repository = await makeRepository(folder);
    commit = await repository.commit('as it was');
    server = await startMlflowServer();
    const args = ['-m', 'mlflow', 'run', '.', '--env-manager', 'local', '-P', "note=it's $x"];
    const env = { ...process.env, MLFLOW_TRACKING_URI: server.uri, MLFLOW_DISABLE_TELEMETRY: 'true' };
    await runToEnd(server.python, args, { cwd: folder, env });
    await configure('mlflow.python.path', server.python);
    await configure('mlflow.tracking.uri', server.uri);
    await untilReady(api, server.uri);
  });

  after(async () => {
    await configure('mlflow.tracking.uri', undefined);
    await configure('mlflow.python.path', undefined);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('runs the same project with the same values as a task of VS Code’s', async () => {
    const [first] = await readRuns(server.uri);
    const ended = new Promise<vscode.Task>((resolve) => {
      const listening = vscode.tasks.onDidEndTask(({ execution: { task } }) => {
        if (task.definition.type !== 'mlflow') return;
        listening.dispose();
        resolve(task);
      });
    });
    await accept('mlflow.run.rerun', { runId: first?.id });
    equal((await ended).name, 'main of rerun project');
    const runs = await readRuns(server.uri);
    equal(runs.length, 2);
    equal(runs[0]?.status, 'FINISHED');
    equal(runs[0].params.get('note'), first?.params.get('note'));
  });

  it('makes the runs of a sweep inside of one parent', async () => {
    const uri = vscode.Uri.file(join(folder, 'MLproject')).toString();
    await accept('mlflow.project.sweep', { uri, entryPoint: 'main' });
    const ended = (runs: readonly ReadRun[]) => {
      const child = runs.find(({ tags }) => tags.has('mlflow.parentRunId'));
      const parent = runs.find(({ id }) => id === child?.tags.get('mlflow.parentRunId'));
      return parent?.status === 'FINISHED' ? [child?.status, parent.tags.get('mlflow.runName')] : undefined;
    };
    const found = await until('the parent has ended', async () => ended(await readRuns(server.uri)));
    deepEqual(found, ['FINISHED', 'Sweep of main of rerun project']);
  });

  it('checks out the commit of a run once nothing is in the way, and shows a file as it was', async () => {
    const [run] = await readRuns(server.uri);
    const context = askedWith(api);
    const main = join(folder, 'main.py');
    await writeFile(main, 'print("new")\n');
    const code = await findRunCode(context, { runId: run?.id ?? '' });
    await checkOut(context, code);
    match(context.said.join(), /not committed/);
    const later = await repository.commit('later');
    await writeFile(join(folder, 'untracked.txt'), '');
    equal(await head(), later);
    await checkOut(context, code);
    match(context.said.join(), /Check out commit/);
    equal(await head(), commit);
    const uri = code.git.toGitUri(vscode.Uri.file(main), later);
    equal((await vscode.workspace.openTextDocument(uri)).getText(), 'print("new")\n');
  });

  const head = async (): Promise<string> => (await repository.git('rev-parse', 'HEAD')).trim();
});

/** Runs a command and takes Enter's answer to all that it asks. */
async function accept(id: string, target: unknown): Promise<void> {
  let isOver = false;
  const asked = vscode.commands.executeCommand(id, target).then(() => (isOver = true));
  await until('all questions are answered', async () => {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return isOver;
  });
  await asked;
}

/** A user who says yes, and what they were told. */
function askedWith({ sessions }: ExtensionApi): RestoreContext & { readonly said: string[] } {
  const said: string[] = [];
  return {
    ...{ sessions, said },
    report: {
      info: (message) => said.push(message),
      offer: (_, message) => Promise.resolve(void said.push(message)),
      confirm: (question) => Promise.resolve(said.push(question) > 0),
    },
  };
}
