import { specsOf, textNode } from '../documents/mlmodel';
import type { Flavor, MlmodelModel } from '../documents/mlmodelModel';
import { fieldsOf, findField } from '../documents/yamlRead';
import type { Field, ScalarNode, YamlDocument } from '../documents/yamlTree';
import { modelKeysAt } from '../knowledge/mlmodelKeys';
import type { NamedFile } from './namedFiles';

/** A file or folder that an MLmodel names, relative to its own folder. */
export interface ModelFile extends NamedFile {
  readonly role: 'modelFile';
  /** `sklearn.pickled_model`, `python_function.env.conda`, `saved_input_example_info.artifact_path`. */
  readonly keyPath: string;
}

/** All files that an MLmodel names, in file order. */
export function namedModelFiles(model: MlmodelModel): readonly ModelFile[] {
  const { yaml, flavors, inputExample } = model;
  const counting = flavors.filter(({ field }) => !field.overridden);
  const example = inputExample?.fields ?? [];
  return [
    ...counting.flatMap((flavor) => filesOfFlavor(yaml, flavor)),
    ...filesOf(example, ['artifact_path', 'serving_input_path'], 'saved_input_example_info'),
  ];
}

/** The path of the input example, if it is a table with named columns that the signature's can be compared with. */
export function tableExample(model: MlmodelModel): string | undefined {
  const textOf = (name: string) => {
    const field = findField(model.inputExample?.fields ?? [], name);
    return field && textNode(field.value)?.text;
  };
  const specs = specsOf(model, 'inputs');
  const isTable =
    specs.length > 0 && specs.every(({ name, type }) => name !== undefined && type.kind !== 'tensor');
  const isSplit = textOf('type') === 'dataframe' && (textOf('pandas_orient') ?? 'split') === 'split';
  return isTable && isSplit ? model.inputExample?.path?.text : undefined;
}

function filesOfFlavor(yaml: YamlDocument, { name, fields }: Flavor): readonly ModelFile[] {
  const known = modelKeysAt(['flavors', name]);
  const paths = known.filter(({ type }) => type === 'path').map((key) => key.name);
  const named = filesOf(fields, paths, name);
  return name === 'python_function' ? [...named, ...filesOfPyfunc(yaml, fields)] : named;
}

function filesOfPyfunc(yaml: YamlDocument, fields: readonly Field[]): readonly ModelFile[] {
  const env = findField(fields, 'env');
  const artifacts = fieldsOf(yaml, findField(fields, 'artifacts')?.value);
  const counting = artifacts.filter(({ overridden }) => !overridden);
  return [
    ...filesOf(fields, ['env'], 'python_function'),
    ...filesOf(fieldsOf(yaml, env?.value), ['conda', 'virtualenv'], 'python_function.env'),
    ...counting.flatMap(({ name, value }) =>
      filesOf(fieldsOf(yaml, value), ['path'], `python_function.artifacts.${name}`),
    ),
  ];
}

function filesOf(fields: readonly Field[], keys: readonly string[], place: string): readonly ModelFile[] {
  return [...new Set(keys)].flatMap((key) => {
    const field = findField(fields, key);
    const node = field && textNode(field.value);
    return node ? [fileOf(node, key, `${place}.${key}`)] : [];
  });
}

/** Of the path of a model's code only the name counts: it was a path where the model was logged. */
function fileOf(node: ScalarNode, key: string, keyPath: string): ModelFile {
  const { text } = node;
  const start = key === 'model_code_path' ? (/[^/\\]*[/\\]*$/.exec(text)?.index ?? 0) : 0;
  const path = text.slice(start);
  return { role: 'modelFile', path, node, decoded: { start, end: text.length }, isPython: false, keyPath };
}
