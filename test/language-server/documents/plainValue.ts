import { fieldsOf, followAlias, pythonString } from '../../../language-server/documents/yamlRead';
import type { YamlDocument, YamlNode } from '../../../language-server/documents/yamlTree';

/** A node in the form in which safeLoad.py writes Python's values. */
export function plainValue(yaml: YamlDocument, node: YamlNode | undefined): unknown {
  const target = node && followAlias(yaml, node);
  if (!target || target.kind === 'null') return null;
  if (target.kind === 'sequence') return target.items.map((item) => plainValue(yaml, item));
  if (target.kind === 'mapping') {
    const own = fieldsOf(yaml, target).filter(({ overridden }) => !overridden);
    return { map: own.map(({ key, value }) => [plainValue(yaml, key), plainValue(yaml, value)]) };
  }
  if (target.value.type === 'str') return target.value.value;
  return { [target.value.type]: pythonString(yaml, target) };
}

/** Python keeps a key where it first came, and merged keys first: the order of keys is not compared. */
export function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object' || !('map' in value) || !Array.isArray(value.map))
    return value;
  return { map: value.map.map((pair) => JSON.stringify(ordered(pair))).sort() };
}
