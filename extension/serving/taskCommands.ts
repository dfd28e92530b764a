import { execFile } from 'node:child_process';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { ManagedProcess } from '../processes/managedProcess';
import type { Program } from '../processes/program';
import { isCancellation } from '../tracking/errors';
import { explainFailure } from '../ui/explainFailure';
import { askText } from '../ui/inputs';
import { UserError } from '../ui/userError';
import { withCancel } from '../ui/withCancel';
import {
  buildDockerArguments,
  dockerfileArguments,
  findImageProblem,
  predictArguments,
  suggestImage,
} from './modelProgram';
import type { ModelSource } from '../ui/modelsOfRun';
import {
  chooseManager,
  demandTrustForModels,
  preparePrograms,
  type LineLog,
  type ModelPrograms,
  type ProgramContext,
} from './programCommands';
import { composeSageMaker } from './sageMaker';

const run = promisify(execFile);

/** What MLflow's command line does once with a model. */
export class ModelTasks {
  constructor(
    private readonly context: ProgramContext,
    private readonly log: LineLog,
  ) {}

  /** Predicts for a file, and opens what comes of it beside. */
  async predict(source: ModelSource): Promise<void> {
    if (!(await demandTrustForModels(this.context))) return;
    const input = await askInput();
    if (!input) return;
    const output = await askOutput(input);
    if (!output) return;
    await this.attempt(async () => {
      const programs = await this.prepare();
      const manager = await chooseManager(programs.python);
      if (manager === undefined) return;
      const contentType = extname(input.fsPath).toLowerCase() === '.csv' ? 'csv' : 'json';
      const paths = { input: input.fsPath, output: output.fsPath };
      const args = predictArguments({ uri: source.uri, ...paths, contentType, manager });
      await this.runToEnd(`Predicting with ${source.name}…`, programs, args);
      const document = await vscode.workspace.openTextDocument(output);
      await vscode.window.showTextDocument(document, {
        viewColumn: vscode.ViewColumn.Beside,
        preview: false,
      });
    });
  }

  /** Builds an image that serves the model, in a terminal. */
  async buildDocker(source: ModelSource): Promise<void> {
    if (!(await demandTrustForModels(this.context))) return;
    await withCancel('Looking for Docker…', demandDocker);
    const image = await askText({
      title: `Build a Docker image for ${source.name}`,
      prompt: 'The name of the image',
      value: suggestImage(source.name),
      findProblem: findImageProblem,
    });
    if (image === undefined) return;
    await this.attempt(async () => {
      const programs = await this.prepare();
      await runInTerminal(`Build ${image}`, programs.compose(buildDockerArguments(source.uri, image)));
    });
  }

  /** Writes a folder with a Dockerfile and the model into an empty folder that the user chooses. */
  async generateDockerfile(source: ModelSource): Promise<void> {
    if (!(await demandTrustForModels(this.context))) return;
    const [parent] =
      (await vscode.window.showOpenDialog({
        title: 'Write the Dockerfile and the model into which folder?',
        canSelectFolders: true,
        canSelectFiles: false,
        openLabel: 'Write Here',
      })) ?? [];
    if (!parent) return;
    const folder = vscode.Uri.joinPath(parent, `${suggestImage(source.name)}-docker`);
    await this.attempt(async () => {
      const programs = await this.prepare();
      const args = dockerfileArguments(source.uri, folder.fsPath);
      await this.runToEnd(`Writing a Dockerfile for ${source.name}…`, programs, args);
      await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'Dockerfile'));
    });
  }

  /** Shows the commands that deploy the model to SageMaker; nothing is run. */
  async deployToSageMaker(source: ModelSource): Promise<void> {
    const content = composeSageMaker(source.uri, suggestImage(source.name));
    const document = await vscode.workspace.openTextDocument({ language: 'shellscript', content });
    await vscode.window.showTextDocument(document);
  }

  private prepare(): Thenable<ModelPrograms> {
    return withCancel('Looking for the Python that runs MLflow…', (signal) =>
      preparePrograms(this.context, this.log, signal),
    );
  }

  private async attempt(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (!isCancellation(error)) await explainFailure(this.context.report, this.log, error);
    }
  }

  private runToEnd(title: string, programs: ModelPrograms, args: readonly string[]): Thenable<void> {
    const command = programs.compose(args);
    this.log.info([command.program, ...command.args].join(' '));
    return withCancel(title, (signal, advance) => {
      const log = (line: string): void => {
        this.log.info(line);
        if (line.trim() !== '') advance(line);
      };
      const { hideSecrets } = programs;
      return new ManagedProcess({
        name: `mlflow ${args.slice(0, 2).join(' ')}`,
        command,
        hideSecrets,
        log,
      }).finish(signal);
    });
  }
}

async function askInput(): Promise<vscode.Uri | undefined> {
  const [input] =
    (await vscode.window.showOpenDialog({
      title: 'Predict for which file?',
      filters: { 'JSON or CSV': ['json', 'csv'] },
      openLabel: 'Predict',
    })) ?? [];
  return input;
}

async function askOutput(input: vscode.Uri): Promise<vscode.Uri | undefined> {
  const path = `${input.path.slice(0, input.path.length - extname(input.path).length)}.predictions.json`;
  const filters = { JSON: ['json'] };
  return await vscode.window.showSaveDialog({
    title: 'Save the predictions',
    defaultUri: input.with({ path }),
    filters,
  });
}

/** Rejects with why there is no Docker to build an image with. */
async function demandDocker(signal: AbortSignal): Promise<void> {
  try {
    await run('docker', ['version', '--format', '{{.Server.Version}}'], {
      signal,
      timeout: 20_000,
      windowsHide: true,
    });
  } catch (error) {
    if (isCancellation(error)) throw error;
    const isMissing = (error as { readonly code?: unknown }).code === 'ENOENT';
    throw new UserError(
      isMissing
        ? 'There is no docker on PATH, which MLflow builds images with. “Generate Dockerfile of Model…” needs none.'
        : 'Docker does not answer: is its daemon running, and may you use it? “Generate Dockerfile of Model…” needs none.',
    );
  }
}

/** Runs the program as a task: its arguments as they are, no shell between. Settles when it runs. */
export async function runInTerminal(name: string, { program, args, cwd, env }: Program): Promise<void> {
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const execution = new vscode.ProcessExecution(program, [...args], { cwd, env: Object.fromEntries(set) });
  const task = new vscode.Task({ type: 'process' }, vscode.TaskScope.Workspace, name, 'MLflow', execution);
  await vscode.tasks.executeTask(task);
}
