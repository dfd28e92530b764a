import { readMlproject } from '../../language-server/documents/mlproject';
import type { Command, EntryPoint, MlprojectModel } from '../../language-server/documents/mlprojectModel';
import { pythonString } from '../../language-server/documents/yamlRead';
import { parseLongYaml } from '../../language-server/documents/yamlText';
import type { YamlDocument } from '../../language-server/documents/yamlTree';
import { Pace } from '../histories/pace';

/** What an MLproject says, as far as launching it needs. */
export interface ProjectFile {
  readonly entryPoints: readonly ProjectEntryPoint[];
  /** Which keys name an environment, as MLflow counts them. */
  readonly environments: readonly string[];
  /** What it says behind `name:`; undefined where MLflow finds no name there. */
  readonly name?: string | undefined;
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

/**
 * Reads the text of an MLproject; of an empty one there is nothing to launch but scripts. Others get their turn meanwhile: a
 * thousand entry points take longer than an extension may hold its host.
 */
export async function readProjectFile(text: string): Promise<ProjectFile> {
  const pace = new Pace();
  const model = readMlproject(await parseLongYaml(text, () => pace.rest()));
  const entryPoints: ProjectEntryPoint[] = [];
  for (const one of model.entryPoints) {
    if (!one.field.overridden) entryPoints.push(readEntryPoint(one, model.yaml));
    await pace.rest();
  }
  const environments = model.environments.map(({ kind }) => kind);
  return { entryPoints, environments, name: readName(model), problem: findReadProblem(model) };
}

function readEntryPoint({ name, command, parameters }: EntryPoint, yaml: YamlDocument): ProjectEntryPoint {
  return {
    name,
    command,
    parameters: parameters
      .filter(({ field }) => !field.overridden)
      .map(({ name, type, defaultNode }) => ({
        name,
        type,
        default: defaultNode && pythonString(yaml, defaultNode),
      })),
  };
}

function readName({ yaml, name }: MlprojectModel): string | undefined {
  const text = name && pythonString(yaml, name.value);
  return text === undefined || ['', 'None'].includes(text) ? undefined : text;
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
