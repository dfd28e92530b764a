import type { OptionSet, ScriptOption, ScriptOptions } from './python/scriptOptions';
import { pieceOf, type ShellWord, type WordPiece } from './shellWords';

/** What the script says of an option that a command passes. */
export type OptionMatch =
  | { readonly kind: 'declared'; readonly option: ScriptOption }
  /** `--help`, `--version` */
  | { readonly kind: 'leaving' }
  /** Surely refused by the script. */
  | { readonly kind: 'undeclared' }
  /** Not declared where it could be read, but perhaps elsewhere, or let pass. */
  | { readonly kind: 'unsure' };

export interface PassedOption {
  /** `--lr`, as it is written. */
  readonly name: WordPiece;
  /** After its `=`, or the next word. */
  readonly value?: WordPiece;
  readonly match: OptionMatch;
  /** The word behind a flag, which takes none. */
  readonly stray?: ShellWord;
}

/** A script, or one of its commands, as the words name it. */
export interface CalledSet {
  readonly set: OptionSet;
  /** Its name on the command line; the script itself has none. */
  readonly word?: ShellWord;
}

/** How a script reads the words that a command hands to it. */
export interface ScriptWords {
  readonly passed: readonly PassedOption[];
  /** The script, then each command that is called within the one before. */
  readonly path: readonly CalledSet[];
  /** What is left for positionals, or names no command that there is. */
  readonly plain: readonly ShellWord[];
  /** Some words may become several or none, or belong to an option that nothing is known of: what others mean is not sure. */
  readonly isOpen: boolean;
}

interface Reading extends ScriptWords {
  readonly passed: PassedOption[];
  readonly path: CalledSet[];
  readonly plain: ShellWord[];
  isOpen: boolean;
}

/**
 * The words of a command as its script reads them: options, each with what the script says of it, commands and the rest. Words
 * that may be anything, `$ARGS` or `{options}`, are no options here.
 */
export function readScriptWords(words: readonly ShellWord[], script: ScriptOptions): ScriptWords {
  const reading: Reading = { passed: [], path: [{ set: script }], plain: [], isOpen: false };
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) break;
    if (word.text === '--') {
      reading.plain.push(...words.slice(at + 1));
      break;
    }
    if (!isOption(word)) takeWord(reading, word);
    else if (takeOption(reading, word, words[at + 1], script)) at++;
  }
  return reading;
}

/** The options among the words that a command hands to a script. */
export function readPassedOptions(
  words: readonly ShellWord[],
  script: ScriptOptions,
): readonly PassedOption[] {
  return readScriptWords(words, script).passed;
}

/** The command that the words call, or the script itself if they call none. */
export function calledSet({ path }: ScriptWords): OptionSet | undefined {
  return path.at(-1)?.set;
}

function takeWord(reading: Reading, word: ShellWord): void {
  const command = commandOf(reading, word);
  if (command) reading.path.push({ set: command, word });
  else reading.plain.push(word);
  if (!word.isLiteral || /^-./.test(word.text)) reading.isOpen = true;
}

function commandOf(reading: ScriptWords, { text }: ShellWord): OptionSet | undefined {
  const sets = reading.path
    .map(({ set }) => set)
    .filter((set, at, all) => set.isChained === true || at === all.length - 1);
  return sets.flatMap(({ commands }) => commands).find(({ names }) => names.includes(text));
}

/** Whether the next word is its value. */
function takeOption(
  reading: Reading,
  word: ShellWord,
  next: ShellWord | undefined,
  script: ScriptOptions,
): boolean {
  const read = readOption(word, reading, script);
  const isDeclared = read.match.kind === 'declared';
  const takes =
    read.value === undefined &&
    next !== undefined &&
    takesNext(read.match, next, script) &&
    (isDeclared || !commandOf(reading, next));
  const isFlag = read.match.kind === 'declared' && read.match.option.kind === 'flag';
  const stray = isFlag && read.value === undefined && next && !isOption(next) && next.text !== '--';
  if (read.match.kind === 'unsure') reading.isOpen = true;
  reading.passed.push({ ...read, ...(takes && { value: pieceOf(next) }), ...(stray && { stray: next }) });
  return takes;
}

