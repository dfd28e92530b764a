import type { Parameter } from '../../documents/mlprojectModel';
import type { TextRange } from '../../documents/textRange';
import { pythonString } from '../../documents/yamlRead';
import type { ScalarNode, ValueNode, YamlDocument } from '../../documents/yamlTree';
import { isNumberType } from '../../knowledge/parameterTypes';
import { isPythonNumber } from '../../knowledge/pythonNumbers';
import { pythonType, typeWords } from '../../knowledge/pythonTypes';
import { valueRange } from './checkKeys';
import type { Fault } from './fault';
import type { Surroundings } from './surroundings';

/** A parameter's default beside its type. The first thing that is wrong is told. */
export function checkDefault(
  yaml: YamlDocument,
  parameter: Parameter,
  around: Surroundings,
): readonly Fault[] {
  const { defaultNode: node, defaultField: field } = parameter;
  if (!node || !field) return [];
  const range = valueRange(yaml, field);
  const fault =
    rejectedDefault(parameter, node, range) ??
    missingPath(parameter, node, range, around) ??
    noneText(parameter, node, range) ??
    notOfType(yaml, parameter, node, range) ??
    (node.kind === 'scalar' ? notAsWritten(yaml, parameter, node, range) : undefined);
  return fault ? [fault] : [];
}

/** What MLflow refuses in every run that uses the default. */
function rejectedDefault({ name, type }: Parameter, node: ValueNode, range: TextRange): Fault | undefined {
  if (type !== 'uri' && type !== 'path') return undefined;
  const python = pythonType(node);
  if (python === 'bytes') return undefined;
  const code = 'mlproject.default-rejected';
  if (python !== 'str') {
    const message = `A default of type \`${type}\` must be text, but this is ${typeWords[python]}: MLflow dies of it in the run.`;
    return { code, range, message, fix: { fix: 'quote' } };
  }
  if (type === 'path' || node.kind !== 'scalar' || hasScheme(node.text)) return undefined;
  const message = `A \`uri\` needs a scheme, such as \`s3://\`. MLflow stops with "Expected URI for parameter ${name}".`;
  return { code, range, message };
}

/** As urlparse sees it: white space in front does not count. */
export function hasScheme(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- what urlparse leaves out
  return /^[a-z][a-z\d+.-]*:/i.test(text.replace(/^[\x00-\x20]+/, '').replace(/[\t\r\n]/g, ''));
}

function missingPath(
  { type }: Parameter,
  node: ValueNode,
  range: TextRange,
  around: Surroundings,
): Fault | undefined {
  if (type !== 'path' || node.kind !== 'scalar' || node.text === '' || hasScheme(node.text)) return undefined;
  if (around.fileKind(node.text) !== 'missing') return undefined;
  const message = `There is no \`${node.text}\` in the project. MLflow looks for it from where \`mlflow run\` is started, and stops if it is not there.`;
  return { code: 'mlproject.missing-default-path', range, message };
}

function noneText(parameter: Parameter, node: ValueNode, range: TextRange): Fault | undefined {
  if (node.kind !== 'scalar' || node.style !== 'plain' || node.text !== 'None') return undefined;
  const message = `In YAML \`None\` is text: the command gets the word None. To have \`${parameter.name}\` asked for in each run, leave the default out.`;
  return { code: 'mlproject.default-is-none', range, message };
}

function notOfType(
  yaml: YamlDocument,
  { type, typeNode }: Parameter,
  node: ValueNode,
  range: TextRange,
): Fault | undefined {
  if (!typeNode || !isNumberType(type)) return undefined;
  const value = pythonString(yaml, node);
  const isWhole = /^int|^long/i.test(type);
  const python = pythonType(node);
  const isNumber = python === 'int' || python === 'float' || (python === 'str' && isPythonNumber(value));
  const isFraction = isWhole && isNumber && !Number.isInteger(Number(value.replaceAll('_', '')));
  if (isNumber && !isFraction) return undefined;
  const what = isFraction ? 'is not a whole number' : 'is not a number';
  const message = `\`${value.slice(0, 100)}\` ${what}, as \`${type}\` says. MLflow does not check it, and hands it on.`;
  return { code: 'mlproject.default-not-of-type', range, message };
}

/** Plain values that YAML 1.1 turns into something else than what stands there. */
function notAsWritten(
  yaml: YamlDocument,
  { type, typeNode }: Parameter,
  node: ScalarNode,
  range: TextRange,
): Fault | undefined {
  if (node.style !== 'plain' || node.tag) return undefined;
  const isNumber = isNumberType(type);
  const isText = typeNode !== undefined && !isNumber;
  if (/^[-+]?\d[\d_]*(\.\d*)?e[-+]?\d+$/i.test(node.text) && node.value.type === 'str' && !isText) {
    const message = `YAML 1.1 reads \`${node.text}\` as text, for want of a dot or a sign. The command gets it as it is written.`;
    return { code: 'yaml.number-as-text', range, message };
  }
  if (!readsOtherwise(node, isNumber, isText)) return undefined;
  const value = pythonString(yaml, node);
  if (value === node.text) return undefined;
  const message = `YAML 1.1 reads \`${node.text}\` as ${typeWords[pythonType(node)]}: the command gets \`${value}\`. Quote it to have it as it is written.`;
  return { code: 'yaml.value-not-as-written', range, message, fix: { fix: 'quote' } };
}

function readsOtherwise({ text, value }: ScalarNode, isNumber: boolean, isText: boolean): boolean {
  switch (value.type) {
    case 'bool':
      return !/^(true|false)$/i.test(text);
    case 'int':
      return /^[-+]?0[\d_]|:/.test(text) || (isText && /[_xb]/i.test(text));
    case 'float':
      return text.includes(':') || (isText && /\.\d*0$/.test(text));
    case 'date':
    case 'datetime':
      return !isNumber;
    case 'str':
    case 'bytes':
      return false;
  }
}
