import * as vscode from 'vscode';
import type { CommandHandlers, ModelFileTarget } from '../manifest';
import { pickModelFile } from '../ui/pickModelFile';
import { deleteAlias, setAlias } from './changeAliases';
import { create, deleteOne, deleteWhole, rename } from './changeModels';
import { setStage } from './changeStages';
import { copyCode } from './copyCode';
import { describeModel, describeVersion, tagModel, tagVersion } from './describeModels';
import type { RegistryContext } from './registryContext';
import { promote, registerAny, registerFile, registerLogged, registerOfRun } from './registerModel';
import { rollBack } from './rollBack';

export type RegistryCommandId =
  | `mlflow.model.${'create' | 'rename' | 'delete' | 'editDescription' | 'editTags' | 'rollBack' | 'register'}`
  | `mlflow.modelVersion.${'setAlias' | 'deleteAlias' | 'setStage' | 'promote' | 'delete' | 'copyCode'}`
  | `mlflow.modelVersion.${'editDescription' | 'editTags'}`
  | 'mlflow.run.registerModel'
  | 'mlflow.loggedModel.register'
  | 'mlflow.modelFile.register';

/** What each command of the registry does. */
export function createHandlers(context: RegistryContext): CommandHandlers<RegistryCommandId> {
  return {
    'mlflow.model.create': () => create(context),
    'mlflow.model.rename': (model) => rename(context, model),
    'mlflow.model.delete': (model) => deleteWhole(context, model),
    'mlflow.model.editDescription': (model) => describeModel(context, model),
    'mlflow.model.editTags': (model) => tagModel(context, model),
    'mlflow.modelVersion.editDescription': (version) => describeVersion(context, version),
    'mlflow.modelVersion.editTags': (version) => tagVersion(context, version),
    'mlflow.model.rollBack': (model) => rollBack(context, model),
    'mlflow.model.register': () => registerAny(context, readPickedFile),
    'mlflow.modelVersion.setAlias': (version) => setAlias(context, version),
    'mlflow.modelVersion.deleteAlias': (version) => deleteAlias(context, version),
    'mlflow.modelVersion.setStage': (version) => setStage(context, version),
    'mlflow.modelVersion.promote': (version) => promote(context, version),
    'mlflow.modelVersion.delete': (version) => deleteOne(context, version),
    'mlflow.modelVersion.copyCode': (version) => copyCode(context, version),
    'mlflow.run.registerModel': (run) => registerOfRun(context, run),
    'mlflow.loggedModel.register': (model) => registerLogged(context, model),
    'mlflow.modelFile.register': async (file) => {
      const text = file ? await readFile(toUri(file)) : await readActiveFile();
      if (text !== undefined) await registerFile(context, text);
    },
  };
}

function toUri(file: ModelFileTarget | vscode.Uri): vscode.Uri {
  return file instanceof vscode.Uri ? file : vscode.Uri.parse(file.uri, true);
}

async function readActiveFile(): Promise<string | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  return active?.languageId === 'mlmodel' ? active.getText() : await readPickedFile();
}

async function readPickedFile(): Promise<string | undefined> {
  const uri = await pickModelFile();
  return uri && (await readFile(uri));
}

/** As it is in an editor, if it is in one; documents that are no files are read too. */
async function readFile(uri: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText();
}
