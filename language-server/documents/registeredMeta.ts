import { fieldsOf, findField, followAlias, pythonString } from './yamlRead';
import { parseYaml } from './yamlText';

/** The file that MLflow writes beside an MLmodel when it downloads the model from a registry. */
export const registeredMetaName = 'registered_model_meta';

export interface RegisteredVersion {
  readonly modelName: string;
  readonly version: string;
}

/** Which version of a registered model such a file says that lies beside it; undefined where it says none. */
export function readRegisteredMeta(text: string): RegisteredVersion | undefined {
  const yaml = parseYaml(text);
  const fields = fieldsOf(yaml, yaml.root && followAlias(yaml, yaml.root));
  const [modelName, version] = ['model_name', 'model_version'].map((name) => {
    const value = findField(fields, name)?.value;
    return value?.kind === 'scalar' ? pythonString(yaml, value) : '';
  });
  return modelName && version ? { modelName, version } : undefined;
}
