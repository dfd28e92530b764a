import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { causeOf } from '../tracking/errors';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { backendTemplates, findConfigFileProblem, findConfigPathProblem } from './backendConfig';
import type { Launch } from './launch';
import { type Answer, askChoice, askText, type Place, type StepOption } from './stepDialog';

type RemoteLaunch = Launch & { readonly backend: 'databricks' | 'kubernetes' };

/**
 * Has the user choose the file that describes where a remote backend runs, that of last time first, or make one from a template. That is to be filled in before
 * anything runs, so the questions end with it; `keep` gets what was answered so far.
 */
export async function chooseBackendConfig(
  launch: RemoteLaunch,
  place: Place,
  keep: (launch: Launch) => Promise<void>,
): Promise<Answer<string>> {
  const { backendConfig: kept } = launch;
  const choice = await askChoice<'kept' | 'choose' | 'make'>(place, {
    placeholder: `The JSON file that describes the ${launch.backend} job`,
    options: [
      ...(kept === undefined ? [] : [keptOption(launch, kept)]),
      { label: 'Name a file', value: 'choose' },
      {
        label: 'Make one from a template',
        description: 'It opens to be filled in; your answers are kept',
        value: 'make',
      },
    ],
  });
  if (choice === undefined || choice === 'back') return choice;
  if (choice.value === 'make') return await makeConfig(launch, place, keep);
  if (choice.value === 'kept' && kept !== undefined) return { value: kept };
  return await askText(place, {
    prompt: 'The path of the file, from the project’s folder; it must end in .json',
    value: kept ?? firstName(launch),
    findProblem: (backendConfig) => findConfigFileProblem({ ...launch, backendConfig }),
  });
}

function keptOption(launch: RemoteLaunch, path: string): StepOption<'kept'> {
  const problem = findConfigFileProblem(launch);
  const words =
    problem === undefined ? { description: 'As last time' } : { missing: plainText(problem, 500) };
  return { label: plainText(path), value: 'kept', ...words };
}

async function makeConfig(
  launch: RemoteLaunch,
  place: Place,
  keep: (launch: Launch) => Promise<void>,
): Promise<'back' | undefined> {
  const pathOf = (path: string): string => resolve(folderOf(launch), path);
  const answer = await askText(place, {
    prompt: 'The path of the new file, from the project’s folder; it must end in .json',
    value: firstName(launch),
    findProblem: (path) =>
      findConfigPathProblem({ ...launch, backendConfig: path }) ??
      (existsSync(pathOf(path)) ? `There is a file “${path}” already.` : undefined),
  });
  if (answer === undefined || answer === 'back') return answer;
  const path = pathOf(answer.value);
  await writeFile(path, backendTemplates[launch.backend], { flag: 'wx' }).catch((cause: unknown) => {
    throw new UserError(`${path} could not be made: ${causeOf(cause)}.`, { cause });
  });
  await vscode.window.showTextDocument(vscode.Uri.file(path));
  await keep({ ...launch, backendConfig: answer.value });
  return undefined;
}

function firstName(launch: RemoteLaunch): string {
  const name = `${launch.backend}.json`;
  return launch.project.kind === 'folder' ? name : join(folderOf(launch), name);
}

function folderOf({ project }: Launch): string {
  if (project.kind === 'folder') return project.path;
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
}
