import type { Flavor, MlmodelModel } from '../../../documents/mlmodelModel';
import { textNode } from '../../../documents/mlmodel';
import { fieldsOf, findField } from '../../../documents/yamlRead';
import type { Field, YamlDocument } from '../../../documents/yamlTree';
import { nearestWord } from '../../../knowledge/didYouMean';
import {
  findFlavor,
  flavorCalled,
  flavorOfLoader,
  flavors as knownFlavors,
  flavorsWithoutModels,
} from '../../../knowledge/flavors';
import { pythonType, typeWords } from '../../../knowledge/pythonTypes';
import { valueRange } from '../checkKeys';
import type { Fault } from '../fault';
import { shown } from '../signature/jsonPlace';
import { versionNotText } from './checkModelKeys';

/** What is wrong with the flavors: mostly MLflow dies of that when the model is used. */
export function checkFlavors(model: MlmodelModel): readonly Fault[] {
  const { yaml, root, flavorsField, flavors } = model;
  const counting = flavors.filter(({ field }) => !field.overridden);
  if (counting.length === 0) return [noFlavors(yaml, flavorsField, root?.range ?? { start: 0, end: 0 })];
  return [
    ...counting.flatMap((flavor) => checkName(flavor, counting)),
    ...counting.flatMap((flavor) => checkFlavor(yaml, flavor)),
    ...counting
      .filter(({ name }) => name === 'python_function')
      .flatMap((flavor) => checkPyfunc(yaml, flavor, counting)),
  ];
}

function noFlavors(yaml: YamlDocument, field: Field | undefined, root: Fault['range']): Fault {
  if (!field) {
    const message = 'Without `flavors` nothing can load the model.';
    return {
      code: 'mlmodel.no-flavors',
      range: { start: root.start, end: root.start },
      message,
      missingIn: root,
    };
  }
  const type = pythonType(field.value);
  const shape = type === 'dict' ? 'This one is empty' : `This is ${typeWords[type]}`;
  const message = `\`flavors\` is a mapping of flavors to what they need to load the model. ${shape}, so nothing can load it.`;
  return { code: 'mlmodel.no-flavors', range: valueRange(yaml, field), message, missingIn: field.range };
}

function checkName({ name, field }: Flavor, all: readonly Flavor[]): readonly Fault[] {
  const { range } = field.key;
  if (findFlavor(name) || field.merged) return [];
  const near = flavorCalled(name) ?? nearestWord(name, [...knownFlavors.keys()]);
  if (near !== undefined && !all.some((one) => one.name === near)) {
    const message = `MLflow has no flavor \`${name}\`. Did you mean \`${near}\`?`;
    return [{ code: 'mlmodel.misspelt-flavor', range, message, fix: { fix: 'rename-key', to: near } }];
  }
  const message = flavorsWithoutModels.has(name)
    ? `\`mlflow.${name}\` saves no models: MLflow itself cannot load this flavor.`
    : `MLflow itself has no flavor \`${name}\`: what brought it is needed to load it.`;
  return [{ code: 'mlmodel.unknown-flavor', range, message }];
}

function checkFlavor(yaml: YamlDocument, { name, field, fields }: Flavor): readonly Fault[] {
  const known = findFlavor(name);
  if (!known) return [];
  const type = pythonType(field.value);
  if (type !== 'dict') {
    const message = `What a flavor needs is a mapping, but this is ${typeWords[type]}: MLflow cannot load it.`;
    return [
      { code: 'mlmodel.flavor-shape', range: valueRange(yaml, field), message, missingIn: field.range },
    ];
  }
  const required = known.keys.filter((key) => key.isRequired).map((key) => key.name);
  const loader = findField(fields, 'loader_module');
  const ofLoader = name === 'python_function' && loader ? neededBy(loader, fields) : [];
  return [...required, ...ofLoader]
    .filter((key) => (findField(fields, key)?.value.kind ?? 'null') === 'null')
    .map((key) => ({
      code: 'mlmodel.missing-key' as const,
      range: (findField(fields, key)?.key ?? field.key).range,
      message: `\`${name}\` needs \`${key}\`: MLflow cannot load it without.`,
      missingIn: field.range,
    }));
}

/** What a loader of MLflow's own reads of python_function beside `loader_module`. */
function neededBy({ value }: Field, fields: readonly Field[]): readonly string[] {
  switch (textNode(value)?.text ?? '') {
    case 'mlflow.pyfunc.model':
      return ['python_model'];
    case 'mlflow.pyfunc.loaders.code_model':
      return ['model_code_path'];
    case 'mlflow.sklearn':
      // Before MLflow 1.0 the loader was given the file itself.
      return findField(fields, 'data') ? [] : ['model_path'];
    default:
      return [];
  }
}

