import type { JsonDocument } from '../../../documents/json';
import type { MlmodelModel, SignatureField, SignaturePart } from '../../../documents/mlmodelModel';
import type { SignaturePartName } from '../../../documents/modelSignature';
import { findField, sourceRange } from '../../../documents/yamlRead';
import type { YamlDocument } from '../../../documents/yamlTree';
import { isFalsy, pythonType, typeWords } from '../../../knowledge/pythonTypes';
import { valueRange } from '../checkKeys';
import type { Fault } from '../fault';
import { checkColumns } from './checkColumns';
import { checkParams } from './checkParams';

/** More faults of one part than these are not told. */
const mostFaults = 200;

/** All that a signature has wrong with it: MLflow reads it as it loads the model. */
export function checkSignature({ yaml, signature }: MlmodelModel): readonly Fault[] {
  if (!signature) return [];
  const { field, parts } = signature;
  if (field.value.kind !== 'mapping') return checkShape(yaml, signature);
  const said = parts.filter((part) => !isFalsy(part.field.value));
  if (said.length === 0) {
    const message =
      'A signature needs `inputs`, `outputs` or `params`: MLflow cannot load the model (ValueError).';
    return [{ code: 'mlmodel.empty-signature', range: field.key.range, message, missingIn: field.range }];
  }
  return said.flatMap((part) => checkPart(yaml, part));
}

function checkShape(yaml: YamlDocument, { field }: SignatureField): readonly Fault[] {
  const type = pythonType(field.value);
  if (type === 'NoneType') return [];
  const message = `\`signature\` is a mapping with \`inputs\`, \`outputs\` and \`params\`, but this is ${typeWords[type]}: MLflow loads the model and then stumbles over it.`;
  return [{ code: 'mlmodel.value-type', range: valueRange(yaml, field), message }];
}

function checkPart(yaml: YamlDocument, { name, field, node, json }: SignaturePart): readonly Fault[] {
  if (node && json)
    return faultsOf(name, json).map((fault) => ({ ...fault, range: sourceRange(node, fault.range) }));
  const type = pythonType(field.value);
  if (type === 'bytes') return [];
  const message = `\`${name}\` is JSON in a string, but this is ${typeWords[type]}: MLflow cannot load the model (TypeError: the JSON object must be str, bytes or bytearray, not ${type}).`;
  return [{ code: 'mlmodel.not-json', range: valueRange(yaml, field), message }];
}

const known = new WeakMap<JsonDocument, readonly Fault[]>();

/** In offsets of the JSON; found once for each JSON. */
function faultsOf(name: SignaturePartName, json: JsonDocument): readonly Fault[] {
  const before = known.get(json);
  if (before) return before;
  const faults = findFaults(name, json).slice(0, mostFaults);
  known.set(json, faults);
  return faults;
}

function findFaults(name: SignaturePartName, { root, error, text }: JsonDocument): readonly Fault[] {
  if (error) {
    const { start, end } = error.range;
    // At the very end there is nothing to show it at but what stands before.
    const range = start < text.length ? { start, end } : { start: text.length - 1, end: text.length };
    const message = `This is no JSON, so MLflow cannot load the model (JSONDecodeError: ${error.message}).`;
    return [{ code: 'mlmodel.json', range, message }];
  }
  if (!root) return [];
  return name === 'params' ? checkParams(root) : checkColumns(root);
}

/** Whether there is a signature that counts. */
export function hasSignature({ fields }: MlmodelModel): boolean {
  const field = findField(fields, 'signature');
  return field !== undefined && field.value.kind !== 'null';
}
