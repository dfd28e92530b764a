import { isMergeKey } from './yamlRead';
import type { ValueNode, YamlError, YamlNode } from './yamlTree';

export interface References {
  readonly anchors: ReadonlyMap<string, ValueNode>;
  readonly errors: readonly YamlError[];
}

/** Walks a document's tree in the order of its text: which anchors there are, and aliases and merges that go wrong. */
export function checkReferences(root: YamlNode): References {
  const anchors = new Map<string, ValueNode>();
  const errors: YamlError[] = [];
  const fault = ({ range }: Pick<YamlError, 'range'>, message: string) => errors.push({ range, message });
  const target = (node: YamlNode) => (node.kind === 'alias' ? anchors.get(node.name) : node);
  const visit = (node: YamlNode): void => {
    if (node.kind === 'alias') {
      if (!anchors.has(node.name)) fault(node, `No anchor &${node.name} stands above this.`);
      return;
    }
    const name = node.anchor?.text.slice(1);
    if (name !== undefined && anchors.has(name))
      fault(node.anchor ?? node, `The anchor &${name} is set twice.`);
    else if (name !== undefined) anchors.set(name, node);
    if (node.kind === 'sequence') for (const item of node.items) visit(item);
    if (isKeySign(node)) fault(node, 'This sign can only be a key: quote it if it is text.');
    if (node.kind === 'mapping') for (const pair of node.pairs) visitPair(pair.key, pair.value);
  };
  const visitPair = (key: YamlNode, value: YamlNode): void => {
    if (!isKeySign(key)) visit(key);
    const keyTarget = target(key);
    if (key.kind === 'alias' && keyTarget && !isHashable(keyTarget))
      fault(key, 'A key must be a single value.');
    visit(value);
    if (isMergeKey(key) && !isMergeable(value, target))
      fault(value, 'Only a mapping, or a list of mappings, can be merged.');
  };
  visit(root);
  return { anchors, errors };
}

/** `<<` or `=`, neither quoted nor tagged. */
function isKeySign(node: YamlNode): boolean {
  return (
    isMergeKey(node) || (node.kind === 'scalar' && node.style === 'plain' && node.text === '=' && !node.tag)
  );
}

function isHashable({ kind }: ValueNode): boolean {
  return kind === 'scalar' || kind === 'null';
}

function isMergeable(value: YamlNode, target: (node: YamlNode) => ValueNode | undefined): boolean {
  const node = target(value);
  // An alias that leads nowhere has its own error.
  if (!node) return true;
  if (node.kind === 'sequence')
    return node.items.every((item) => (target(item)?.kind ?? 'mapping') === 'mapping');
  return node.kind === 'mapping';
}