function checkPyfunc(yaml: YamlDocument, { fields }: Flavor, all: readonly Flavor[]): readonly Fault[] {
  const version = findField(fields, 'python_version');
  const type = version ? pythonType(version.value) : 'str';
  return [
    ...checkLoader(yaml, findField(fields, 'loader_module'), all),
    ...checkEnv(yaml, findField(fields, 'env')),
    ...checkArtifacts(yaml, fields),
    ...checkPredict(yaml, findField(fields, 'predict_fn')),
    ...(version && type !== 'str' && type !== 'NoneType' ? [pythonNotText(yaml, version)] : []),
  ];
}

function pythonNotText(yaml: YamlDocument, field: Field): Fault {
  const { message, ...fault } = versionNotText(yaml, field);
  return {
    ...fault,
    code: 'mlmodel.python-version',
    message: `${message} MLflow dies of it when it loads the model (AttributeError).`,
  };
}

function checkLoader(yaml: YamlDocument, field: Field | undefined, all: readonly Flavor[]): readonly Fault[] {
  if (!field || field.value.kind === 'null') return [];
  const text = textNode(field.value)?.text;
  if (text === undefined) return [noLoader(yaml, field)];
  const range = valueRange(yaml, field);
  const flavor = flavorOfLoader(text);
  if (flavor !== undefined) {
    if (flavor === 'python_function' || all.some(({ name }) => name === flavor)) return [];
    const message = `\`${text}\` loads the flavor \`${flavor}\`, which is not here.`;
    return [{ code: 'mlmodel.loader', range, message }];
  }
  const near = nearestWord(text, loaders);
  if (near === undefined && !text.startsWith('mlflow.')) return [];
  const question = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  const message = `MLflow 3.17 has no module \`${text}\` that loads models.${question}`;
  const fix = near === undefined ? {} : { fix: { fix: 'replace', to: near } as const };
  return [{ code: 'mlmodel.loader', range, message, ...fix }];
}

const loaders: readonly string[] = [...knownFlavors.values()].flatMap(
  ({ loaderModules }) => loaderModules ?? [],
);

function noLoader(yaml: YamlDocument, field: Field): Fault {
  const message = '`loader_module` is the name of a Python module: MLflow cannot load the model without.';
  return { code: 'mlmodel.missing-key', range: valueRange(yaml, field), message };
}

/** Where the model's own Python class is loaded, each artifact needs a path. */
function checkArtifacts(yaml: YamlDocument, fields: readonly Field[]): readonly Fault[] {
  const artifacts = findField(fields, 'artifacts');
  const loader = findField(fields, 'loader_module');
  if (!artifacts || !loader || !classLoaders.has(textNode(loader.value)?.text ?? '')) return [];
  return fieldsOf(yaml, artifacts.value)
    .filter(({ overridden, value }) => !overridden && !findField(fieldsOf(yaml, value), 'path'))
    .map(({ name, key, range }) => ({
      code: 'mlmodel.missing-key',
      range: key.range,
      message: `The artifact \`${shown(name)}\` needs a \`path\`: MLflow cannot load the model without.`,
      missingIn: range,
    }));
}

const classLoaders: ReadonlySet<string> = new Set([
  'mlflow.pyfunc.model',
  'mlflow.pyfunc.loaders.code_model',
  'mlflow.pyfunc.loaders.chat_model',
  'mlflow.pyfunc.loaders.chat_agent',
  'mlflow.pyfunc.loaders.responses_agent',
]);

/** No Python method has such a name, nor is null the same as no key here; of any other the model alone can tell whether it has it. */
function checkPredict(yaml: YamlDocument, field: Field | undefined): readonly Fault[] {
  if (!field) return [];
  const text = textNode(field.value)?.text;
  if (text !== undefined && /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u.test(text)) return [];
  const written = text === undefined ? 'This' : `\`${shown(text)}\``;
  const message = `${written} is no name of a Python method, so the model has none like this: MLflow cannot load it.`;
  return [{ code: 'mlmodel.predict-function', range: valueRange(yaml, field), message }];
}

/** `env` as a mapping names a file for each way to restore it. */
function checkEnv(yaml: YamlDocument, field: Field | undefined): readonly Fault[] {
  if (!field || field.value.kind === 'null' || textNode(field.value)) return [];
  const type = pythonType(field.value);
  if (type !== 'dict') {
    const message = `\`env\` is a mapping with \`conda\` and \`virtualenv\`, or the path of a conda file, but this is ${typeWords[type]}.`;
    return [{ code: 'mlmodel.value-type', range: valueRange(yaml, field), message }];
  }
  const fields = fieldsOf(yaml, field.value);
  return ['conda', 'virtualenv']
    .filter((name) => !findField(fields, name))
    .map((name) => ({
      code: 'mlmodel.env' as const,
      range: field.key.range,
      message: `\`env\` names no file for \`${name}\`: with \`--env-manager ${name === 'conda' ? 'conda' : 'virtualenv` or `uv'}\` MLflow cannot restore the environment (KeyError).`,
      missingIn: field.range,
    }));
}
