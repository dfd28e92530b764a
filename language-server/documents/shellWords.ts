/** Where a placeholder of MLflow's, `{name}`, stands in a command; offsets into the command. */
export interface Placeholder {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** MLflow quotes the value itself: inside further quotes it is quoted twice. */
  readonly quote: '' | "'" | '"';
}

/** One word as a POSIX shell splits them. */
export interface ShellWord {
  readonly kind: 'word';
  /** Without its quotes; placeholders, variables and substitutions as they are written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly placeholders: readonly Placeholder[];
  /** False where the shell puts in something else: `$VAR`, `$(…)`, `*`. A placeholder alone leaves it true. */
  readonly isLiteral: boolean;
  readonly isQuoted: boolean;
  /** Of each character of `text`, its place in the command. */
  readonly offsets: readonly number[];
}

/** Part of a word: its text without quotes, and where it stands. */
export interface WordPiece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** `&&`, `||`, `;`, `|`, `&`, a line's end, or a parenthesis. */
export interface ShellOperator {
  readonly kind: 'operator';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** `> file`, `2>&1`, `<< END`, with its target. */
export interface ShellRedirection {
  readonly kind: 'redirection';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly target?: ShellWord;
}

export interface ShellComment {
  readonly kind: 'comment';
  readonly start: number;
  readonly end: number;
}

export type ShellToken = ShellWord | ShellOperator | ShellRedirection | ShellComment;

const blank = /[ \t\r]|\\\r?\n/y;
const operator = /&&|\|\||;;|\|&|[;|()\n]|&(?!>)/y;
const redirection = /\d*(?:<<-|<<<|<<|<>|>>|>\||[<>]&|[<>])|&>>?/y;
const doubled = /\{\{|\}\}/y;
const placeholder = /\{[^{}]*\}/y;
/** What means nothing but itself anywhere: most of a command. */
const ordinary = /[\w./=:,%@+-]+/y;
/** What ends a word that stands outside quotes. */
const wordEnd = /[\s;|&<>()]/;

/** Linux takes no argument of 128 KiB, and `bash -c` gets a command as one: what stands behind that is never run. */
const mostCharacters = 131_072;

/**
 * Splits an entry point's command, its YAML decoded, as `bash -c` would once MLflow has put the parameters in: `{{` is a brace, and
 * a `{placeholder}` part of one word, since MLflow quotes what it puts there. Never throws; an unclosed quote goes to the end.
 */
export function splitShellWords(whole: string): ShellToken[] {
  const command = whole.slice(0, mostCharacters);
  const tokens: ShellToken[] = [];
  const hereDocuments: string[] = [];
  for (let at = 0; at < command.length;) {
    const token = readToken(command, at);
    at = token === undefined ? at + matchLength(blank, command, at) : token.end;
    if (!token) continue;
    tokens.push(token);
    if (token.kind === 'redirection' && /<<-?$/.test(token.text))
      hereDocuments.push(token.target?.text ?? '');
    if (token.kind === 'operator' && token.text === '\n') {
      for (const mark of hereDocuments.splice(0)) at = skipHereDocument(command, at, mark);
    }
  }
  return tokens;
}

/** The token that begins here; undefined for a blank. */
function readToken(command: string, at: number): ShellToken | undefined {
  if (matchLength(blank, command, at) > 0) return undefined;
  if (command[at] === '#') {
    const end = command.indexOf('\n', at);
    return { kind: 'comment', start: at, end: end < 0 ? command.length : end };
  }
  const redirected = matchLength(redirection, command, at);
  if (redirected > 0) return readRedirection(command, at, at + redirected);
  const length = matchLength(operator, command, at);
  if (length > 0)
    return { kind: 'operator', text: command.slice(at, at + length), start: at, end: at + length };
  return readWord(command, at);
}

function readRedirection(command: string, start: number, after: number): ShellRedirection {
  let at = after;
  for (let length = 1; length > 0; at += length)
    length = command[at] === '\n' ? 0 : matchLength(blank, command, at);
  const hasTarget = at < command.length && !/[\s;|&<>()]/.test(command[at] ?? '');
  const target = hasTarget ? readWord(command, at) : undefined;
  const text = command.slice(start, after);
  return { kind: 'redirection', text, start, end: target?.end ?? after, ...(target && { target }) };
}

function skipHereDocument(command: string, at: number, mark: string): number {
  for (let line = at; line < command.length;) {
    const end = command.indexOf('\n', line);
    const stop = end < 0 ? command.length : end + 1;
    if (command.slice(line, stop).trim() === mark) return stop;
    line = stop;
  }
  return command.length;
}

/** A word while it is read: what is known of it so far, and where reading stands. */
interface Reading {
  readonly command: string;
  at: number;
  text: string;
  readonly placeholders: Placeholder[];
  isLiteral: boolean;
  isQuoted: boolean;
  readonly offsets: number[];
}

function readWord(command: string, start: number): ShellWord {
  const word: Reading = {
    command,
    at: start,
    text: '',
    placeholders: [],
    isLiteral: true,
    isQuoted: false,
    offsets: [],
  };
  do readPiece(word);
  while (word.at < command.length && !wordEnd.test(command[word.at] ?? ''));
  const { text, at: end, placeholders, isLiteral, isQuoted, offsets } = word;
  return { kind: 'word', text, start, end, placeholders, isLiteral, isQuoted, offsets };
}

function readPiece(word: Reading): void {
  const { command, at } = word;
  const character = command[at] ?? '';
  const plain = matchLength(ordinary, command, at);
  if (plain > 0) take(word, plain);
  else if (character === "'" || character === '"') readQuoted(word, character);
  else if (character === '\\') {
    takeEscaped(word);
    word.isQuoted = true;
  } else if (!readExpansion(word, '')) {
    if (/[*?[]/.test(character) || (character === '~' && word.text === '')) word.isLiteral = false;
    take(word, 1);
  }
}

function readQuoted(word: Reading, quote: "'" | '"'): void {
  const { command } = word;
  word.at++;
  word.isQuoted = true;
  while (word.at < command.length && command[word.at] !== quote) {
    const plain = matchLength(ordinary, command, word.at);
    if (plain > 0) take(word, plain);
    else if (quote === '"' && command[word.at] === '\\' && /[$`"\\\n]/.test(command[word.at + 1] ?? '')) {
      takeEscaped(word);
    } else if (!readExpansion(word, quote)) take(word, 1);
  }
  word.at = Math.min(word.at + 1, command.length);
}

/** A placeholder, a doubled brace, a variable or a substitution, if one begins here. */
function readExpansion(word: Reading, quote: Placeholder['quote']): boolean {
  const { command, at } = word;
  if (matchLength(doubled, command, at) > 0) {
    take(word, 1);
    word.at++;
    return true;
  }
  const braced = matchLength(placeholder, command, at);
  if (braced > 0) {
    take(word, braced);
    word.placeholders.push(placeholderAt(command, at, word.at, quote));
    return true;
  }
  const length = quote === "'" ? 0 : substitutionLength(command, at);
  if (length === 0) return false;
  take(word, length);
  word.isLiteral = false;
  for (const { index, 0: found } of command.slice(at, word.at).matchAll(/\{[^{}]*\}/g)) {
    word.placeholders.push(placeholderAt(command, at + index, at + index + found.length, quote));
  }
  return true;
}

/** The name is what stands before a conversion, a format, an attribute or an index. */
function placeholderAt(
  command: string,
  start: number,
  end: number,
  quote: Placeholder['quote'],
): Placeholder {
  const [name = ''] = command.slice(start + 1, end - 1).split(/[!:.[]/);
  return { name, start, end, quote };
}

/** Of `$NAME`, `$1`, `$(…)`, `` `…` ``, and of a `$` before braces. */
function substitutionLength(command: string, at: number): number {
  if (command[at] === '`') {
    const end = command.indexOf('`', at + 1);
    return (end < 0 ? command.length : end + 1) - at;
  }
  if (command[at] !== '$') return 0;
  if (command[at + 1] !== '(') return Math.max(matchLength(/\$(\w+|[@*#?$!-])?/y, command, at), 1);
  let depth = 0;
  for (let end = at + 1; end < command.length; end++) {
    if (command[end] === '(') depth++;
    if (command[end] === ')' && --depth === 0) return end + 1 - at;
  }
  return command.length - at;
}

function take(word: Reading, length: number): void {
  const end = Math.min(word.at + length, word.command.length);
  word.text += word.command.slice(word.at, end);
  for (; word.at < end; word.at++) word.offsets.push(word.at);
}

/** What stands after a backslash; a line's end vanishes with it. */
function takeEscaped(word: Reading): void {
  word.at++;
  if (word.command[word.at] === '\n') word.at++;
  else take(word, 1);
}

/** The characters of a word's text from one to before another. */
export function pieceOf(word: ShellWord, from = 0, to = word.text.length): WordPiece {
  if (from === 0 && to === word.text.length) return { text: word.text, start: word.start, end: word.end };
  const start = word.offsets[from] ?? word.end;
  const last = to > from ? word.offsets[to - 1] : undefined;
  return { text: word.text.slice(from, to), start, end: last === undefined ? start : last + 1 };
}

function matchLength(pattern: RegExp, text: string, at: number): number {
  const sticky = pattern;
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0].length ?? 0;
}
