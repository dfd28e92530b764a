import * as vscode from 'vscode';
import { backendTemplates, findConfigFileProblem } from './backendConfig';
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
  return await askText(place, {
    prompt: 'The path of the file, from the project’s folder; it must end in .json',
    value: launch.backendConfig ?? `${backend}.json`,
    findProblem: (path) => findConfigFileProblem({ ...launch, backend, backendConfig: path }),
  });
}
