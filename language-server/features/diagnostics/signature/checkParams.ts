import { findMember, type JsonNode, type JsonObject } from '../../../documents/json';
import { isTruthy } from '../../../documents/modelSignature';
import { findColumnType, isScalarType, parameterSpecTypes } from '../../../knowledge/signatureTypes';
import type { Fault } from '../fault';
import { checkContents, checkReserved, shapeFault, unknownType } from './checkType';
import { itemFaults } from './itemFaults';
import { insideOf, jsonWords, shown } from './jsonPlace';
import { objectProblem, scalarProblem } from './paramDefault';

/** What MLflow makes of `params`: all that it rejects. */
export function checkParams(root: JsonNode): readonly Fault[] {
  const isNothing = (root.kind === 'string' || root.kind === 'object') && !isTruthy(root);
  if (isNothing) return [];
  if (root.kind !== 'array')
    return [
      shapeFault(
        root,
        `\`params\` must be a list, but this is ${jsonWords[root.kind]}: MLflow cannot load the model.`,
      ),
    ];
  const specs = root.items.filter((item) => item.kind === 'object');
  return [...itemFaults(root.items, checkParam), ...repeatedNames(specs)];
}

function checkParam(spec: JsonNode): readonly Fault[] {
  if (spec.kind !== 'object')
    return [
      shapeFault(
        spec,
        `A parameter is an object, but this is ${jsonWords[spec.kind]}: MLflow cannot load the model.`,
      ),
    ];
  const type = typeOf(spec);
  const missing = ['name', 'default'].filter((key) => !findMember(spec, key));
  const all = (findMember(spec, 'type') ?? findMember(spec, 'dtype')) ? missing : [...missing, 'type'];
  const faults = [
    ...checkReserved(spec),
    ...all.map((key) =>
      parameterFault(spec, `A parameter needs a \`${key}\`: MLflow cannot load the model.`),
    ),
  ];
  if (!type) return faults;
  const wrong = checkParamType(spec, type);
  return wrong.length > 0 || missing.length > 0
    ? [...faults, ...wrong]
    : [...faults, ...checkDefault(spec, type)];
}

function parameterFault(spec: JsonObject, message: string): Fault {
  return { ...shapeFault(spec, message), code: 'mlmodel.parameter' };
}

/** `type`, or `dtype` as MLflow first wrote it where that says nothing. */
function typeOf(spec: JsonObject): JsonNode | undefined {
  const type = findMember(spec, 'type')?.value;
  return type && isTruthy(type) ? type : (findMember(spec, 'dtype')?.value ?? type);
}

function checkParamType(spec: JsonObject, type: JsonNode): readonly Fault[] {
  if (type.kind !== 'string') {
    const message = `The type of a parameter is text, but this is ${jsonWords[type.kind]}: MLflow cannot load the model.`;
    return [{ code: 'mlmodel.unknown-type', range: type.range, message }];
  }
  if (type.value === 'object') {
    const written = findMember(spec, 'type')?.value;
    const isSaid = written?.kind === 'string' && written.value === 'object';
    return isSaid
      ? checkContents(spec, 'object', 0)
      : [parameterFault(spec, 'MLflow reads an `object` only under `type`, not under `dtype`.')];
  }
  if (isScalarType(type.value) && type.value !== 'binary') return [];
  const known = findColumnType(type.value);
  if (!known) return [unknownType(type, type.value, parameterSpecTypes)];
  const message = `A parameter cannot be of type \`${type.value}\`: MLflow cannot load the model.`;
  return [{ code: 'mlmodel.unknown-type', range: insideOf(type), message }];
}

function checkDefault(spec: JsonObject, type: JsonNode): readonly Fault[] {
  const value = findMember(spec, 'default')?.value;
  const shape = findMember(spec, 'shape')?.value;
  const name = type.kind === 'string' ? type.value : '';
  if (!value) return [];
  const problem = (node: JsonNode, message: string): readonly Fault[] => [
    {
      code: 'mlmodel.parameter-default',
      range: node.range,
      message: `${message} MLflow cannot load the model.`,
    },
  ];
  if (shape && shape.kind !== 'null') {
    if (!isListShape(shape)) return problem(shape, '`shape` is null for one value, or [-1] for a list.');
    if (value.kind !== 'array' || value.items.some(({ kind }) => kind === 'array'))
      return problem(
        value,
        `With the shape [-1] the default is a list of values, but this is ${jsonWords[value.kind]}.`,
      );
    if (name === 'object')
      return value.items.length > 0 ? problem(shape, 'A list of objects is no parameter.') : [];
    return value.items.flatMap((item) => {
      const wrong = scalarProblem(item, name);
      return wrong === undefined ? [] : problem(item, wrong);
    });
  }
  const wrong = name === 'object' ? objectProblem(value, spec) : scalarProblem(value, name);
  return wrong === undefined ? [] : problem(value, wrong);
}

/** `(-1,)` to Python, so a list of minus one. */
function isListShape(shape: JsonNode): boolean {
  if (shape.kind !== 'array' || shape.items.length !== 1) return false;
  const [size] = shape.items;
  return size?.kind === 'number' && Number(size.text) === -1;
}

function repeatedNames(specs: readonly JsonObject[]): readonly Fault[] {
  const seen = new Set<string>();
  return specs.flatMap((spec) => {
    const name = findMember(spec, 'name')?.value;
    const text = name && pythonText(name);
    if (!name || text === undefined) return [];
    const isRepeated = seen.has(text);
    seen.add(text);
    const message = `\`${shown(text)}\` comes twice: MLflow rejects parameters of one name.`;
    return isRepeated ? [{ code: 'mlmodel.parameter' as const, range: name.range, message }] : [];
  });
}

/** str() of a name; undefined of what nobody would take for one. */
function pythonText(name: JsonNode): string | undefined {
  switch (name.kind) {
    case 'string':
      return name.value;
    case 'number':
      return name.text;
    case 'boolean':
      return name.value ? 'True' : 'False';
    case 'null':
      return 'None';
    case 'array':
    case 'object':
      return undefined;
  }
}
