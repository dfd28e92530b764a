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
}

/**
 * The options among the words that a command hands to a script, each with what the script says of it. Words that may be anything,
 * `$ARGS` or `{options}`, are no options here.
 */
export function readPassedOptions(words: readonly ShellWord[], script: ScriptOptions): PassedOption[] {
  const sets = setsFor(words, script);
  const passed: PassedOption[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word || word.text === '--') break;
    if (!isOption(word)) continue;
    const read = readOption(word, sets, script);
    const next =
      read.value === undefined && takesNext(read.match, words[at + 1], script) ? words[++at] : undefined;
    passed.push({ ...read, ...(next && { value: pieceOf(next) }) });
  }
  return passed;
}

/** The option with what stands in its own word: `--lr=5`, `-l5`. */
function readOption(word: ShellWord, sets: readonly OptionSet[], script: ScriptOptions): PassedOption {
  const equals = word.text.indexOf('=');
  const name = pieceOf(word, 0, equals < 0 ? undefined : equals);
  const match = matchOption(name.text, sets, script);
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

/** The options of the script itself, and of its commands that the words name. */
function setsFor(words: readonly ShellWord[], script: OptionSet): OptionSet[] {
  const sets = [script];
  let { commands } = script;
  for (const { text } of words) {
    const command = commands.find(({ names }) => names.includes(text));
    if (!command) continue;
    sets.push(command);
    commands = [...command.commands, ...commands.filter((one) => one !== command)];
  }
  return sets;
}

/** argparse takes no option's name for a value, click anything. */
function takesNext(match: OptionMatch, next: ShellWord | undefined, { framework }: ScriptOptions): boolean {
  if (!next || match.kind === 'leaving') return false;
  const isDeclared = match.kind === 'declared';
  if (isDeclared && match.option.kind !== 'option') return false;
  return !/^--?[A-Za-z_]/.test(next.text) || (isDeclared && (framework === 'click' || framework === 'typer'));
}

function matchOption(name: string, sets: readonly OptionSet[], script: ScriptOptions): OptionMatch {
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
  return begun.length > 0 || mayPass(name, sets, script, leaving)
    ? { kind: 'unsure' }
    : { kind: 'undeclared' };
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
  sets: readonly OptionSet[],
  script: ScriptOptions,
  leaving: readonly string[],
): boolean {
  if (sets.some(({ isDynamic, acceptsUnknown }) => isDynamic || acceptsUnknown)) return true;
  // Which command is called may lie in a placeholder: then its options are not looked at.
  const isCommandOpen = script.commands.length > 0 && sets.length === 1;
  // Beginnings of one-dash names, fire's first letters and `--noflag` are too rarely right to be told apart.
  const isOdd = script.framework === 'fire' || (!name.startsWith('--') && script.acceptsPrefixes);
  return isCommandOpen || isOdd || leaving.some((one) => script.acceptsPrefixes && one.startsWith(name));
}
