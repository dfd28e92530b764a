import * as vscode from 'vscode';
import { registerCommand } from '../manifest';
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
  const { error } = options.report;
  let made: Promise<ModelPreviews> | undefined;
  const load = () =>
    (made ??= import('./modelPreviewCommands').then(
      (loaded) => new loaded.ModelPreviews(modelPreview, options),
    ));
  return vscode.Disposable.from(
    registerCommand('mlflow.modelFile.preview', error, async (file) => (await load()).previewFile(file)),
    registerCommand('mlflow.modelFile.copyLoadingCode', error, async (file) => (await load()).copyCode(file)),
    registerCommand('mlflow.modelVersion.open', error, async (version) =>
      (await load()).openVersion(version),
    ),
    options.panelHost.reviveWith(modelPreview, (panel, state) => {
      load().then((previews) => {
        previews.revive(panel, state);
      }, error);
    }),
  );
}
