import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { runInTerminal } from '../../../extension/serving/taskCommands';

describe('A program that runs in a terminal', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-task-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('gets each argument byte for byte, and nothing is read by a shell', async () => {
    const hostile = [
      '$(touch x)',
      '`touch x`',
      ';rm -rf .',
      '&& false',
      `"'`,
      'two\nlines',
      '--help',
      '%PATH%',
      '模型',
      '',
    ];
    const file = join(folder, 'arguments.json');
    const script = "require('fs').writeFileSync(process.argv[1], JSON.stringify(process.argv.slice(2)))";
    const ended = new Promise<number | undefined>((resolve) => {
      const subscription = vscode.tasks.onDidEndTaskProcess(({ exitCode, execution }) => {
        if (execution.task.name !== 'Arguments') return;
        subscription.dispose();
        resolve(exitCode);
      });
    });
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    await runInTerminal('Arguments', {
      program: process.execPath,
      args: ['-e', script, file, '--', ...hostile],
      ...{ cwd: folder, env },
    });
    equal(await ended, 0);
    const [first, ...seen] = JSON.parse(await readFile(file, 'utf8')) as readonly string[];
    deepEqual(first === '--' ? seen : [first, ...seen], hostile);
  });
});

describe('Show Commands to Deploy Model to SageMaker', () => {
  it('shows them for the model as a document, and runs nothing', async () => {
    await vscode.commands.executeCommand('mlflow.serving.deployToSageMaker', {
      modelName: "it's",
      version: '3',
    });
    const document = vscode.window.activeTextEditor?.document;
    equal(document?.languageId, 'shellscript');
    match(document.getText(), /^MODEL='models:\/it'"'"'s\/3'$/m);
    equal(
      vscode.window.terminals.some(({ name }) => /sagemaker/i.test(name)),
      false,
    );
  });
});
