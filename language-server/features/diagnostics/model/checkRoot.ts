import type { MlmodelModel } from '../../../documents/mlmodelModel';
import { findField, pythonString } from '../../../documents/yamlRead';
import type { Field, YamlDocument } from '../../../documents/yamlTree';
import { findModelKey } from '../../../knowledge/mlmodelKeys';
import { isFalsy, pythonType, typeWords } from '../../../knowledge/pythonTypes';
import { valueRange } from '../checkKeys';
import type { Fault } from '../fault';
import { hasSignature } from '../signature/checkSignature';

/** What Python's class of a model is made of: a key of this name would replace it. */
const ownNames: ReadonlySet<string> = new Set(
  (
    'add_flavor get_input_schema get_model_info get_output_schema get_params_schema get_serving_input get_tags_dict load ' +
    'load_input_example load_input_example_params log save to_dict to_json to_yaml from_dict _signature _metadata ' +
    '_is_signature_from_type_hint _is_type_hint_from_example'
  ).split(' '),
);

/** What stands at the root of an MLmodel, apart from flavors and signature. */
export function checkRoot(model: MlmodelModel): readonly Fault[] {
  const { yaml, fields } = model;
  return [
    ...fields.filter(({ overridden }) => !overridden).flatMap(checkRootKey),
    ...checkEnvVars(yaml, findField(fields, 'env_vars')),
    ...checkResources(yaml, findField(fields, 'resources')),
    ...checkIds(yaml, fields),
    ...checkSince(model),
    ...checkTypeHints(model),
  ];
}

/** A key that cannot be there, or that takes the place of something of MLflow's. */
export function checkRootKey({ name, key }: Field): readonly Fault[] {
  const isText = key.kind === 'alias' || (key.kind === 'scalar' && key.value.type === 'str');
  if (!isText) {
    const message = `YAML does not read this key as text (\`${name}\`), so MLflow cannot load the model (TypeError: keywords must be strings).`;
    return [{ code: 'mlmodel.key-rejected', range: key.range, message, fix: { fix: 'quote' } }];
  }
  if (name === 'self') {
    const message = 'MLflow cannot load a model with the key `self` (TypeError).';
    return [{ code: 'mlmodel.key-rejected', range: key.range, message, fix: { fix: 'remove-key' } }];
  }
  if (!ownNames.has(name)) return [];
  const message = `The key \`${name}\` takes the place of MLflow's own \`Model.${name}\`.`;
  return [{ code: 'mlmodel.shadowing-key', range: key.range, message }];
}

function checkEnvVars(yaml: YamlDocument, field: Field | undefined): readonly Fault[] {
  if (!field || isFalsy(field.value)) return [];
  const { value } = field;
  const isRight =
    value.kind === 'sequence' && value.items.every((item) => pythonTypeOf(yaml, item) === 'str');
  if (isRight) return [];
  const message = `\`env_vars\` is a list of names: MLflow cannot load the model (TypeError: env_vars must be a list of strings).`;
  return [{ code: 'mlmodel.env-vars', range: valueRange(yaml, field), message }];
}

function pythonTypeOf({ anchors }: YamlDocument, node: Field['written']): string | undefined {
  const value = node.kind === 'alias' ? anchors.get(node.name) : node;
  return value && pythonType(value);
}

/** Text is taken for the path of a file with resources, from the folder that Python runs in. */
function checkResources(yaml: YamlDocument, field: Field | undefined): readonly Fault[] {
  if (!field || field.value.kind === 'null') return [];
  const type = pythonType(field.value);
  if (type === 'str') {
    const message = `MLflow takes text under \`resources\` for the path of a file, which it opens where Python runs: else it cannot load the model (OSError).`;
    return [{ code: 'mlmodel.resources', range: valueRange(yaml, field), message }];
  }
  if (type === 'dict') return [];
  const message = `\`resources\` is a mapping, but this is ${typeWords[type]}.`;
  return [{ code: 'mlmodel.value-type', range: valueRange(yaml, field), message }];
}

/** Azure writes ids with dashes. */
const idForms: readonly (readonly [key: string, form: RegExp, words: string])[] = [
  ['run_id', /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/, '32 hexadecimal digits'],
  ['model_id', /^m-[0-9a-f]{32}$/, '`m-` and 32 hexadecimal digits'],
  ['model_uuid', /^(m-)?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/, '32 hexadecimal digits'],
];

function checkIds(yaml: YamlDocument, fields: readonly Field[]): readonly Fault[] {
  return idForms.flatMap(([name, form, words]) => {
    const field = findField(fields, name);
    const isText = field?.value.kind === 'scalar';
    if (!isText || form.test(pythonString(yaml, field.value))) return [];
    const message = `What MLflow itself gives for \`${name}\` is ${words}: its stores have none like this.`;
    return [{ code: 'mlmodel.id' as const, range: valueRange(yaml, field), message }];
  });
}

/** Keys that MLflow of that version did not write yet: then one of both was changed by hand. */
function checkSince({ yaml, fields }: MlmodelModel): readonly Fault[] {
  const version = findField(fields, 'mlflow_version')?.value;
  const major = version?.kind === 'scalar' ? Number(/^\d+/.exec(version.text)?.[0]) : NaN;
  return fields
    .filter(({ overridden, merged }) => !overridden && !merged)
    .flatMap(({ name, key, value }) => {
      const since = findModelKey([], name)?.since;
      if (since === undefined || !(major < since) || isFalsy(value)) return [];
      const message = `MLflow ${pythonString(yaml, version ?? value)} wrote no \`${name}\`: that came with MLflow ${since}.`;
      return [{ code: 'mlmodel.newer-key' as const, range: key.range, message }];
    });
}

/** Where they came from is said of a signature that is there. */
function checkTypeHints(model: MlmodelModel): readonly Fault[] {
  if (hasSignature(model)) return [];
  return ['is_signature_from_type_hint', 'type_hint_from_example'].flatMap((name) => {
    const field = findField(model.fields, name);
    if (!field || isFalsy(field.value)) return [];
    const message = `\`${name}\` says something of the signature, but there is none.`;
    return [{ code: 'mlmodel.without-signature' as const, range: field.key.range, message }];
  });
}
