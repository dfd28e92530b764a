import { fieldsOf, findField, followAlias, pythonString } from '../../language-server/documents/yamlRead';
import type { Field, ValueNode, YamlDocument } from '../../language-server/documents/yamlTree';
import type { Entry } from '../../webviews/protocol/runSummary';
import { boundText } from '../ui/boundText';

const mostEntries = 2000;
const deepest = 20;

/** Fields as rows, mappings within them by dotted keys: `env.conda`. Null says nothing and is left out. */
export function listEntries(yaml: YamlDocument, fields: readonly Field[]): readonly Entry[] {
  const entries: Entry[] = [];
  const visit = (some: readonly Field[], above: string, depth: number): void => {
    for (const { name, value, overridden } of some) {
      if (overridden || value.kind === 'null' || entries.length >= mostEntries) continue;
      const key = boundText(above + name);
      const inner = value.kind === 'mapping' && depth < deepest ? fieldsOf(yaml, value) : [];
      if (inner.length > 0) visit(inner, `${key}.`, depth + 1);
      else entries.push({ key, value: boundText(pythonString(yaml, value)) });
    }
  };
  visit(fields, '', 0);
  return entries;
}

/** The fields of a mapping under a key; none of anything else. */
export function innerFields(yaml: YamlDocument, fields: readonly Field[], name: string): readonly Field[] {
  return fieldsOf(yaml, findField(fields, name)?.value);
}

/** The texts of a list under a key. */
export function listTexts(yaml: YamlDocument, fields: readonly Field[], name: string): readonly string[] {
  return listItems(yaml, findField(fields, name)?.value).map((item) => boundText(pythonString(yaml, item)));
}

/** The items of a list, with aliases followed. */
export function listItems(yaml: YamlDocument, node: ValueNode | undefined): readonly ValueNode[] {
  if (node?.kind !== 'sequence') return [];
  return node.items.slice(0, mostEntries).flatMap((item) => followAlias(yaml, item) ?? []);
}
