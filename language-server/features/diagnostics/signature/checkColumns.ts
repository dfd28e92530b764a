import { findMember, type JsonNode, type JsonObject, membersOf } from '../../../documents/json';
import { originOf } from '../../../documents/keptJson';
import { nearestWord } from '../../../knowledge/didYouMean';
import { findColumnType, isScalarType, specKeys } from '../../../knowledge/signatureTypes';
import type { Fault } from '../fault';
import { checkTensor } from './checkTensor';
import { checkContents, checkRequired, checkReserved, checkType, shapeFault } from './checkType';
import { itemFaults } from './itemFaults';
import { insideOf, jsonWords, placeOf, shown } from './jsonPlace';

/** What MLflow makes of `inputs` or `outputs`: all that it rejects, and what it reads otherwise than it is meant. */
export function checkColumns(root: JsonNode): readonly Fault[] {
  const isEmpty =
    (root.kind === 'array' && root.items.length === 0) ||
    (root.kind === 'object' && root.members.length === 0);
  if (isEmpty) return [shapeFault(root, 'MLflow rejects a schema without any column or tensor.')];
  if (root.kind !== 'array')
    return [
      shapeFault(
        root,
        `This must be a list of columns or tensors, but it is ${jsonWords[root.kind]}: MLflow cannot load the model.`,
      ),
    ];
  const specs = root.items.filter((item) => item.kind === 'object');
  return [...itemFaults(root.items, checkColumn), ...checkTogether(specs), ...repeatedNames(specs)];
}

function checkColumn(spec: JsonNode): readonly Fault[] {
  if (spec.kind !== 'object')
    return [
      shapeFault(
        spec,
        `A column or tensor is an object, but this is ${jsonWords[spec.kind]}: MLflow cannot load the model.`,
      ),
    ];
  const type = findMember(spec, 'type')?.value;
  if (type?.kind !== 'string') return checkType(spec);
  if (type.value === 'tensor') return checkTensor(spec);
  if (!findColumnType(type.value) || isScalarType(type.value))
    return [...checkType(spec), ...foreignKeys(spec), ...checkRequired(spec)];
  const within = ['any', 'sparkml_vector'].includes(type.value)
    ? checkReserved(spec)
    : checkContents(spec, type.value, 0);
  return [...within, ...checkRequired(spec), ...silentlyOptional(spec, type)];
}

const columnKeys: readonly string[] = ['type', 'name', 'required'];

/** A column of a plain type has three keys: any other is an argument that Python does not know. */
function foreignKeys(spec: JsonObject): readonly Fault[] {
  if (spec.members.every(({ name }) => columnKeys.includes(name))) return [];
  return membersOf(spec)
    .filter(({ name }) => !columnKeys.includes(name))
    .map(({ name, nameRange }) => {
      const near = nearestWord(name, columnKeys);
      const meant = near !== undefined && !findMember(spec, near) ? near : undefined;
      const question = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
      const known = specKeys.column.some((key) => key.name === name) ? ' of a plain type' : '';
      return {
        code: 'mlmodel.spec-key' as const,
        range: { start: nameRange.start + 1, end: nameRange.end - 1 },
        message: `A column${known} has no key \`${shown(name)}\`: MLflow dies of it (TypeError).${question}`,
        ...(meant !== undefined && { fix: { fix: 'replace', to: meant } as const }),
      };
    });
}

function silentlyOptional(spec: JsonObject, type: JsonNode): readonly Fault[] {
  if (findMember(spec, 'required')) return [];
  const message =
    'Without `required` MLflow takes a column of this type for optional, unlike those of plain types.';
  return [{ code: 'mlmodel.silently-optional', range: insideOf(type), message }];
}

/** Rules about all columns: one family, all with names or none. */
function checkTogether(specs: readonly JsonObject[]): readonly Fault[] {
  const tensors = specs.filter(isTensor);
  const unnamed = specs.filter((spec) => !hasName(spec));
  const found: Fault[] = [];
  const add = (spec: JsonObject | undefined, message: string) => {
    if (spec) found.push({ code: 'mlmodel.mixed-columns', range: placeOf(spec), message });
  };
  if (unnamed.length > 0 && unnamed.length < specs.length)
    add(unnamed[0], 'Either all columns have names or none has: MLflow rejects a schema with both.');
  if (tensors.length > 0 && tensors.length < specs.length)
    add(tensors[0], 'A schema has columns or tensors: MLflow rejects one with both.');
  if (tensors.length > 1 && tensors.length === specs.length && unnamed.length > 0)
    add(unnamed[0], 'MLflow rejects several tensors without names.');
  if (unnamed.length === specs.length)
    for (const spec of specs.filter((one) => !isTensor(one) && isSaidOptional(one)))
      add(spec, 'MLflow rejects optional columns without names.');
  return found;
}

/** What a spec says under a key, not where: for that nothing is moved. */
function saidIn(spec: JsonObject, key: string): JsonNode | undefined {
  return findMember(originOf(spec).origin, key)?.value;
}

function isTensor(spec: JsonObject): boolean {
  const type = saidIn(spec, 'type');
  return type?.kind === 'string' && type.value === 'tensor';
}

function hasName(spec: JsonObject): boolean {
  return (saidIn(spec, 'name')?.kind ?? 'null') !== 'null';
}

function isSaidOptional(spec: JsonObject): boolean {
  const required = saidIn(spec, 'required');
  return required?.kind === 'boolean' && !required.value;
}

function repeatedNames(specs: readonly JsonObject[]): readonly Fault[] {
  const seen = new Set<string>();
  return specs.flatMap((spec) => {
    const name = saidIn(spec, 'name');
    if (name?.kind !== 'string') return [];
    const isRepeated = seen.has(name.value);
    seen.add(name.value);
    if (!isRepeated) return [];
    const range = findMember(spec, 'name')?.value.range ?? spec.range;
    const message = `\`${shown(name.value)}\` comes twice: MLflow does not notice, and data can hold it only once.`;
    return [{ code: 'mlmodel.repeated-name' as const, range, message }];
  });
}
