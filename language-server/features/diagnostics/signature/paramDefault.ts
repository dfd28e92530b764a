import { findMember, type JsonNode, membersOf } from '../../../documents/json';
import { isTruthy } from '../../../documents/modelSignature';
import { jsonWords, shown } from './jsonPlace';

/** Why a value is none of a parameter's type, as MLflow checks it at load; undefined if it is one. */
export function scalarProblem(value: JsonNode, type: string): string | undefined {
  if (value.kind === 'null' || isOfType(value, type)) return undefined;
  const written = value.kind === 'string' ? `the text "${shown(value.value)}"` : jsonWords[value.kind];
  return `${described[type] ?? 'The default'} cannot be ${written}.`;
}

const described: Readonly<Record<string, string>> = {
  boolean: 'The default of a `boolean`',
  integer: 'The default of an `integer`',
  long: 'The default of a `long`',
  float: 'The default of a `float`',
  double: 'The default of a `double`',
  string: 'The default of a `string`',
  datetime: 'The default of a `datetime`',
};

function isOfType(value: JsonNode, type: string): boolean {
  switch (type) {
    case 'boolean':
      return value.kind === 'boolean';
    case 'integer':
    case 'long':
      return value.kind === 'number' && value.isInteger;
    case 'float':
    case 'double':
      // Python has no float for whole numbers of more than 308 digits.
      return value.kind === 'number' && (!value.isInteger || Number.isFinite(Number(value.text)));
    case 'string':
      return value.kind === 'string';
    case 'datetime':
      return value.kind === 'string' && isDate(value.value);
    default:
      return true;
  }
}

/** What numpy's datetime64 reads and Python has a date for. */
export function isDate(text: string): boolean {
  const trimmed = text.trimStart();
  if (/^(nat|today|now)?$/i.test(trimmed)) return true;
  const match =
    /^\+?(\d{1,4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d{0,6})?)?)?(?:Z|[+-](\d\d)(?::?(\d\d))?)?)?)?)?$/.exec(
      trimmed,
    );
  if (!match) return false;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, away = 0, awayMinutes = 0] = match
    .slice(1)
    .map((part?: string) => (part === undefined ? undefined : Number(part)));
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const isDay = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days;
  return isDay && hour < 24 && minute < 60 && second < 60 && away < 24 && awayMinutes < 60;
}

/** Why a value is none of an object's; undefined if it is, or if that cannot be told. */
export function objectProblem(value: JsonNode, spec: JsonNode): string | undefined {
  if (value.kind !== 'object')
    return `The default of an object must be an object, but this is ${jsonWords[value.kind]}.`;
  const properties = findMember(spec, 'properties')?.value;
  if (properties?.kind !== 'object') return undefined;
  const allowed = new Map(membersOf(properties).map(({ name, value: property }) => [name, property]));
  const given = new Map(membersOf(value).map((member) => [member.name, member.value]));
  for (const [name, property] of allowed)
    if (!given.has(name) && isRequired(property)) return `The property \`${shown(name)}\` is missing.`;
  for (const [name, item] of given) {
    const property = allowed.get(name);
    if (!property) return `The object has no property \`${shown(name)}\`.`;
    if (isWrong(item, property, isRequired(property))) return wrongProperty(name, item, property);
  }
  return undefined;
}

function wrongProperty(name: string, value: JsonNode, property: JsonNode): string {
  const isDateText = typeNameOf(property) === 'datetime' && value.kind === 'string';
  return isDateText
    ? `\`${shown(name)}\` is a date in an object, which MLflow with pandas 3 takes for text.`
    : `\`${shown(name)}\` is not of its type.`;
}

function typeNameOf(spec: JsonNode | undefined): string | undefined {
  const type = findMember(spec, 'type')?.value;
  return type?.kind === 'string' ? type.value : undefined;
}

function isRequired(property: JsonNode): boolean {
  const required = findMember(property, 'required')?.value;
  return required ? isTruthy(required) : true;
}

/** Whether MLflow surely rejects a value for a nested type: its rules for data, which are stricter than those for parameters. */
function isWrong(value: JsonNode, spec: JsonNode, required: boolean): boolean {
  const type = typeNameOf(spec);
  switch (type) {
    case undefined:
    case 'any':
      return false;
    case 'object':
      return !isLeftOut(value, required) && objectProblem(value, spec) !== undefined;
    case 'array':
      return !isLeftOut(value, required) && isWrongList(value, findMember(spec, 'items')?.value, required);
    case 'map':
      return !isLeftOut(value, required) && isWrongMap(value, findMember(spec, 'values')?.value, required);
    default:
      if (value.kind === 'null') return required;
      return (required || !isNan(value)) && isWrongScalar(value, type);
  }
}

function isNan(value: JsonNode): boolean {
  return value.kind === 'number' && value.text === 'NaN';
}

function isLeftOut(value: JsonNode, required: boolean): boolean {
  return (
    !required &&
    (value.kind === 'null' || ((value.kind === 'object' || value.kind === 'array') && !isTruthy(value)))
  );
}

function isWrongList(value: JsonNode, items: JsonNode | undefined, required: boolean): boolean {
  const type = typeNameOf(items);
  if (type === 'any') return value.kind !== 'array' && value.kind !== 'null';
  if (value.kind !== 'array') return true;
  // Lists of plain values are judged as a whole, by pandas: only what no rule of it takes is surely wrong.
  if (type === 'datetime') return isNoDates(value.items);
  if (type !== undefined && type in described)
    return value.items.some(({ kind }) => kind === 'object') && type !== 'string';
  return items !== undefined && value.items.some((item) => isWrong(item, items, required));
}

/** With pandas 3 no text, number or boolean is a date in a list either; only text among numbers is read one by one, if it can be. */
function isNoDates(items: readonly JsonNode[]): boolean {
  const kinds = new Set(items.map(({ kind }) => kind));
  kinds.delete('null');
  const areMixed = kinds.size === 2 && kinds.has('string') && kinds.has('number');
  return kinds.size > 0 && !areMixed;
}

function isWrongMap(value: JsonNode, values: JsonNode | undefined, required: boolean): boolean {
  if (value.kind !== 'object') return value.kind !== 'null' || required;
  return values !== undefined && membersOf(value).some((member) => isWrong(member.value, values, required));
}

/** As pandas holds one value: whole numbers as int64, others as float64, and only 0 and 1 become floats. */
function isWrongScalar(value: JsonNode, type: string): boolean {
  if (value.kind === 'object' || value.kind === 'array') return true;
  switch (type) {
    case 'boolean':
      return value.kind !== 'boolean';
    case 'long':
      return value.kind !== 'number' || !value.isInteger;
    case 'integer':
      return true;
    case 'float':
      return !isZeroOrOne(value);
    case 'double':
      return value.kind !== 'number' || (value.isInteger && !isZeroOrOne(value));
    case 'string':
    case 'binary':
      return value.kind !== 'string';
    case 'datetime':
      // JSON has dates as text: pandas 3 has a type of its own for that, of which MLflow makes no dates. With pandas 2 it did.
      return true;
    default:
      return false;
  }
}

function isZeroOrOne(value: JsonNode): boolean {
  return value.kind === 'number' && value.isInteger && /^-?[01]$/.test(value.text) && value.text !== '-1';
}
