import type { CommandTemplate } from './commandTemplate';
import type { Field, ScalarNode, ValueNode, YamlDocument } from './yamlTree';

/** An MLproject with ranges. Any wrong shape stays in it as the node that was written, so that diagnostics can name it. */
export interface MlprojectModel {
  readonly yaml: YamlDocument;
  /** With aliases followed; absent for an empty file. Only a mapping has fields. */
  readonly root?: ValueNode;
  /** All top-level keys: known, unknown, overridden and merged ones. */
  readonly fields: readonly Field[];
  readonly name?: Field;
  /** Every key that names an environment, null values and overridden ones too: MLflow counts keys. In file order. */
  readonly environments: readonly EnvironmentField[];
  readonly dockerEnv?: DockerEnv;
  readonly sparkJob?: SparkJob;
  /** The `entry_points` that counts, whatever its value's shape. */
  readonly entryPointsField?: Field;
  /** In file order; overridden and merged ones too (see field.overridden). */
  readonly entryPoints: readonly EntryPoint[];
}

export type EnvironmentKind = 'docker_env' | 'python_env' | 'conda_env';

export interface EnvironmentField {
  readonly kind: EnvironmentKind;
  readonly field: Field;
  /** The file that python_env and conda_env name, if it is a non-empty string. */
  readonly path?: ScalarNode;
}

export interface DockerEnv {
  readonly field: Field;
  /** Empty if the value is no mapping. */
  readonly fields: readonly Field[];
  readonly image?: Field;
  readonly volumes?: Field;
  readonly environment?: Field;
}

export interface SparkJob {
  readonly field: Field;
  readonly fields: readonly Field[];
  readonly pythonFile?: Field;
  readonly parameters?: Field;
  readonly pythonLibraries?: Field;
}

/** What lies in it is read when it is first asked for. */
export interface EntryPoint {
  readonly name: string;
  readonly field: Field;
  /** What stands after the name: a mapping if all is well. */
  readonly body: ValueNode;
  readonly fields: readonly Field[];
  /** `parameters` whatever its shape; `parameters` below is empty unless it is a mapping. */
  readonly parametersField: Field | undefined;
  readonly parameters: readonly Parameter[];
  readonly commandField: Field | undefined;
  /** Only if the command is a string. */
  readonly command: Command | undefined;
}

export interface Parameter {
  readonly name: string;
  readonly field: Field;
  /** A string is a type, a mapping has keys, anything else MLflow dies of at load. */
  readonly shape: 'shorthand' | 'mapping' | 'other';
  readonly fields: readonly Field[];
  /** The type's node: the shorthand itself, or the value of `type`. */
  readonly typeNode?: ValueNode;
  /** The type as MLflow compares it: str() of typeNode, "string" where there is none. */
  readonly type: string;
  readonly defaultField?: Field;
  /** The default's node unless it is null, which is no default. */
  readonly defaultNode?: ValueNode;
  /** No default, so a run must be given a value. */
  readonly required: boolean;
}

export interface Command {
  readonly node: ScalarNode;
  /** The decoded text that Python formats. Ranges in `template` are offsets into this; sourceRange maps them. */
  readonly text: string;
  readonly template: CommandTemplate;
}
