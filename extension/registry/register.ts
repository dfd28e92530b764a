import type * as vscode from 'vscode';
import { registerCommands } from '../manifest';
import type { RegistryContext } from './registryContext';

const registryCommandIds = [
  'mlflow.model.create',
  'mlflow.model.rename',
  'mlflow.model.delete',
  'mlflow.model.editDescription',
  'mlflow.model.editTags',
  'mlflow.modelVersion.editDescription',
  'mlflow.modelVersion.editTags',
  'mlflow.model.rollBack',
  'mlflow.model.register',
  'mlflow.modelVersion.setAlias',
  'mlflow.modelVersion.deleteAlias',
  'mlflow.modelVersion.setStage',
  'mlflow.modelVersion.promote',
  'mlflow.modelVersion.delete',
  'mlflow.modelVersion.copyCode',
  'mlflow.run.registerModel',
  'mlflow.loggedModel.register',
  'mlflow.modelFile.register',
] as const;

/** Changes registered models. */
export function registerRegistry(context: Omit<RegistryContext, 'unrecorded'>): vscode.Disposable {
  return registerCommands(registryCommandIds, context.report.error, async () =>
    (await import('./registryCommands')).createHandlers({ ...context, unrecorded: new WeakSet() }),
  );
}
