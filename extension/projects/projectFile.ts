import { readMlproject } from '../../language-server/documents/mlproject';
import type { Command, MlprojectModel } from '../../language-server/documents/mlprojectModel';
import { pythonString } from '../../language-server/documents/yamlRead';
import { parseYaml } from '../../language-server/documents/yamlText';

/** What an MLproject says, as far as launching it needs. */
export interface ProjectFile {
  readonly entryPoints: readonly ProjectEntryPoint[];
  /** Which keys name an environment, as MLflow counts them. */
  readonly environments: readonly string[];
  /** Why MLflow cannot read it at all, in one sentence. */
  readonly problem?: string | undefined;
}

export interface ProjectEntryPoint {
  readonly name: string;
  /** In the order of the file; only those that count. */
  readonly parameters: readonly ProjectParameter[];
  /** Undefined where the command is missing or no text. */
  readonly command: Command | undefined;
}

export interface ProjectParameter {
  readonly name: string;
  /** As MLflow compares it: only `path` and `uri` mean something to it. */
  readonly type: string;
  /** As MLflow would put it into the command; undefined where a value must be given. */
  readonly default: string | undefined;
}

/** Reads the text of an MLproject; of an empty one there is nothing to launch but scripts. */
export function readProjectFile(text: string): ProjectFile {
  const model = readMlproject(parseYaml(text));
  return {
    entryPoints: model.entryPoints
      .filter(({ field }) => !field.overridden)
      .map(({ name, parameters, command }) => ({
        name,
        command,
        parameters: parameters
          .filter(({ field }) => !field.overridden)
          .map((parameter) => ({
            name: parameter.name,
            type: parameter.type,
            default: parameter.defaultNode && pythonString(model.yaml, parameter.defaultNode),
          })),
      })),
    environments: model.environments.map(({ kind }) => kind),
    problem: findReadProblem(model),
  };
}

function findReadProblem({ yaml, root, environments }: MlprojectModel): string | undefined {
  const [error] = yaml.errors;
  if (error) return `Its MLproject is no YAML that MLflow reads: ${error.message}`;
  if (!root) return 'Its MLproject is empty, which MLflow cannot read.';
  if (root.kind !== 'mapping') return 'Its MLproject holds no keys, which MLflow cannot read.';
  const kinds = new Set(environments.map(({ kind }) => kind));
  if (kinds.size > 1) return `Its MLproject names several environments: ${[...kinds].join(', ')}.`;
  return undefined;
}
