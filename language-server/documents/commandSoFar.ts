import { type CommandCall, readCommandCalls } from './commandCalls';
import { splitShellWords } from './shellWords';
import type { TextRange } from './textRange';

/** A command that is being typed, with its YAML taken off. */
export interface CommandSoFar {
  /** Before and behind the caret. */
  readonly before: string;
  readonly behind: string;
  /** The word that ends at the caret; empty behind a blank. */
  readonly word: string;
  /** What the words around the caret run, where that can be told. */
  readonly call: CommandCall | undefined;
  /** Which part of the call the caret's word is. */
  readonly part: 'program' | 'script' | 'argument';
  /** The word before. */
  readonly previous: string | undefined;
  /** Of a placeholder that is open at the caret: what is typed of its name. */
  readonly placeholder: string | undefined;
}

/** @param whole the command's value in the document, quotes and a block scalar's header included */
export function readCommandSoFar(text: string, whole: TextRange, offset: number): CommandSoFar {
  const start = contentStart(text, whole);
  const style = text.charAt(whole.start);
  const decode = (from: number, to: number) => decodeRoughly(text.slice(from, Math.max(from, to)), style);
  const before = decode(Math.min(start, offset), offset).trimStart();
  const isClosed = /["']/.test(style) && whole.end - 1 > start && text[whole.end - 1] === style;
  const behind = decode(offset, isClosed ? whole.end - 1 : whole.end);
  const tokens = splitShellWords(before);
  const last = tokens.at(-1);
  const word = last?.kind === 'word' && last.end === before.length ? last : undefined;
  const words = tokens.filter((token) => token !== word);
  const previous = words.at(-1);
  // A word is put where none is begun, so that the call knows what it is.
  const typed = word ? before : `${before}x`;
  const call = readCommandCalls(typed).at(-1);
  return {
    before,
    behind,
    word: word?.text ?? '',
    call,
    part: partAt(call, typed.length),
    previous: previous?.kind === 'word' ? previous.text : undefined,
    placeholder: /(?:^|[^{])(?:\{\{)*\{([^{}\n!:.[]*)$/.exec(before)?.[1],
  };
}

function contentStart(text: string, { start, end }: TextRange): number {
  const header = /^[|>][^\n]*\n/.exec(text.slice(start, Math.min(end, start + 1_000)))?.[0];
  return start + (header?.length ?? (/["']/.test(text.charAt(start)) ? 1 : 0));
}

/** Near enough to what YAML makes of it to split words; only a literal's line ends stay. */
function decodeRoughly(written: string, style: string): string {
  if (style === '|') return written.replace(/\r?\n[ \t]*/g, '\n');
  const folded = written.replace(/\r?\n\s*/g, ' ');
  if (style === '"') return folded.replace(/\\(["\\/])/g, '$1');
  return style === "'" ? folded.replaceAll("''", "'") : folded;
}

function partAt(call: CommandCall | undefined, end: number): CommandSoFar['part'] {
  switch (call?.kind) {
    case undefined:
      return 'program';
    case 'script':
    case 'folder':
      return call.path.end === end ? 'script' : 'argument';
    case 'module':
      return call.name.end === end ? 'script' : 'argument';
    case 'project':
      return 'argument';
    case 'other':
      return call.program.end === end ? 'program' : 'argument';
  }
}
