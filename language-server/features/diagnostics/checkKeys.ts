import type { TextRange } from '../../documents/textRange';
import { fieldsOf, isMergeKey } from '../../documents/yamlRead';
import type { Field, MappingNode, YamlDocument, YamlNode } from '../../documents/yamlTree';
import type { DiagnosticCode } from '../../knowledge/diagnosticCodes';
import { didYouMean, nearestKey } from '../../knowledge/didYouMean';
import type { KeyKnowledge } from '../../knowledge/keyKnowledge';
import { findKey, keysOf, type Place, remarkKeys } from '../../knowledge/keys';
import { isFalsy, pythonType, typeWords } from '../../knowledge/pythonTypes';
import type { Fault } from './fault';

/** The keys of a mapping that MLflow does not know, and so ignores. */
export function checkKeys(
  fields: readonly Field[],
  place: Place,
  isAllowed: (name: string) => boolean,
): readonly Fault[] {
  return fields
    .filter(({ merged, overridden }) => !merged && !overridden)
    .filter(({ name, written }) => !findKey(place, name) && !written.anchor && !/^(x-|[._])/.test(name))
    .filter(({ name }) => !isAllowed(name))
    .map((field) => malformedKey(field, place) ?? unknownKey(field, place));
}

/** `type:int` and `type int` are keys without a value. */
function malformedKey({ name, key, value }: Field, place: Place): Fault | undefined {
  const [, word, rest] = /^\s*(\w+)\s*[:=\s]\s*(.+?)\s*$/s.exec(name) ?? [];
  const isKnown = word !== undefined && findKey(place, word) !== undefined;
  if (!isKnown || rest === undefined || value.kind !== 'null' || value.range.end > value.range.start)
    return undefined;
  const message = `\`${name}\` is a key without a value, which MLflow ignores. Was \`${word}: ${rest}\` meant?`;
  return {
    code: 'mlproject.malformed-key',
    range: key.range,
    message,
    fix: { fix: 'replace', to: `${word}: ${rest}` },
  };
}

function unknownKey({ name, key }: Field, place: Place): Fault {
  const near = nearestKey(name, keysOf[place]);
  if (near === undefined && remarkKeys.has(name.toLowerCase()))
    return {
      code: 'mlproject.ignored-remark',
      range: key.range,
      message: `A remark for people: MLflow does not read \`${name}\`.`,
    };
  return {
    code: place === 'condaEnv' ? 'conda-env.unknown-key' : 'mlproject.unknown-key',
    range: key.range,
    message: `${place === 'condaEnv' ? 'Neither conda nor MLflow reads' : 'MLflow ignores'} the key \`${name}\`.${didYouMean(near)}`,
    ...(near !== undefined && { fix: { fix: 'rename-key', to: near } as const }),
  };
}

/** A value of a type that MLflow dies of. */
export function checkShape(
  yaml: YamlDocument,
  field: Field | undefined,
  { name, shape, accepts }: KeyKnowledge,
  code: DiagnosticCode,
): readonly Fault[] {
  if (!field || !shape) return [];
  const type = pythonType(field.value);
  if (shape.types.includes(type) || (shape.emptyIsAbsent && isFalsy(field.value))) return [];
  const death = shape.dies.replaceAll('{type}', type);
  const message = `\`${name}\` must be ${accepts}, but this is ${typeWords[type]}. MLflow stops with ${death}.`;
  return [{ code, range: valueRange(yaml, field), message }];
}

/** Where a field's value is shown: at its key if it is nothing, or more than a line. */
export function valueRange(yaml: YamlDocument, { key, written }: Pick<Field, 'key' | 'written'>): TextRange {
  const { start, end } = written.range;
  return end > start && !yaml.text.slice(start, end).includes('\n') ? written.range : key.range;
}

/** Keys that come again in their mapping: Python keeps the last, and says nothing. Aliases are not followed. */
export function checkDuplicates(yaml: YamlDocument, node: YamlNode): readonly Fault[] {
  if (node.kind === 'sequence') return node.items.flatMap((item) => checkDuplicates(yaml, item));
  if (node.kind !== 'mapping') return [];
  const nested = node.pairs.flatMap(({ value }) => checkDuplicates(yaml, value));
  return [...duplicatesIn(yaml, node), ...nested];
}

/** Of one mapping alone. */
export function duplicatesIn(yaml: YamlDocument, node: MappingNode): readonly Fault[] {
  if (node.pairs.length < 2) return [];
  const fields = fieldsOf(yaml, { ...node, pairs: node.pairs.filter(({ key }) => !isMergeKey(key)) });
  const winners = new Map(fields.filter(({ overridden }) => !overridden).map((field) => [field.name, field]));
  return fields
    .filter(({ overridden }) => overridden)
    .map((field) => {
      const winner = winners.get(field.name);
      const message = `\`${field.name}\` comes again below: MLflow reads only the last, and this one is lost.`;
      const related = winner && [{ range: winner.key.range, message: 'This one counts.' }];
      return { code: 'yaml.duplicate-key', range: field.key.range, message, ...(related && { related }) };
    });
}

/** Keys such as `on`, `1` or `~` are no text to YAML 1.1, so what they name is another thing than is written. */
export function checkTextKeys(fields: readonly Field[], place: string): readonly Fault[] {
  return fields.filter(isWrittenOtherwise).map(({ name, key }) => ({
    code: 'yaml.key-not-text',
    range: key.range,
    message: `YAML 1.1 reads this key as ${describeKey(key, name)}, so ${place} Quote it.`,
    fix: { fix: 'quote' },
  }));
}

/** Own keys that count, and are no strings. */
export function isWrittenOtherwise({ key, merged, overridden }: Field): boolean {
  return (
    !merged && !overridden && key.kind !== 'alias' && !(key.kind === 'scalar' && key.value.type === 'str')
  );
}

function describeKey(key: YamlNode, name: string): string {
  return key.kind === 'scalar' ? `${typeWords[key.value.type]} (\`${name}\`)` : `\`${name}\``;
}
