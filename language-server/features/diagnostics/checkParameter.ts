import type { EntryPoint, Parameter } from '../../documents/mlprojectModel';
import type { TextRange } from '../../documents/textRange';
import type { YamlDocument } from '../../documents/yamlTree';
import { didYouMean, nearestWord } from '../../knowledge/didYouMean';
import { documentedTypeFor, isDocumentedType, parameterTypes } from '../../knowledge/parameterTypes';
import { isPythonNumber } from '../../knowledge/pythonNumbers';
import { pythonType, typeWords } from '../../knowledge/pythonTypes';
import { checkDefault } from './checkDefault';
import { checkKeys, valueRange } from './checkKeys';
import type { Fault } from './fault';
import type { Surroundings } from './surroundings';

/** One parameter: its shape, its keys, its type and its default. */
export function checkParameter(
  yaml: YamlDocument,
  entryPoint: EntryPoint,
  parameter: Parameter,
  around: Surroundings,
): readonly Fault[] {
  const { name, field, fields } = parameter;
  const wrong = wrongShape(yaml, parameter);
  if (wrong) return [wrong];
  if (parameter.shape === 'shorthand') {
    const { range } = field.written;
    return [...typeFaults(parameter, range), ...sparkPath(parameter, range, around)];
  }
  const path = ['entry_points', entryPoint.name, 'parameters', name];
  const typeField = fields.find((one) => one.name === 'type' && !one.overridden);
  return [
    ...checkKeys(fields, 'parameter', (key) => around.isAllowed([...path, key])),
    ...(typeField ? typeFaults(parameter, valueRange(yaml, typeField)) : []),
    ...checkDefault(yaml, parameter, around),
    ...sparkPath(parameter, typeField ? valueRange(yaml, typeField) : field.key.range, around),
  ];
}

function wrongShape(yaml: YamlDocument, { name, field }: Parameter): Fault | undefined {
  const type = pythonType(field.value);
  if (type === 'dict' || type === 'str') return undefined;
  const isValue = type !== 'NoneType' && type !== 'set';
  const how = isValue
    ? `{default: ${isNumber(type) ? yaml.text.slice(field.value.range.start, field.value.range.end) : '…'}}`
    : 'string';
  return {
    code: 'mlproject.parameter-shape',
    range: valueRange(yaml, field),
    message: `A parameter is a type or a mapping, but \`${name}\` is ${typeWords[type]}: MLflow cannot read the project (AttributeError: '${type}' object has no attribute 'get'). Write \`${name}: ${how}\`.`,
    fix: isValue
      ? { fix: 'make-default', type: isNumber(type) ? 'float' : 'string' }
      : { fix: 'replace', to: 'string' },
  };
}

function isNumber(type: string): boolean {
  return type === 'int' || type === 'float';
}

function sparkPath({ name, type }: Parameter, range: TextRange, around: Surroundings): readonly Fault[] {
  if (type !== 'path' || !around.isSparkJob()) return [];
  const message = `Databricks Spark jobs take no parameter of type \`path\`: MLflow rejects \`${name}\`.`;
  return [{ code: 'mlproject.spark-path-parameter', range, message }];
}

function typeFaults({ type, typeNode, shape, name }: Parameter, range: TextRange): readonly Fault[] {
  if (!typeNode || isDocumentedType(type)) return [];
  const text = typeNode.kind === 'scalar' && typeNode.value.type === 'str' ? typeNode.text : undefined;
  if (text === undefined) return [unknownType(type, range, undefined)];
  if (shape === 'shorthand') {
    const slip = shorthandSlip(name, text, range);
    if (slip) return [slip];
  }
  const documented = documentedTypeFor(text);
  if (documented === undefined) return [unknownType(text, range, nearestType(text))];
  const message = `MLflow knows no type \`${text}\` and takes the value for text; its documentation calls it \`${documented}\`.`;
  return [{ code: 'mlproject.undocumented-type', range, message, fix: { fix: 'replace', to: documented } }];
}

/** What stands where a type is expected and is none: a value, or `type:float` without its space. */
function shorthandSlip(name: string, text: string, range: TextRange): Fault | undefined {
  if (/^\s*(type|default)\s*[:=]/.test(text)) {
    const message = `MLflow takes all of \`${text.slice(0, 100)}\` for the type. Was \`{type: …, default: …}\` meant? A colon needs a space behind it.`;
    return { code: 'mlproject.malformed-key', range, message };
  }
  const isWord = /^(true|false|yes|no|on|off|null|none)$/i.test(text);
  if (!isPythonNumber(text) && !isWord && !/[/\\.:]/.test(text)) return undefined;
  const type = isPythonNumber(text) ? 'float' : 'string';
  const message = `MLflow takes \`${text.slice(0, 100)}\` for the type of \`${name}\`, which then has no default and must be given in each run. Was \`{default: ${text.slice(0, 100)}}\` meant?`;
  return { code: 'mlproject.type-is-value', range, message, fix: { fix: 'make-default', type } };
}

function nearestType(text: string): string | undefined {
  return nearestWord(text, [...parameterTypes.map(({ name }) => name), 'str', 'bool']);
}

function unknownType(type: string, range: TextRange, near: string | undefined): Fault {
  const effect =
    near === 'path' || near === 'uri'
      ? `the value is not treated as a ${near}`
      : 'it takes the value for text';
  return {
    code: 'mlproject.unknown-type',
    range,
    message: `MLflow knows no type \`${type.slice(0, 100)}\` and ${effect}.${didYouMean(near)}`,
    ...(near !== undefined && { fix: { fix: 'replace', to: near } as const }),
  };
}
