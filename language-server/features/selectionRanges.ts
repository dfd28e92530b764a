import type { SelectionRange } from 'vscode-languageserver-types';
import { templateFields } from '../documents/commandTemplate';
import { jsonRangesAt } from '../documents/jsonNodes';
import type { MlmodelModel } from '../documents/mlmodelModel';
import type { MlprojectModel } from '../documents/mlprojectModel';
import { splitShellWords } from '../documents/shellWords';
import { type TextRange, touches } from '../documents/textRange';
import { decodedOffset, sourceRange } from '../documents/yamlRead';
import type { YamlNode } from '../documents/yamlTree';
import { type OpenDocument, toRange } from './openDocument';

/** What the selection grows to from an offset, the smallest first: name, placeholder, word, value, pair, mapping, and so on. */
export function growSelection(document: OpenDocument, offset: number): SelectionRange {
  const { root } = document.model.yaml;
  const around = [{ start: 0, end: document.text.length }, ...(root ? rangesAt(root, offset) : [])];
  const inside = [...around, ...rangesInText(document, offset)].filter((one) => touches(one, offset));
  let selection: SelectionRange | undefined;
  let outer: TextRange | undefined;
  for (const range of inside.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (outer && (range.end > outer.end || (range.start === outer.start && range.end === outer.end)))
      continue;
    selection = { range: toRange(document, range), ...(selection && { parent: selection }) };
    outer = range;
  }
  return selection ?? { range: toRange(document, { start: offset, end: offset }) };
}

/** Ranges of nodes and pairs around an offset, the outermost first. */
function rangesAt(node: YamlNode, offset: number): readonly TextRange[] {
  if (!touches(node.range, offset)) return [];
  if (node.kind === 'mapping') {
    const pair = node.pairs.find(({ range }) => touches(range, offset));
    const inner = pair ? [pair.key, pair.value].flatMap((one) => rangesAt(one, offset)) : [];
    return [node.range, ...(pair ? [pair.range] : []), ...inner];
  }
  if (node.kind !== 'sequence') return [node.range];
  const item = node.items.find(({ range }) => touches(range, offset));
  return [node.range, ...(item ? rangesAt(item, offset) : [])];
}

function rangesInText(document: OpenDocument, offset: number): readonly TextRange[] {
  if (document.kind === 'mlproject') return rangesInCommand(document.model, offset);
  return document.kind === 'mlmodel' ? rangesInSignature(document.model, offset) : [];
}

/** In the JSON of a signature: a name or value, its member, its object, and so on. */
function rangesInSignature({ signature }: MlmodelModel, offset: number): readonly TextRange[] {
  const part = signature?.parts.find(({ node }) => node && touches(node.range, offset));
  const at = part?.node && decodedOffset(part.node, offset);
  if (!part?.node || at === undefined) return [];
  const { node } = part;
  return jsonRangesAt(part.json?.root, at).map((range) => sourceRange(node, range));
}

/** The shell's word and the placeholder in a command. */
function rangesInCommand({ entryPoints }: MlprojectModel, offset: number): readonly TextRange[] {
  const command = entryPoints.find((one) => one.command && touches(one.command.node.range, offset))?.command;
  if (!command) return [];
  const words = splitShellWords(command.text).filter(({ kind }) => kind === 'word');
  const fields = templateFields(command.template).flatMap(({ range, nameRange }) => [range, nameRange]);
  return [...words, ...fields].map((one) => sourceRange(command.node, one));
}
