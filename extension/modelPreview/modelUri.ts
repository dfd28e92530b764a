import type { MlmodelModel } from '../../language-server/documents/mlmodelModel';
import { textOf } from './yamlEntries';

/** What Python's `load_model` takes for a model whose MLmodel lies in a folder, which has a path where it is on this machine. */
export function uriOfModel({ yaml, fields }: MlmodelModel, folder: string | undefined, path: string): string {
  if (folder !== undefined) return folder;
  const [modelId, runId, artifactPath] = ['model_id', 'run_id', 'artifact_path'].map((name) =>
    textOf(yaml, fields, name),
  );
  if (modelId !== undefined) return `models:/${modelId}`;
  if (runId !== undefined && artifactPath !== undefined) return `runs:/${runId}/${artifactPath}`;
  return path.replace(/\/[^/]*$/, '');
}

/** What people call the model in a folder: the folder's name, but not that of where MLflow 3 keeps all models' files. */
export function nameFolder(path: string): string {
  const [folder = '', above = ''] = path.split('/').slice(0, -1).reverse();
  return folder === 'artifacts' && above !== '' ? above : folder;
}
