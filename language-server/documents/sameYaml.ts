import type { YamlDocument, YamlNode } from './yamlTree';

/** Whether two texts say the same, with the same anchors, tags and comments, however they are laid out. */
export function saysTheSame(a: YamlDocument, b: YamlDocument): boolean {
  return isSameNode(a.root, b.root) && commentsOf(a) === commentsOf(b) && a.errors.length === b.errors.length;
}

function commentsOf({ text, comments }: YamlDocument): string {
  return comments.map(({ start, end }) => text.slice(start, end).trimEnd()).join('\n');
}

function isSameNode(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.anchor?.text !== b.anchor?.text || a.tag?.text !== b.tag?.text) return false;
  switch (a.kind) {
    case 'scalar':
      return b.kind === 'scalar' && a.style === b.style && a.text === b.text;
    case 'null':
      return b.kind === 'null';
    case 'alias':
      return b.kind === 'alias' && a.name === b.name;
    case 'sequence':
      return b.kind === 'sequence' && isSameList(a.items, b.items);
    case 'mapping':
      return b.kind === 'mapping' && isSameList(partsOf(a), partsOf(b));
  }
}

function partsOf({ pairs }: Extract<YamlNode, { kind: 'mapping' }>): readonly YamlNode[] {
  return pairs.flatMap(({ key, value }) => [key, value]);
}

function isSameList(a: readonly YamlNode[], b: readonly YamlNode[]): boolean {
  return a.length === b.length && a.every((node, index) => isSameNode(node, b[index]));
}
