import * as vscode from 'vscode';
import { registerCommands } from '../manifest';
import type { PanelKind } from '../ui/panelHost';
import type { ModelPreviewOptions, ModelPreviews } from './modelPreviewCommands';

const modelPreview: PanelKind = {
  type: 'mlflow.modelPreview',
  view: 'modelPreview',
  title: 'MLflow Model',
  icon: 'model',
};

/** The previews of MLmodels and of versions of registered models. They outlive a restart. */
export function registerModelPreview(options: ModelPreviewOptions): vscode.Disposable {
  let made: Promise<ModelPreviews> | undefined;
  const load = () =>
    (made ??= import('./modelPreviewCommands').then(
      (loaded) => new loaded.ModelPreviews(modelPreview, options),
    ));
  return vscode.Disposable.from(
    registerCommands(
      [
        'mlflow.modelFile.preview',
        'mlflow.modelFile.copyLoadingCode',
        'mlflow.modelVersion.open',
        'mlflow.loggedModel.open',
      ],
      options.report.error,
      async () => (await load()).commands,
    ),
    options.panelHost.reviveWith(modelPreview, (panel, state) => {
      load().then((previews) => {
        previews.revive(panel, state);
      }, options.report.error);
    }),
  );
}
