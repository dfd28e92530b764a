import type { DependencyList, PythonEnvModel } from '../../documents/pythonEnv';
import type { Field } from '../../documents/yamlTree';
import { didYouMean, nearestKey } from '../../knowledge/didYouMean';
import { findKey, keysOf } from '../../knowledge/keys';
import { pythonType, typeWords } from '../../knowledge/pythonTypes';
import { checkDuplicates, checkShape, valueRange } from './checkKeys';
import type { Fault } from './fault';
import { checkRequirements } from './checkRequirements';

/** All that a python_env.yaml has wrong with it. MLflow reads it when a run makes the environment. */
export function checkPythonEnv(model: PythonEnvModel): readonly Fault[] {
  const { yaml, root, fields, python, buildDependencies, dependencies } = model;
  if (!root || root.kind === 'null') return [emptyFile(root?.range)];
  const type = pythonType(root);
  if (type !== 'dict') {
    const message = `A python_env.yaml is a mapping of keys to values, but this is ${typeWords[type]}: MLflow dies of it in the run (TypeError).`;
    return [{ code: 'python-env.shape', range: root.range, message, missingIn: root.range }];
  }
  const lists = [buildDependencies, dependencies].filter((list) => list !== undefined);
  return [
    ...checkDuplicates(yaml, root),
    ...fields.filter((field) => !field.overridden && !isKnown(field)).map(unknownKey),
    ...[python, ...lists.map(({ field }) => field)].flatMap((field) => checkField(model, field)),
    ...(python ? checkVersion(model, python) : []),
    ...lists.flatMap((list) => checkItems(list)),
    ...lists.flatMap(({ requirements }) => checkRequirements(requirements, 'python-env.requirement')),
  ];
}

function emptyFile(range = { start: 0, end: 0 }): Fault {
  const message =
    'MLflow dies of an empty python_env.yaml in the run (TypeError). Even `python: "3.11"` alone would do.';
  return { code: 'python-env.empty', range, message, missingIn: range };
}

function isKnown({ name, key }: Field): boolean {
  return (
    findKey('pythonEnv', name) !== undefined &&
    (key.kind === 'alias' || (key.kind === 'scalar' && key.value.type === 'str'))
  );
}

function unknownKey({ name, key }: Field): Fault {
  const near = nearestKey(name, keysOf.pythonEnv);
  return {
    code: 'python-env.unknown-key',
    range: key.range,
    message: `MLflow dies of any key but \`python\`, \`build_dependencies\` and \`dependencies\` (TypeError).${didYouMean(near)}`,
    fix: near === undefined ? { fix: 'remove-key' } : { fix: 'rename-key', to: near },
  };
}

function checkField({ yaml }: PythonEnvModel, field: Field | undefined): readonly Fault[] {
  const key = field && findKey('pythonEnv', field.name);
  if (!field || !key) return [];
  const isVersion = field.name === 'python' && field.value.kind === 'scalar';
  return checkShape(yaml, field, key, 'python-env.shape').map((fault) => ({
    ...fault,
    ...(isVersion && { fix: { fix: 'quote' } as const }),
  }));
}

function checkVersion({ yaml }: PythonEnvModel, field: Field): readonly Fault[] {
  const { value } = field;
  if (value.kind !== 'scalar' || value.value.type !== 'str' || /^\s*\d+(\.\d+){0,2}\s*$/.test(value.text))
    return [];
  const message = `\`${value.text.slice(0, 100)}\` is no version that pyenv or uv is asked for in MLflow's words: write "3.11" or "3.11.7".`;
  return [{ code: 'python-env.version', range: valueRange(yaml, field), message }];
}

function checkItems({ items, field }: DependencyList): readonly Fault[] {
  const wrong = items.filter((item) => pythonType(item) !== 'str');
  return wrong.map((item) => ({
    code: 'python-env.item',
    range: item.range.end > item.range.start ? item.range : field.key.range,
    message: `A requirement is text, as in a requirements file, but this is ${typeWords[pythonType(item)]}: MLflow dies of it when it makes the environment.`,
  }));
}
