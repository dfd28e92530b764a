import { templateFields } from '../../documents/commandTemplate';
import type { Command, EntryPoint, MlprojectModel } from '../../documents/mlprojectModel';
import { splitShellWords } from '../../documents/shellWords';
import type { TextRange } from '../../documents/textRange';
import { decodedOffset, sourceRange } from '../../documents/yamlRead';
import type { ScalarNode } from '../../documents/yamlTree';
import { type Edit, insertAt, replaceRange } from '../textEdits';

export interface EntryPointCommand {
  readonly entryPoint: EntryPoint;
  readonly command: Command;
}

/** The command that a stretch of the document lies in. */
export function commandAround(
  { entryPoints }: MlprojectModel,
  { start, end }: TextRange,
): EntryPointCommand | undefined {
  for (const entryPoint of entryPoints) {
    const { command } = entryPoint;
    const range = command?.node.range;
    if (command && range && range.start <= start && end <= range.end) return { entryPoint, command };
  }
  return undefined;
}

/** Makes text of the braces in a range; placeholders of declared parameters inside of it stay what they are. */
export function doubleBraces(
  { entryPoint, command: { node, text, template } }: EntryPointCommand,
  range: TextRange,
): readonly Edit[] {
  const { start, end } = decodedRange(node, range);
  const isDeclared = (name: string) => entryPoint.parameters.some((one) => one.name === name);
  const kept = templateFields(template)
    .map((field) => field.range)
    .filter((field) => field.start > start || field.end < end)
    .filter((field) => isDeclared(text.slice(field.start + 1, field.end - 1)));
  const edits: Edit[] = [];
  for (let at = start; at < end; at++) {
    const isKept = kept.some((field) => field.start <= at && at < field.end);
    if (!isKept && /[{}]/.test(text.charAt(at))) edits.push(insertAt(placeOf(node, at).end, text.charAt(at)));
  }
  return edits;
}

/** Takes a placeholder out of the shell's quotes: they end before it and begin again behind it, where anything is left in them. */
export function unquote({ command: { node, text } }: EntryPointCommand, range: TextRange): readonly Edit[] {
  const { start, end } = decodedRange(node, range);
  const placeholder = splitShellWords(text)
    .flatMap((token) => (token.kind === 'word' ? token.placeholders : []))
    .find((one) => one.start === start && one.end === end);
  if (!placeholder || placeholder.quote === '') return [];
  const quote = writtenIn(node, placeholder.quote);
  return [
    text[start - 1] === placeholder.quote
      ? replaceRange(placeOf(node, start - 1), '')
      : insertAt(placeOf(node, start).start, quote),
    text[end] === placeholder.quote
      ? replaceRange(placeOf(node, end), '')
      : insertAt(placeOf(node, end - 1).end, quote),
  ];
}

function decodedRange(node: ScalarNode, { start, end }: TextRange): TextRange {
  return { start: decodedOffset(node, start) ?? 0, end: decodedOffset(node, end) ?? 0 };
}

/** Where one character of the decoded text is written. */
function placeOf(node: ScalarNode, at: number): TextRange {
  return sourceRange(node, { start: at, end: at + 1 });
}

function writtenIn({ style }: ScalarNode, quote: "'" | '"'): string {
  if (style === 'double' && quote === '"') return '\\"';
  return style === 'single' && quote === "'" ? "''" : quote;
}
