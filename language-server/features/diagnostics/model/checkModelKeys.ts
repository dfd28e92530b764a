import { fieldsOf } from '../../../documents/yamlRead';
import type { Field, ValueNode, YamlDocument } from '../../../documents/yamlTree';
import { nearestKey, nearestWord } from '../../../knowledge/didYouMean';
import { findModelKey, modelKeysAt } from '../../../knowledge/mlmodelKeys';
import type { ModelKey, ModelValueType } from '../../../knowledge/modelKey';
import { pythonType, type PythonType, typeWords } from '../../../knowledge/pythonTypes';
import { valueRange } from '../checkKeys';
import type { Fault } from '../fault';

const deepest = 8;

/** What each type of value may be in YAML. */
const pythonTypes: Readonly<Record<Exclude<ModelValueType, 'any'>, readonly PythonType[]>> = {
  text: ['str'],
  version: ['str'],
  number: ['int', 'float'],
  boolean: ['bool'],
  list: ['list'],
  mapping: ['dict'],
  path: ['str'],
};

/** Keys whose values other checks tell of. */
const toldElsewhere: ReadonlySet<string> = new Set([
  'flavors',
  'signature',
  'signature.inputs',
  'signature.outputs',
  'signature.params',
  'env_vars',
  'resources',
  'flavors.python_function.python_version',
  'flavors.python_function.predict_fn',
]);

/** Keys of a mapping and of all below it that MLflow does not know, and values that are not what it writes there. */
export function checkModelKeys(
  yaml: YamlDocument,
  fields: readonly Field[],
  path: readonly string[] = [],
): readonly Fault[] {
  const allowed = modelKeysAt(path);
  return fields
    .filter(({ overridden, merged }) => !overridden && !merged)
    .flatMap((field) => {
      const key = findModelKey(path, field.name);
      const here = [...path, field.name];
      return [
        ...(key ? checkValue(yaml, field, key, here) : checkUnknown(field, allowed, fields, path)),
        ...checkBelow(yaml, field.value, here),
      ];
    });
}

function checkBelow(yaml: YamlDocument, value: ValueNode, path: readonly string[]): readonly Fault[] {
  if (path.length > deepest) return [];
  if (value.kind === 'mapping') return checkModelKeys(yaml, fieldsOf(yaml, value), path);
  if (value.kind !== 'sequence') return [];
  return value.items.flatMap((item) =>
    item.kind === 'mapping' ? checkModelKeys(yaml, fieldsOf(yaml, item), [...path, '-']) : [],
  );
}

function checkUnknown(
  { name, key }: Field,
  allowed: readonly ModelKey[],
  fields: readonly Field[],
  path: readonly string[],
): readonly Fault[] {
  if (allowed.length === 0 || (key.kind === 'scalar' && key.value.type !== 'str')) return [];
  const near = nearestKey(name, allowed);
  const isTaken = near !== undefined && fields.some((field) => field.name === near);
  if (near !== undefined && !isTaken) {
    const message = `MLflow does not know the key \`${name}\` here. Did you mean \`${near}\`?`;
    return [
      { code: 'mlmodel.misspelt-key', range: key.range, message, fix: { fix: 'rename-key', to: near } },
    ];
  }
  // What users put into metadata is theirs.
  if (path[0] === 'metadata') return [];
  const message = `MLflow does not know the key \`${name}\` here: it keeps it, and reads nothing of it.`;
  return [{ code: 'mlmodel.unknown-key', range: key.range, message }];
}

function checkValue(
  yaml: YamlDocument,
  field: Field,
  key: ModelKey,
  path: readonly string[],
): readonly Fault[] {
  const { value } = field;
  const legacy = key.isLegacy ? [legacyKey(field)] : [];
  if (value.kind === 'null' || key.type === 'any' || toldElsewhere.has(path.join('.'))) return legacy;
  const type = pythonType(value);
  if (pythonTypes[key.type].includes(type)) return [...legacy, ...checkChoice(yaml, field, key)];
  if (key.values && value.kind === 'scalar' && key.values.includes(`'${value.text}'`))
    return [...legacy, notQuoted(yaml, field)];
  if (key.type === 'version' && value.kind === 'scalar') return [...legacy, versionNotText(yaml, field)];
  // Plain text that YAML takes for something else is read by MLflow all the same.
  if (key.type === 'text' && (value.kind === 'scalar' || path[0] === 'metadata')) return legacy;
  const message = `\`${field.name}\` is ${key.accepts}, but this is ${typeWords[type]}.`;
  return [...legacy, { code: 'mlmodel.value-type', range: valueRange(yaml, field), message }];
}

function legacyKey({ name, key }: Field): Fault {
  const message = `MLflow 3.17 no longer writes \`${name}\`.`;
  return { code: 'mlmodel.legacy-key', range: key.range, message };
}

function notQuoted(yaml: YamlDocument, field: Field): Fault {
  const message = `MLflow writes \`${field.name}\` as text, in quotes.`;
  return { code: 'mlmodel.value-type', range: valueRange(yaml, field), message, fix: { fix: 'quote' } };
}

export function versionNotText(yaml: YamlDocument, field: Field): Fault {
  const { value } = field;
  const read =
    value.kind === 'scalar' && value.value.type === 'float' ? ` (${String(value.value.value)})` : '';
  const message = `A version is text: without quotes YAML reads ${typeWords[pythonType(value)]}${read}, and \`3.10\` becomes \`3.1\`.`;
  return { code: 'mlmodel.version-not-text', range: valueRange(yaml, field), message, fix: { fix: 'quote' } };
}

/** One of several words. */
function checkChoice(yaml: YamlDocument, field: Field, { values }: ModelKey): readonly Fault[] {
  const { value } = field;
  if (!values || value.kind !== 'scalar') return [];
  const words = values.map((word) => word.replace(/^'(.*)'$/, '$1'));
  if (words.includes(value.text)) return [];
  const near = nearestWord(value.text, words);
  const question = near === undefined ? `It writes ${words.join(', ')}.` : `Did you mean \`${near}\`?`;
  return [
    {
      code: 'mlmodel.unknown-value',
      range: valueRange(yaml, field),
      message: `MLflow knows no \`${value.text.slice(0, 100)}\` for \`${field.name}\`. ${question}`,
      ...(near !== undefined && { fix: { fix: 'replace', to: near } as const }),
    },
  ];
}
