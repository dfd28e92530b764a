import { findField, pythonString } from '../../language-server/documents/yamlRead';
import type { Field, YamlDocument } from '../../language-server/documents/yamlTree';
import type { MlmodelModel } from '../../language-server/documents/mlmodelModel';
import { boundText } from './boundText';

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

/** What a scalar says to Python; undefined where there is none, or something else. */
export function textOf(yaml: YamlDocument, fields: readonly Field[], name: string): string | undefined {
  const field = findField(fields, name);
  if (field?.value.kind !== 'scalar') return undefined;
  const text = pythonString(yaml, field.value);
  return text === '' ? undefined : boundText(text);
}
