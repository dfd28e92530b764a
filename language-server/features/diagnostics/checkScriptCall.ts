import { changeDirectory, type CommandCall } from '../../documents/commandCalls';
import {
  type CalledSet,
  calledSet,
  type PassedOption,
  readScriptWords,
  type ScriptWords,
} from '../../documents/passedOptions';
import { isSure } from '../../documents/requiredOptions';
import { sourceRange } from '../../documents/yamlRead';
import { didYouMean, nearestWord } from '../../knowledge/didYouMean';
import { findScript, type FoundScript, scriptPaths } from '../namedFiles';
import { type CheckedCommand, checkOptionType } from './checkOptionType';
import { checkRequired } from './checkRequired';
import type { Fault } from './fault';
import { replaceBy } from './quickFix';
import type { Surroundings } from './surroundings';

/** A folder that a command goes to. */
export function checkFolder(
  { command }: CheckedCommand,
  { path, directory }: Extract<CommandCall, { kind: 'folder' }>,
  around: Surroundings,
): readonly Fault[] {
  const folder = changeDirectory(directory, path);
  if (folder === undefined || around.fileKind(folder) !== 'missing') return [];
  const message = `There is no folder \`${folder}\` in the project, so the command fails.`;
  return [{ code: 'mlproject.missing-folder', range: sourceRange(command.node, path), message }];
}

/**
 * What a command runs as a script or module, beside what that declares.
 *
 * @param isLast of the command's calls: it gets what a run gives without its being declared
 */
export function checkScriptCall(
  checked: CheckedCommand,
  call: Extract<CommandCall, { kind: 'script' | 'module' }>,
  isLast: boolean,
  around: Surroundings,
): readonly Fault[] {
  if (call.kind === 'script' && isMissing(call, around)) {
    const [path = ''] = scriptPaths(call);
    const message = `There is no \`${path}\` in the project, so the command fails.`;
    return [
      { code: 'mlproject.missing-script', range: sourceRange(checked.command.node, call.path), message },
    ];
  }
  const found = findScript(call, (path) => around.script(path));
  if (!found) return [];
  const words = readScriptWords(found.words, found.script);
  return [
    ...words.passed.flatMap((passed) => checkOption(checked, passed, words, found)),
    ...unknownCommand(checked, words, found),
    ...checkRequired(checked, words, found, isLast),
  ];
}

/** In a folder that is not there, too, no script is: that is told of the folder. */
function isMissing(call: Extract<CommandCall, { kind: 'script' }>, around: Surroundings): boolean {
  const [path] = scriptPaths(call);
  const { directory = '' } = call;
  return (
    path !== undefined &&
    around.fileKind(path) === 'missing' &&
    (directory === '' || around.fileKind(directory) !== 'missing')
  );
}

function checkOption(
  checked: CheckedCommand,
  passed: PassedOption,
  words: ScriptWords,
  found: FoundScript,
): readonly Fault[] {
  if (passed.match.kind === 'undeclared') return [undeclaredOption(checked, passed, words, found)];
  if (passed.match.kind !== 'declared') return [];
  return passed.match.option.kind === 'flag'
    ? flagValue(checked, passed, words, found)
    : checkOptionType(checked, passed, passed.match.option, found.path);
}

function undeclaredOption(
  { command }: CheckedCommand,
  { name }: PassedOption,
  { path }: ScriptWords,
  { path: file }: FoundScript,
): Fault {
  const names = path.flatMap(({ set }) => set.options.flatMap((option) => option.names));
  const owner = path.find(({ set }) => set.options.some((option) => option.names.includes(name.text)));
  const near = owner ? undefined : nearestWord(name.text, names);
  const message = owner
    ? `\`${file}\` takes \`${name.text}\` only ${placeOf(path, owner)}.`
    : `\`${[file, ...path.flatMap(({ word }) => word?.text ?? [])].join(' ')}\` declares no option \`${name.text}\`.${didYouMean(near)}`;
  return {
    code: 'mlproject.undeclared-option',
    range: sourceRange(command.node, name),
    message,
    ...replaceBy(near),
  };
}

function placeOf(path: readonly CalledSet[], owner: CalledSet): string {
  const next = path[path.indexOf(owner) + 1]?.word;
  const [where, word] = next ? ['in front of', next] : ['behind', owner.word];
  return `${where} \`${word?.text ?? ''}\``;
}

/** A value that a flag is given, in its own word or as the next one that nothing else takes. */
function flagValue(
  { command }: CheckedCommand,
  { name, value, stray }: PassedOption,
  words: ScriptWords,
  { path }: FoundScript,
): readonly Fault[] {
  const own = name.text.startsWith('--') ? value : undefined;
  const given = own ?? (stray && isTooMuch(words) ? stray : undefined);
  if (!given) return [];
  const message = `\`${name.text}\` of \`${path}\` is a flag: it is on if it is there, and takes no value, so the script stops.`;
  return [{ code: 'mlproject.flag-value', range: sourceRange(command.node, given), message }];
}

/** Whether there are more words than positionals for them. */
function isTooMuch(words: ScriptWords): boolean {
  const { path, plain, passed } = words;
  const places = path.flatMap(({ set }) => set.options).filter(({ kind }) => kind === 'positional');
  // An option of many values may take some of them.
  const isMany = passed.some(({ match }) => match.kind === 'declared' && match.option.multiple);
  const isCalled = calledSet(words)?.commands.length === 0;
  const isRoom = places.some(({ multiple }) => multiple) || plain.length <= places.length;
  return isSure(words) && isCalled && !isMany && !isRoom;
}

function unknownCommand(
  { command }: CheckedCommand,
  words: ScriptWords,
  { path, script }: FoundScript,
): readonly Fault[] {
  const called = calledSet(words);
  const [word] = words.plain;
  const isNamed = word?.isLiteral === true && word.placeholders.length === 0;
  const isCommand =
    called !== undefined &&
    called.commands.length > 0 &&
    called.options.every(({ kind }) => kind !== 'positional') &&
    /^(argparse|click|typer)$/.test(script.framework);
  if (!isNamed || !isCommand || !isSure(words) || words.passed.some(({ stray }) => stray === word)) return [];
  const near = nearestWord(
    word.text,
    called.commands.flatMap(({ names }) => names),
  );
  const message = `\`${path}\` has no command \`${word.text}\`.${didYouMean(near)}`;
  const range = sourceRange(command.node, word);
  return [{ code: 'mlproject.unknown-command', range, message, ...replaceBy(near) }];
}
