import { equal } from 'node:assert/strict';
import type { MlmodelDocument, OpenDocument } from '../../../language-server/features/openDocument';
import { openDocument } from './projectFolder';

/** What MLflow 3.17 writes of a model of scikit-learn with a signature. */
export const savedModel = `artifact_path: mlflow-artifacts:/1/models/m-0123456789abcdef0123456789abcdef/artifacts
flavors:
  python_function:
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: mlflow.sklearn
    model_path: model.skops
    predict_fn: predict
    python_version: 3.11.7
  sklearn:
    code: null
    pickled_model: model.skops
    serialization_format: skops
    skops_trusted_types: null
    sklearn_version: 1.5.0
is_signature_from_type_hint: false
mlflow_version: 3.17.2
model_id: m-0123456789abcdef0123456789abcdef
model_size_bytes: 1536
model_uuid: m-0123456789abcdef0123456789abcdef
prompts: null
run_id: 0123456789abcdef0123456789abcdef
saved_input_example_info:
  artifact_path: input_example.json
  pandas_orient: split
  serving_input_path: serving_input_example.json
  type: dataframe
signature:
  inputs: '[{"type": "double", "name": "fixed acidity", "required": true}, {"type":
    "object", "properties": {"id": {"type": "long", "required": true}, "note": {"type":
    "array", "items": {"type": "string"}, "required": false}}, "name": "meta", "required":
    false}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1,
    2]}}]'
  params: '[{"name": "temperature", "type": "double", "default": 0.5, "shape": null}]'
type_hint_from_example: false
utc_time_created: '2026-01-31 12:00:00.500000'
`;

export function openModel(text: string): MlmodelDocument {
  return asModel(openDocument(text, 'mlmodel'));
}

export function asModel(document: OpenDocument): MlmodelDocument {
  equal(document.kind, 'mlmodel');
  return document;
}
