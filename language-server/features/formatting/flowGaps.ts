import { startOf } from '../../documents/yamlPlaces';
import type { MappingNode, SequenceNode, YamlNode } from '../../documents/yamlTree';
import type { Edit } from '../textEdits';

/** `{a: 1, b: [2, 3]}`: a space behind commas and colons, and no other. Where a line ends or a comment stands, nothing. */
export function flowGaps(text: string, node: MappingNode | SequenceNode): readonly Edit[] {
  const { start, end } = node.range;
  if (!/[{[]/.test(text.charAt(start))) return [];
  const parts =
    node.kind === 'mapping' ? node.pairs : node.items.map((item) => ({ key: item, value: undefined }));
  const edits: (Edit | undefined)[] = [];
  let at = start + 1;
  for (const [index, { key, value }] of parts.entries()) {
    const first = startOf(key);
    edits.push(gap(text, at, first, index === 0 ? '' : ', '));
    const behind = value ? pairGaps(text, key, value) : [];
    edits.push(...behind, ...nested(text, key), ...(value ? nested(text, value) : []));
    at = Math.max(key.range.end, value?.range.end ?? 0);
  }
  edits.push(gap(text, at, end - 1, ''));
  return edits.filter((edit) => edit !== undefined);
}

function pairGaps(text: string, key: YamlNode, value: YamlNode): readonly (Edit | undefined)[] {
  const start = startOf(value);
  if (value.range.end === start) return [];
  return [gap(text, key.range.end, start, key.kind === 'alias' ? ' : ' : ': ')];
}

function nested(text: string, node: YamlNode): readonly Edit[] {
  return node.kind === 'mapping' || node.kind === 'sequence' ? flowGaps(text, node) : [];
}

/** Undefined where it is so already, or where more than blanks and this one sign stand there. */
function gap(text: string, start: number, end: number, newText: string): Edit | undefined {
  const written = text.slice(start, end);
  const isSame = written.replace(/[ \t]/g, '') === newText.trim();
  return isSame && written !== newText ? { start, end, newText } : undefined;
}
