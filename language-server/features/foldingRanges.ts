import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-types';
import type { TextRange } from '../documents/textRange';
import type { YamlNode } from '../documents/yamlTree';
import type { OpenDocument } from './openDocument';

/** What spans several lines: each key with its value, each item of a list, comments that follow each other. */
export function listFoldingRanges(document: OpenDocument): readonly FoldingRange[] {
  const { root } = document.model.yaml;
  const ranges = root ? foldable(root) : [];
  const byLine = new Map<number, FoldingRange>();
  for (const range of ranges) {
    const [startLine, endLine] = linesOf(document, range);
    const known = byLine.get(startLine);
    if (endLine > startLine && (known?.endLine ?? 0) < endLine) byLine.set(startLine, { startLine, endLine });
  }
  return [...byLine.values(), ...foldComments(document)].sort((a, b) => a.startLine - b.startLine);
}

function foldable(node: YamlNode): readonly TextRange[] {
  const ranges: TextRange[] = [];
  const visit = (one: YamlNode): void => {
    if (one.kind === 'mapping') for (const { range, value } of one.pairs) add(range, value);
    if (one.kind === 'sequence') for (const item of one.items) add(item.range, item);
  };
  const add = (range: TextRange, value: YamlNode) => {
    ranges.push(range);
    visit(value);
  };
  visit(node);
  return ranges;
}

/** First and last line; line breaks at the end of a block scalar are not folded away. */
function linesOf({ lines, text }: OpenDocument, { start, end }: TextRange): readonly [number, number] {
  let last = end;
  while (last > start && /\s/.test(text.charAt(last - 1))) last--;
  return [lines.lineAt(start), lines.lineAt(last)];
}

function foldComments({ lines, text, model }: OpenDocument): readonly FoldingRange[] {
  const folds: FoldingRange[] = [];
  let [first, last] = [-2, -2];
  const close = () => {
    if (last > first) folds.push({ startLine: first, endLine: last, kind: FoldingRangeKind.Comment });
  };
  for (const { start } of model.yaml.comments) {
    const line = lines.lineAt(start);
    if (text.slice(lines.lineStart(line), start).trim() !== '') continue;
    if (line !== last + 1) {
      close();
      first = line;
    }
    last = line;
  }
  close();
  return folds;
}
