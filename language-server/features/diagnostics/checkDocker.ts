import type { DockerEnv, MlprojectModel } from '../../documents/mlprojectModel';
import { itemsOf } from '../../documents/pythonEnv';
import { followAlias } from '../../documents/yamlRead';
import type { Field, SequenceNode, ValueNode, YamlDocument, YamlNode } from '../../documents/yamlTree';
import { findKey } from '../../knowledge/keys';
import { isFalsy, pythonType, typeWords } from '../../knowledge/pythonTypes';
import { checkKeys, checkShape, checkTextKeys, valueRange } from './checkKeys';
import type { Fault } from './fault';
import type { Surroundings } from './surroundings';

/** A `docker_env` that is a mapping with something in it. */
export function checkDocker(
  { yaml, dockerEnv, name, root }: MlprojectModel,
  around: Surroundings,
): readonly Fault[] {
  if (!dockerEnv) return [];
  const { field, fields } = dockerEnv;
  const hasName = name !== undefined && !isFalsy(name.value);
  const nameless: Fault = {
    code: 'mlproject.docker-without-name',
    range: field.key.range,
    message:
      'A project that runs in Docker needs a `name`, which its image is called by: MLflow stops without it.',
    missingIn: root?.range ?? field.range,
    fix: { fix: 'add-name' },
  };
  return [
    ...(hasName ? [] : [nameless]),
    ...checkTextKeys(fields, 'it is none that MLflow knows.'),
    ...checkKeys(fields, 'dockerEnv', (key) => around.isAllowed(['docker_env', key])),
    ...checkImage(yaml, dockerEnv),
    ...checkList(yaml, dockerEnv.volumes, 'volumes', volumeFault),
    ...checkList(yaml, dockerEnv.environment, 'environment', (node, at) => variableFaults(yaml, node, at)),
  ];
}

function checkImage(yaml: YamlDocument, { field, image }: DockerEnv): readonly Fault[] {
  if (!image || isFalsy(image.value)) {
    const message = '`docker_env` needs an `image`: MLflow rejects the project without it.';
    const range = image ? valueRange(yaml, image) : field.key.range;
    return [{ code: 'mlproject.docker-without-image', range, message, missingIn: field.range }];
  }
  const type = pythonType(image.value);
  if (type === 'str') return [];
  const message = `An image is text, but YAML reads this as ${typeWords[type]}, of which Docker knows nothing.`;
  return [
    {
      code: 'mlproject.docker-image-not-text',
      range: valueRange(yaml, image),
      message,
      fix: { fix: 'quote' },
    },
  ];
}

function checkList(
  yaml: YamlDocument,
  field: Field | undefined,
  name: string,
  check: (node: ValueNode, written: YamlNode) => readonly Fault[],
): readonly Fault[] {
  const key = findKey('dockerEnv', name);
  if (!field || !key?.shape) return [];
  // Python goes through what is not null, and dies of what cannot be gone through even where it counts as nothing.
  const emptyIsAbsent = !['int', 'float', 'bool'].includes(pythonType(field.value));
  const shape = checkShape(
    yaml,
    field,
    { ...key, shape: { ...key.shape, emptyIsAbsent } },
    'mlproject.shape',
  );
  if (shape.length > 0 || field.value.kind !== 'sequence') return shape;
  return field.value.items.flatMap((written) => {
    const node = followAlias(yaml, written);
    return node ? check(node, written) : [];
  });
}

function volumeFault(node: ValueNode, { range }: YamlNode): readonly Fault[] {
  const type = pythonType(node);
  if (type === 'str') return [];
  const message = `A volume is text, such as \`/host:/container\`, but this is ${typeWords[type]}: MLflow rejects the project.`;
  return [
    {
      code: 'mlproject.docker-volume',
      range,
      message,
      ...(node.kind === 'scalar' && { fix: { fix: 'quote' } }),
    },
  ];
}

function variableFaults(yaml: YamlDocument, node: ValueNode, { range }: YamlNode): readonly Fault[] {
  if (node.kind === 'sequence') return pairFaults(yaml, node, range);
  const code = 'mlproject.docker-variable';
  const type = pythonType(node);
  if (node.kind !== 'scalar' || type !== 'str') {
    const message = `A variable is a name to copy from this machine, or a pair \`[NAME, value]\`, but this is ${typeWords[type]}: MLflow rejects the project.`;
    return [{ code, range, message }];
  }
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(node.text) ?? [];
  if (name === undefined || value === undefined) return emptyName(node.text, range);
  const to = `[${JSON.stringify(name)}, ${JSON.stringify(value)}]`;
  const message = `MLflow looks for a variable of this machine that is called \`${node.text}\`, which there cannot be, and stops. To set one, write \`${to}\`.`;
  return [{ code, range, message, fix: { fix: 'replace', to } }];
}

function emptyName(text: string, range: Fault['range']): readonly Fault[] {
  if (text !== '' && !text.startsWith('=') && !text.includes('\0')) return [];
  return [
    {
      code: 'mlproject.docker-variable',
      range,
      message: 'No variable of this machine has this name: MLflow stops in the run.',
    },
  ];
}

function pairFaults(yaml: YamlDocument, node: SequenceNode, range: Fault['range']): readonly Fault[] {
  const { length } = node.items;
  if (length < 2) {
    const message =
      'A pair is `[NAME, value]`: MLflow dies of one that is shorter (IndexError). A name alone, without brackets, is copied from this machine.';
    return [{ code: 'mlproject.docker-variable', range, message }];
  }
  const [name] = itemsOf(yaml, node);
  if (name?.kind === 'mapping' || name?.kind === 'sequence') {
    const message = "A variable's name is text: MLflow dies of this in the run (TypeError).";
    return [{ code: 'mlproject.docker-variable', range: node.items[0]?.range ?? range, message }];
  }
  const third = node.items[2]?.range;
  if (!third) return [];
  const message = 'A pair is `[NAME, value]`: MLflow ignores what follows.';
  return [
    {
      code: 'mlproject.docker-variable-extra',
      range: { start: third.start, end: node.items.at(-1)?.range.end ?? third.end },
      message,
    },
  ];
}
