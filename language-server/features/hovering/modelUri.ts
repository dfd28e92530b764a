import type { MlmodelModel } from '../../documents/mlmodelModel';
import { findField } from '../../documents/yamlRead';
import { folderOf } from '../../files';
import type { MlmodelDocument } from '../openDocument';
import { diskPath } from './modelValues';

const modelIdForm = /^m-[0-9a-f]{32}$/;
const runIdForm = /^[0-9a-f]{32}$/;

/** What `load_model` takes to load this very model: its folder, or where it was logged; `…` if nothing tells. */
export function modelUri({ uri, model }: MlmodelDocument): string {
  return diskPath(folderOf(uri))?.replace(/(?<=.)\/$/, '') ?? loggedUri(model) ?? '…';
}

function loggedUri(model: MlmodelModel): string | undefined {
  const modelId = modelIdOf(model);
  if (modelId !== undefined) return `models:/${modelId}`;
  const [runId, path] = [runIdOf(model), textAt(model, 'artifact_path')];
  const isOfRun = path !== undefined && !path.includes(':');
  return runId !== undefined && isOfRun ? `runs:/${runId}/${path}` : undefined;
}

/** The run that logged the model, if what is written has the form of one. */
export function runIdOf(model: MlmodelModel): string | undefined {
  const runId = textAt(model, 'run_id');
  return runId !== undefined && runIdForm.test(runId) ? runId : undefined;
}

/** The logged model that it is, if what is written has the form of one. */
export function modelIdOf(model: MlmodelModel): string | undefined {
  const modelId = textAt(model, 'model_id');
  return modelId !== undefined && modelIdForm.test(modelId) ? modelId : undefined;
}

function textAt({ fields }: MlmodelModel, name: string): string | undefined {
  const value = findField(fields, name)?.value;
  return value?.kind === 'scalar' ? value.text : undefined;
}
