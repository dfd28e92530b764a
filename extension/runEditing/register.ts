import * as vscode from 'vscode';
import { registerCommands } from '../manifest';
import type { DescriptionFilesOptions } from '../ui/descriptionFiles';
import { registerDescriptions } from '../ui/registerDescriptions';
import type { RunEditingContext } from './runEditingCommands';

/** Changes experiments and runs. */
export function registerRunEditing(options: RunEditingContext & DescriptionFilesOptions): vscode.Disposable {
  return vscode.Disposable.from(
    registerDescriptions(options),
    registerCommands(
      [
        'mlflow.edit.undo',
        'mlflow.experiment.create',
        'mlflow.run.create',
        'mlflow.experiments.rename',
        'mlflow.experiments.editTags',
        'mlflow.experiments.editDescription',
        'mlflow.experiments.delete',
        'mlflow.experiments.undelete',
        'mlflow.experiments.purge',
      ],
      options.report.error,
      async () => (await import('./runEditingCommands')).handleRunEditing(options),
    ),
  );
}
