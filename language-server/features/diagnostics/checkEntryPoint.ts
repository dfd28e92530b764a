import type { EntryPoint } from '../../documents/mlprojectModel';
import type { YamlDocument } from '../../documents/yamlTree';
import { findKey } from '../../knowledge/keys';
import { pythonType, typeWords } from '../../knowledge/pythonTypes';
import { checkCalls } from './checkCalls';
import { checkCommand } from './checkCommand';
import {
  checkDuplicates,
  checkKeys,
  checkShape,
  checkTextKeys,
  isWrittenOtherwise,
  valueRange,
} from './checkKeys';
import { checkParameter } from './checkParameter';
import type { Fault } from './fault';
import type { Surroundings } from './surroundings';

/** All that an entry point, which no later one of its name replaces, has wrong with it. */
export function checkEntryPoint(
  yaml: YamlDocument,
  entryPoint: EntryPoint,
  around: Surroundings,
): readonly Fault[] {
  const { name, field, fields } = entryPoint;
  const unreachable = isWrittenOtherwise(field) ? [unreachableName(entryPoint)] : [];
  if (pythonType(field.value) !== 'dict') return [...unreachable, wrongShape(yaml, entryPoint)];
  return [
    ...unreachable,
    ...checkDuplicates(yaml, field.written),
    ...checkKeys(fields, 'entryPoint', (key) => around.isAllowed(['entry_points', name, key])),
    ...checkParameters(yaml, entryPoint, around),
    ...checkWork(yaml, entryPoint, around),
  ];
}

function unreachableName({ name, field }: EntryPoint): Fault {
  const message = `YAML 1.1 reads this name as something else than text (\`${name}\`), so \`mlflow run -e\` never finds it. Quote it.`;
  return {
    code: 'mlproject.unreachable-entry-point',
    range: field.key.range,
    message,
    fix: { fix: 'quote' },
  };
}

function wrongShape(yaml: YamlDocument, { name, field }: EntryPoint): Fault {
  const type = pythonType(field.value);
  const what = type === 'str' ? ' A command is written `command: …`, a line below and further in.' : '';
  return {
    code: 'mlproject.entry-point-shape',
    range: valueRange(yaml, field),
    message: `An entry point is a mapping with a \`command\`, but this is ${typeWords[type]}: MLflow cannot read the project (AttributeError: '${type}' object has no attribute 'get').${what}`,
    missingIn: field.range,
    ...(type === 'NoneType' && { fix: { fix: 'add-command', entryPoint: name } as const }),
  };
}

function checkParameters(yaml: YamlDocument, entryPoint: EntryPoint, around: Surroundings): readonly Fault[] {
  const { parametersField: field, parameters } = entryPoint;
  const key = findKey('entryPoint', 'parameters');
  const shape = key ? checkShape(yaml, field, key, 'mlproject.shape') : [];
  if (field && shape.length > 0) {
    const isEmpty = field.value.kind === 'null';
    return shape.map((fault) => ({
      ...fault,
      missingIn: field.range,
      ...(isEmpty && { fix: { fix: 'remove-key' } as const }),
    }));
  }
  const counting = parameters.filter((one) => !one.field.overridden);
  return [
    ...checkTextKeys(
      counting.map((one) => one.field),
      'no placeholder of that name finds it.',
    ),
    ...counting.flatMap((parameter) => checkParameter(yaml, entryPoint, parameter, around)),
  ];
}

/** The command, and what it runs. */
function checkWork(yaml: YamlDocument, entryPoint: EntryPoint, around: Surroundings): readonly Fault[] {
  const { command, commandField } = entryPoint;
  if (!command || !commandField) return [withoutCommand(yaml, entryPoint)];
  if (command.text.trim() === '') {
    const range = valueRange(yaml, commandField);
    return [{ code: 'mlproject.empty-command', range, message: 'This command does nothing.' }];
  }
  return [
    ...checkCommand(entryPoint, command),
    ...checkCalls(yaml, entryPoint, command, around),
    ...sparkCommand(yaml, entryPoint, around),
  ];
}

function withoutCommand(yaml: YamlDocument, { name, field, commandField }: EntryPoint): Fault {
  const code = 'mlproject.without-command';
  const fix = { fix: 'add-command', entryPoint: name } as const;
  const type = commandField ? pythonType(commandField.value) : 'NoneType';
  const death = `MLflow dies of it in the run (AttributeError: '${type}' object has no attribute 'format').`;
  if (!commandField) {
    const message = `The entry point \`${name}\` has no \`command\`: ${death}`;
    return { code, range: field.key.range, message, fix, missingIn: field.range };
  }
  const range = valueRange(yaml, commandField);
  if (type === 'NoneType')
    return { code, range, message: `\`command\` is empty: ${death}`, fix, missingIn: field.range };
  const message = `\`command\` must be text, but this is ${typeWords[type]}: ${death} Quote it.`;
  return { code, range, message, fix: { fix: 'quote' } };
}

/** Databricks runs nothing but `python`. */
function sparkCommand(
  yaml: YamlDocument,
  { command, commandField }: EntryPoint,
  around: Surroundings,
): readonly Fault[] {
  const first = command?.text.split(' ')[0] ?? '';
  if (!commandField || first === 'python' || /[{}]/.test(first) || !around.isSparkJob()) return [];
  const message =
    "A Databricks Spark job's command begins with `python` and a space: MLflow rejects any other.";
  return [{ code: 'mlproject.spark-command', range: valueRange(yaml, commandField), message }];
}
