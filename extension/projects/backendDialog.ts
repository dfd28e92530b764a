import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import { backendTemplates, findConfigProblem } from './backendConfig';
import type { Launch } from './launch';
import { type Answer, askChoice, askText, type Place } from './stepDialog';

/** Has the user choose the file that describes where a remote backend runs, or make one from a template and choose it later. */
export async function chooseBackendConfig(
  launch: Launch,
  backend: 'databricks' | 'kubernetes',
  place: Place,
): Promise<Answer<string>> {
  const choice = await askChoice<'choose' | 'make'>(place, {
    placeholder: `The JSON file that describes the ${backend} job`,
    options: [
      { label: 'Name a file', description: launch.backendConfig, value: 'choose' },
      {
        label: 'Make one from a template',
        description: 'It opens to be filled in; run again then',
        value: 'make',
      },
    ],
  });
  if (choice === undefined || choice === 'back') return choice;
  if (choice.value === 'make') {
    const document = await vscode.workspace.openTextDocument({
      language: 'json',
      content: backendTemplates[backend],
    });
    await vscode.window.showTextDocument(document);
    return undefined;
  }
  const folder = launch.project.kind === 'folder' ? launch.project.path : '';
  return await askText(place, {
    prompt: 'The path of the file, from the project’s folder; it must end in .json',
    value: launch.backendConfig ?? `${backend}.json`,
    findProblem: (path) => findFileProblem(backend, folder, path),
  });
}

function findFileProblem(
  backend: 'databricks' | 'kubernetes',
  folder: string,
  path: string,
): string | undefined {
  if (!path.endsWith('.json')) return 'MLflow takes only files whose name ends in .json.';
  const file = resolve(folder, path);
  if (!existsSync(file)) return `There is no file “${path}”.`;
  return findConfigProblem(backend, readFileSync(file, 'utf8'), (other) =>
    existsSync(resolve(folder, other)),
  );
}
