import { type CommandTemplate, parseCommandTemplate } from './commandTemplate';
import type {
  Command,
  DockerEnv,
  EntryPoint,
  EnvironmentField,
  EnvironmentKind,
  MlprojectModel,
  Parameter,
  SparkJob,
} from './mlprojectModel';
import { type Anchored, fieldsOf, findField, followAlias, pythonString } from './yamlRead';
import type { Field, PythonValue, ScalarNode, ValueNode, YamlDocument, YamlNode } from './yamlTree';

/** By their keys, which an edit elsewhere leaves the same objects. */
const knownEntryPoints = new WeakMap<YamlNode, EntryPoint>();
/** By their values, which stay the same object even where a scalar has moved. */
const knownTemplates = new WeakMap<PythonValue, CommandTemplate>();

/** Reads an MLproject, whatever its shape. */
export function readMlproject(yaml: YamlDocument): MlprojectModel {
  const root = yaml.root && followAlias(yaml, yaml.root);
  const fields = fieldsOf(yaml, root);
  const entryPointsField = findField(fields, 'entry_points');
  const docker = findField(fields, 'docker_env');
  const spark = findField(fields, 'databricks_spark_job');
  return {
    yaml,
    fields,
    environments: fields.flatMap(readEnvironment),
    entryPoints: fieldsOf(yaml, entryPointsField?.value).map((field) => knownEntryPoint(yaml, field)),
    ...present('root', root),
    ...present('name', findField(fields, 'name')),
    ...present('dockerEnv', docker && readDockerEnv(yaml, docker)),
    ...present('sparkJob', spark && readSparkJob(yaml, spark)),
    ...present('entryPointsField', entryPointsField),
  };
}

function readEnvironment(field: Field): readonly EnvironmentField[] {
  if (!isEnvironment(field.name)) return [];
  const { value } = field;
  const isPath =
    field.name !== 'docker_env' && value.kind === 'scalar' && value.value.type === 'str' && value.text !== '';
  return [{ kind: field.name, field, ...present('path', isPath ? value : undefined) }];
}

function isEnvironment(name: string): name is EnvironmentKind {
  return name === 'docker_env' || name === 'python_env' || name === 'conda_env';
}

function readDockerEnv(yaml: YamlDocument, field: Field): DockerEnv {
  const fields = fieldsOf(yaml, field.value);
  return {
    field,
    fields,
    ...present('image', findField(fields, 'image')),
    ...present('volumes', findField(fields, 'volumes')),
    ...present('environment', findField(fields, 'environment')),
  };
}

function readSparkJob(yaml: YamlDocument, field: Field): SparkJob {
  const fields = fieldsOf(yaml, field.value);
  return {
    field,
    fields,
    ...present('pythonFile', findField(fields, 'python_file')),
    ...present('parameters', findField(fields, 'parameters')),
    ...present('pythonLibraries', findField(fields, 'python_libraries')),
  };
}

/** The entry point as it was read before, unless an anchor may have changed what it says. */
function knownEntryPoint({ anchors }: Anchored, field: Field): EntryPoint {
  if (anchors.size > 0) return new LazyEntryPoint({ anchors }, field);
  const known = knownEntryPoints.get(field.key);
  if (known?.field.overridden === field.overridden) return known;
  const read = new LazyEntryPoint({ anchors }, field);
  knownEntryPoints.set(field.key, read);
  return read;
}

/** An edit moves all that stand behind it, and few are looked at before the next. */
class LazyEntryPoint implements EntryPoint {
  readonly name: string;
  readonly body: ValueNode;
  private read: EntryPointParts | undefined;

  constructor(
    private readonly yaml: Anchored,
    readonly field: Field,
  ) {
    this.name = field.name;
    this.body = field.value;
  }

  get fields(): EntryPoint['fields'] {
    return this.parts.fields;
  }

  get parametersField(): EntryPoint['parametersField'] {
    return this.parts.parametersField;
  }

  get parameters(): EntryPoint['parameters'] {
    return this.parts.parameters;
  }

  get commandField(): EntryPoint['commandField'] {
    return this.parts.commandField;
  }

  get command(): EntryPoint['command'] {
    return this.parts.command;
  }

  private get parts(): EntryPointParts {
    return this.read ?? this.readAnew();
  }

  private readAnew(): EntryPointParts {
    this.read = readParts(this.yaml, this.body);
    lastRead.push(this);
    const forgotten = lastRead.length > mostRead ? lastRead.shift() : undefined;
    if (forgotten) forgotten.read = undefined;
    return this.read;
  }
}

/** Features go through a document's entry points one after another. Their parts are half as large as the tree, and soon read again. */
const lastRead: LazyEntryPoint[] = [];
const mostRead = 4;

type EntryPointParts = Omit<EntryPoint, 'name' | 'field' | 'body'>;

function readParts(yaml: Anchored, body: ValueNode): EntryPointParts {
  const fields = fieldsOf(yaml, body);
  const parametersField = findField(fields, 'parameters');
  const commandField = findField(fields, 'command');
  return {
    fields,
    parametersField,
    parameters: fieldsOf(yaml, parametersField?.value).map((parameter) => readParameter(yaml, parameter)),
    commandField,
    command: commandField && readCommand(commandField.value),
  };
}

function readCommand(node: ValueNode): Command | undefined {
  if (node.kind !== 'scalar' || node.value.type !== 'str') return undefined;
  return { node, text: node.text, template: templateOf(node) };
}

function templateOf({ value, text }: ScalarNode): CommandTemplate {
  const known = knownTemplates.get(value);
  if (known) return known;
  const template = parseCommandTemplate(text);
  knownTemplates.set(value, template);
  return template;
}

function readParameter(yaml: Anchored, field: Field): Parameter {
  const { name, value } = field;
  const fields = fieldsOf(yaml, value);
  const isShorthand = value.kind === 'scalar' && value.value.type === 'str';
  const typeNode = isShorthand ? value : findField(fields, 'type')?.value;
  const defaultField = findField(fields, 'default');
  const defaultNode = defaultField?.value.kind === 'null' ? undefined : defaultField?.value;
  return {
    name,
    field,
    shape: isShorthand ? 'shorthand' : value.kind === 'mapping' ? 'mapping' : 'other',
    fields,
    type: typeNode ? pythonString(yaml, typeNode) : 'string',
    required: defaultNode === undefined,
    ...present('typeNode', typeNode),
    ...present('defaultField', defaultField),
    ...present('defaultNode', defaultNode),
  };
}

/** A property that is there only with a value. */
function present<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}
