import { readPipRequirement, type Requirement } from './requirement';
import { fieldsOf, findField, followAlias } from './yamlRead';
import type { Field, ValueNode, YamlDocument } from './yamlTree';

/** A python_env.yaml. Wrong shapes stay as their fields. */
export interface PythonEnvModel {
  readonly yaml: YamlDocument;
  readonly root?: ValueNode;
  /** All keys, unknown and overridden ones too. */
  readonly fields: readonly Field[];
  readonly python?: Field;
  readonly buildDependencies?: DependencyList;
  readonly dependencies?: DependencyList;
}

export interface DependencyList {
  readonly field: Field;
  /** All items with aliases followed; none if the value is no list. */
  readonly items: readonly ValueNode[];
  /** The items that are scalars. */
  readonly requirements: readonly Requirement[];
}

/** Reads a python_env.yaml, whatever its shape. */
export function readPythonEnv(yaml: YamlDocument): PythonEnvModel {
  const root = yaml.root && followAlias(yaml, yaml.root);
  const fields = fieldsOf(yaml, root);
  const python = findField(fields, 'python');
  const build = findField(fields, 'build_dependencies');
  const dependencies = findField(fields, 'dependencies');
  return {
    yaml,
    fields,
    ...(root ? { root } : {}),
    ...(python ? { python } : {}),
    ...(build ? { buildDependencies: readDependencyList(yaml, build) } : {}),
    ...(dependencies ? { dependencies: readDependencyList(yaml, dependencies) } : {}),
  };
}

function readDependencyList(yaml: YamlDocument, field: Field): DependencyList {
  const items = itemsOf(yaml, field.value);
  return { field, items, requirements: readPipList(items) };
}

/** A list's items with aliases followed; none of any other node. */
export function itemsOf(yaml: YamlDocument, node: ValueNode): readonly ValueNode[] {
  if (node.kind !== 'sequence') return [];
  return node.items.map((item) => followAlias(yaml, item)).filter((item) => item !== undefined);
}

/** The requirements among the items of a list for pip. */
export function readPipList(items: readonly ValueNode[]): readonly Requirement[] {
  return items.filter((item) => item.kind === 'scalar').map(readPipRequirement);
}
