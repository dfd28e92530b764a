import {
  findMember,
  type JsonMember,
  type JsonNode,
  type JsonObject,
  membersOf,
} from '../../../documents/json';
import { nearestWord } from '../../../knowledge/didYouMean';
import { columnTypeFor, columnTypes, findColumnType, isScalarType } from '../../../knowledge/signatureTypes';
import type { Fault } from '../fault';
import { insideOf, jsonWords, placeOf, shown } from './jsonPlace';

/** Types that are nested deeper are not looked at: the reader has told of those that Python cannot read. */
const deepest = 200;

const contents: Readonly<Record<string, string>> = { array: 'items', map: 'values', object: 'properties' };

/**
 * The type of a column, an item, a value or a property: what MLflow makes of its `type` and of what goes with that.
 * `isProperty`: of an object, where `sparkml_vector` is broken.
 */
export function checkType(spec: JsonObject, depth = 0, isProperty = false): readonly Fault[] {
  const type = findMember(spec, 'type')?.value;
  if (!type) return [missingKey(spec, 'type')];
  if (type.kind !== 'string') return [notType(type)];
  if (depth > deepest || isScalarType(type.value)) return [];
  if (type.value === 'any' || type.value === 'sparkml_vector')
    return isProperty && type.value !== 'any' ? [vectorProperty(type)] : [];
  if (!findColumnType(type.value)) return [unknownType(type, type.value)];
  return checkContents(spec, type.value, depth);
}

/** What an array, map or object holds. */
export function checkContents(spec: JsonObject, type: string, depth: number): readonly Fault[] {
  const key = contents[type] ?? '';
  const within = findMember(spec, key);
  const reserved = checkReserved(spec);
  if (!within) return [...reserved, missingKey(spec, key)];
  if (type === 'object') return [...reserved, ...checkProperties(within, depth)];
  const { value } = within;
  return [...reserved, ...(value.kind === 'object' ? checkType(value, depth + 1) : [notObject(value, key)])];
}

function checkProperties({ value }: JsonMember, depth: number): readonly Fault[] {
  if (value.kind !== 'object') return [notObject(value, 'properties')];
  const members = membersOf(value);
  if (members.length === 0)
    return [shapeFault(value, 'An object needs properties: MLflow rejects one without any.')];
  return members.flatMap((member) =>
    member.value.kind === 'object'
      ? [
          ...checkPropertyName(member),
          ...checkType(member.value, depth + 1, true),
          ...checkRequired(member.value),
        ]
      : [notObject(member.value, `properties.${member.name}`)],
  );
}

function checkPropertyName({ name, nameRange }: JsonMember): readonly Fault[] {
  if (name !== 'cls') return [];
  const message = 'MLflow dies of a property that is called `cls` (TypeError).';
  return [{ code: 'mlmodel.schema', range: nameRange, message }];
}

/** A key that Python takes for an argument of the function that reads the spec. */
export function checkReserved(spec: JsonObject): readonly Fault[] {
  const reserved = findMember(spec, 'cls');
  if (!reserved) return [];
  const message = 'MLflow dies of the key `cls` (TypeError).';
  return [{ code: 'mlmodel.spec-key', range: reserved.nameRange, message }];
}

/** `required` that is no boolean counts by what Python takes for true. */
export function checkRequired(spec: JsonObject): readonly Fault[] {
  const required = findMember(spec, 'required')?.value;
  if (!required || required.kind === 'boolean') return [];
  const message = `\`required\` is true or false, but this is ${jsonWords[required.kind]}: MLflow takes any text, even "false", for true.`;
  return [{ code: 'mlmodel.required', range: required.range, message }];
}

export function missingKey(spec: JsonObject, key: string): Fault {
  return shapeFault(spec, `\`${key}\` is missing here: MLflow cannot load the model.`);
}

export function notObject(node: JsonNode, what: string): Fault {
  return shapeFault(
    node,
    `\`${shown(what)}\` must be an object here, but this is ${jsonWords[node.kind]}: MLflow cannot load the model.`,
  );
}

export function shapeFault(node: JsonNode, message: string): Fault {
  return { code: 'mlmodel.schema', range: placeOf(node), message };
}

function notType(type: JsonNode): Fault {
  const message = `A type is text, such as "double", but this is ${jsonWords[type.kind]}: MLflow cannot load the model.`;
  return { code: 'mlmodel.unknown-type', range: type.range, message };
}

export function unknownType(type: JsonNode, word: string, allowed = columnTypes): Fault {
  const names = allowed.map(({ name }) => name);
  const called = columnTypeFor(word);
  const meant = called !== undefined && names.includes(called) ? called : nearestWord(word, names);
  const question = meant === undefined ? `It knows ${names.join(', ')}.` : `Did you mean \`${meant}\`?`;
  return {
    code: 'mlmodel.unknown-type',
    range: insideOf(type),
    message: `MLflow knows no type \`${shown(word)}\` here, and cannot load the model. ${question}`,
    ...(meant !== undefined && { fix: { fix: 'replace', to: meant } as const }),
  };
}

function vectorProperty(type: JsonNode): Fault {
  const message = 'MLflow cannot read an object with a property of type `sparkml_vector`.';
  return { code: 'mlmodel.unknown-type', range: insideOf(type), message };
}
