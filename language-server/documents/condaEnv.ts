import { itemsOf, readPipList } from './pythonEnv';
import { readCondaRequirement, type Requirement } from './requirement';
import { fieldsOf, findField, followAlias } from './yamlRead';
import type { Field, ValueNode, YamlDocument } from './yamlTree';

/** A conda.yaml. Wrong shapes stay as their fields. */
export interface CondaEnvModel {
  readonly yaml: YamlDocument;
  readonly root?: ValueNode;
  readonly fields: readonly Field[];
  readonly name?: Field;
  readonly channels?: Field;
  readonly dependenciesField?: Field;
  /** Empty unless `dependencies` is a list. */
  readonly dependencies: readonly CondaDependency[];
  /** The `python` among the dependencies, as conda reads it: the last. */
  readonly python?: Requirement;
}

export type CondaDependency =
  | { readonly kind: 'package'; readonly requirement: Requirement }
  /** `- pip: […]`; several keys in one item stay visible in `fields`. */
  | {
      readonly kind: 'pip';
      readonly fields: readonly Field[];
      readonly pip: Field;
      readonly requirements: readonly Requirement[];
    }
  | { readonly kind: 'other'; readonly node: ValueNode };

/** Reads a conda.yaml, whatever its shape. */
export function readCondaEnv(yaml: YamlDocument): CondaEnvModel {
  const root = yaml.root && followAlias(yaml, yaml.root);
  const fields = fieldsOf(yaml, root);
  const [name, channels] = [findField(fields, 'name'), findField(fields, 'channels')];
  const dependenciesField = findField(fields, 'dependencies');
  const items = dependenciesField ? itemsOf(yaml, dependenciesField.value) : [];
  const dependencies = items.map((item) => readDependency(yaml, item));
  const python = dependencies.findLast((one) => one.kind === 'package' && one.requirement.name === 'python');
  return {
    yaml,
    fields,
    dependencies,
    ...(root ? { root } : {}),
    ...(name ? { name } : {}),
    ...(channels ? { channels } : {}),
    ...(dependenciesField ? { dependenciesField } : {}),
    ...(python?.kind === 'package' ? { python: python.requirement } : {}),
  };
}

function readDependency(yaml: YamlDocument, node: ValueNode): CondaDependency {
  if (node.kind === 'scalar' && node.value.type === 'str')
    return { kind: 'package', requirement: readCondaRequirement(node) };
  const fields = fieldsOf(yaml, node);
  const pip = findField(fields, 'pip');
  if (!pip) return { kind: 'other', node };
  return { kind: 'pip', fields, pip, requirements: readPipList(itemsOf(yaml, pip.value)) };
}