/** The option with what stands in its own word: `--lr=5`, `-l5`. */
function readOption(word: ShellWord, reading: ScriptWords, script: ScriptOptions): PassedOption {
  const equals = word.text.indexOf('=');
  const name = pieceOf(word, 0, equals < 0 ? undefined : equals);
  const match = matchOption(name.text, reading, script);
  const option = match.kind === 'declared' && !name.text.startsWith('--') ? match.option : undefined;
  if (option && !option.names.some((one) => isSame(one, name.text, script))) {
    return { name: pieceOf(word, 0, 2), value: pieceOf(word, 2), match };
  }
  return { name, ...(equals >= 0 && { value: pieceOf(word, equals + 1) }), match };
}

/** Begins with a dash, is no negative number, and its name is written out. */
function isOption({ text, isLiteral, placeholders, start, offsets }: ShellWord): boolean {
  if (!/^-{1,2}[A-Za-z_]/.test(text)) return false;
  const nameLength = /^[^=]*/.exec(text)?.[0].length ?? 0;
  const nameEnd = offsets[nameLength - 1] ?? start;
  const isNameWritten =
    !/[$`*?]/.test(text.slice(0, nameLength)) && placeholders.every((one) => one.start > nameEnd);
  return isNameWritten && (isLiteral || nameLength < text.length);
}

/** argparse takes no option's name for a value, click anything. */
function takesNext(match: OptionMatch, next: ShellWord, { framework }: ScriptOptions): boolean {
  if (match.kind === 'leaving') return false;
  const isDeclared = match.kind === 'declared';
  if (isDeclared && match.option.kind !== 'option') return false;
  return !/^--?[A-Za-z_]/.test(next.text) || (isDeclared && (framework === 'click' || framework === 'typer'));
}

function matchOption(name: string, reading: ScriptWords, script: ScriptOptions): OptionMatch {
  const sets = setsAt(reading, script);
  const all = sets.flatMap(({ options }) => options).filter(({ kind }) => kind !== 'positional');
  const option =
    all.find(({ names }) => names.some((one) => isSame(one, name, script))) ?? clusterOf(name, all);
  if (option) return { kind: 'declared', option };
  const leaving = sets.flatMap(({ leavingNames }) => leavingNames);
  if (leaving.includes(name)) return { kind: 'leaving' };
  const begun = script.acceptsPrefixes
    ? all.filter(({ names }) => names.some((one) => one.startsWith(name) && name.startsWith('--')))
    : [];
  const [only, another] = begun;
  if (only && !another && script.framework === 'argparse') return { kind: 'declared', option: only };
  return begun.length > 0 || mayPass(name, reading, script, leaving)
    ? { kind: 'unsure' }
    : { kind: 'undeclared' };
}

/** Whose options may stand where reading has come to: fire takes them anywhere, all others those of the command called last. */
function setsAt(reading: ScriptWords, { framework }: ScriptOptions): readonly OptionSet[] {
  const { path } = reading;
  return (framework === 'fire' ? path : path.slice(-1)).map(({ set }) => set);
}

/** fire and tyro take dashes for underscores; absl and fire one dash for two. */
function isSame(declared: string, passed: string, { framework }: ScriptOptions): boolean {
  if (declared === passed) return true;
  const bare = (name: string) => name.replace(/^--?/, '').replaceAll('-', '_');
  if (framework === 'fire' || framework === 'absl') return bare(declared) === bare(passed);
  const isLoose = framework === 'tyro' || framework === 'dataclass';
  return isLoose && passed.startsWith('--') && bare(declared) === bare(passed);
}

/** `-n5`, `-vvv`: a short option and its value, or more of them. */
function clusterOf(name: string, options: readonly ScriptOption[]): ScriptOption | undefined {
  if (name.startsWith('--')) return undefined;
  const short = options.find(({ names }) => names.includes(name.slice(0, 2)));
  return short && name.length > 2 ? short : undefined;
}

function mayPass(
  name: string,
  { path, plain }: ScriptWords,
  script: ScriptOptions,
  leaving: readonly string[],
): boolean {
  if (path.some(({ set }) => set.isDynamic || set.acceptsUnknown)) return true;
  // Which command is called may lie in a placeholder, or be named wrongly: then its options are not looked at.
  const isCommandOpen = plain.length > 0 && (path.at(-1)?.set.commands.length ?? 0) > 0;
  // Beginnings of one-dash names, fire's first letters and `--noflag` are too rarely right to be told apart.
  const isOdd = script.framework === 'fire' || (!name.startsWith('--') && script.acceptsPrefixes);
  return isCommandOpen || isOdd || leaving.some((one) => script.acceptsPrefixes && one.startsWith(name));
}
