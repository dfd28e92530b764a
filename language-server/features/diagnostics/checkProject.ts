import type { MlprojectModel } from '../../documents/mlprojectModel';
import type { Field, YamlDocument, YamlNode } from '../../documents/yamlTree';
import { findKey } from '../../knowledge/keys';
import { isFalsy, pythonType, typeWords } from '../../knowledge/pythonTypes';
import type { MlprojectDocument } from '../openDocument';
import { checkDocker } from './checkDocker';
import { checkDuplicates, checkKeys, checkShape, checkTextKeys, duplicatesIn, valueRange } from './checkKeys';
import { checkSparkJob } from './checkSparkJob';
import type { Fault } from './fault';
import type { Surroundings } from './surroundings';

/** All that an MLproject has wrong with it outside of its entry points. */
export function checkProject({ uri, model }: MlprojectDocument, around: Surroundings): readonly Fault[] {
  const named = checkFileName(uri);
  const { yaml, root, fields, entryPointsField } = model;
  if (!root || root.kind === 'null') return [...named, emptyFile(root)];
  const type = pythonType(root);
  if (type !== 'dict') return [...named, wrongRoot(root, type)];
  return [
    ...named,
    ...checkRootDuplicates(model),
    ...checkTextKeys(fields, 'it is none that MLflow knows.'),
    ...checkKeys(fields.filter(isTextKey), 'project', (key) => around.isAllowed([key])),
    ...(around.isSparkJob() ? checkSparkJob(model) : checkEnvironments(model, around)),
    ...checkNamedShape(yaml, entryPointsField, 'entry_points'),
  ];
}

function checkFileName(uri: string): readonly Fault[] {
  const name = decodeURIComponent(/[^/]*$/.exec(uri)?.[0] ?? '');
  if (!/^mlproject\.ya?ml$/i.test(name)) return [];
  const message = `MLflow never reads a file called ${name}: the name is MLproject, without an ending.`;
  return [
    {
      code: 'mlproject.never-read',
      range: { start: 0, end: 0 },
      message,
      fix: { fix: 'rename-file', to: 'MLproject' },
    },
  ];
}

function emptyFile(root: YamlNode | undefined): Fault {
  const range = root?.range ?? { start: 0, end: 0 };
  const message =
    "MLflow cannot read an empty project (AttributeError: 'NoneType' object has no attribute 'keys'). Even `name: …` alone would do.";
  return { code: 'mlproject.empty', range, message, missingIn: range };
}

function wrongRoot(root: YamlNode, type: keyof typeof typeWords): Fault {
  const message = `A project is a mapping of keys to values, but this is ${typeWords[type]}: MLflow cannot read it (AttributeError: '${type}' object has no attribute 'keys').`;
  return { code: 'mlproject.shape', range: root.range, message, missingIn: root.range };
}

function isTextKey({ key }: Field): boolean {
  return key.kind === 'alias' || (key.kind === 'scalar' && key.value.type === 'str');
}

/** Keys that come twice outside of entry points, which look for their own. */
function checkRootDuplicates({ yaml, root, entryPointsField }: MlprojectModel): readonly Fault[] {
  if (root?.kind !== 'mapping') return [];
  const values = root.pairs.map(({ value }) => value);
  const nested = values.flatMap((value) => {
    if (value !== entryPointsField?.written) return checkDuplicates(yaml, value);
    return value.kind === 'mapping' ? duplicatesIn(yaml, value) : [];
  });
  return [...duplicatesIn(yaml, root), ...nested];
}

function checkNamedShape(yaml: YamlDocument, field: Field | undefined, name: string): readonly Fault[] {
  const key = findKey('project', name);
  if (!key || !field) return [];
  return checkShape(yaml, field, key, 'mlproject.shape').map((fault) => ({
    ...fault,
    missingIn: field.range,
  }));
}

function checkEnvironments(model: MlprojectModel, around: Surroundings): readonly Fault[] {
  const counting = model.environments.filter(({ field }) => !field.overridden);
  const [first, ...others] = counting;
  const second = others.find(({ kind }) => kind !== first?.kind);
  return [
    ...(first && second ? [severalEnvironments(first.field, second.field)] : []),
    ...counting.flatMap(({ kind, field }) => {
      if (isFalsy(field.value)) return [emptyEnvironment(model.yaml, field)];
      const shape = checkNamedShape(model.yaml, field, kind);
      if (shape.length > 0) return shape;
      return kind === 'docker_env'
        ? checkDocker(model, around)
        : checkEnvironmentFile(model.yaml, kind, field, around);
    }),
  ];
}

function severalEnvironments(first: Field, second: Field): Fault {
  return {
    code: 'mlproject.several-environments',
    range: second.key.range,
    message: `A project has one environment, but \`${first.name}\` names one already, if only by its key: MLflow rejects the project.`,
    related: [{ range: first.key.range, message: 'The other environment.' }],
    fix: { fix: 'remove-key' },
  };
}

function emptyEnvironment(yaml: YamlDocument, field: Field): Fault {
  const message = `An empty \`${field.name}\` is no environment: MLflow takes python_env.yaml or conda.yaml in the project, else the Python that it runs in.`;
  return {
    code: 'mlproject.empty-environment',
    range: valueRange(yaml, field),
    message,
    missingIn: field.range,
    fix: { fix: 'remove-key' },
  };
}

function checkEnvironmentFile(
  yaml: YamlDocument,
  kind: 'python_env' | 'conda_env',
  field: Field,
  around: Surroundings,
): readonly Fault[] {
  const path = field.value.kind === 'scalar' ? field.value.text : '';
  if (around.fileKind(path) !== 'missing' && !path.includes('\0')) return [];
  const message = `There is no \`${path.slice(0, 200)}\` in the project: MLflow rejects it.`;
  const fix = { fix: 'create-environment-file', path, kind } as const;
  return [{ code: 'mlproject.missing-environment-file', range: valueRange(yaml, field), message, fix }];
}
