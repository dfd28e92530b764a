import { type CommandSoFar, readCommandSoFar } from '../../documents/commandSoFar';
import { parameterFor } from '../../documents/entryPointSkeleton';
import type { EntryPoint, Parameter } from '../../documents/mlprojectModel';
import { readPassedOptions } from '../../documents/passedOptions';
import type { ScriptOption, ScriptOptions } from '../../documents/python/scriptOptions';
import { shellQuote } from '../../documents/shellQuote';
import { type ShellWord, splitShellWords } from '../../documents/shellWords';
import type { TextRange } from '../../documents/textRange';
import { pythonString } from '../../documents/yamlRead';
import { codeSpan, escapeMarkdown } from '../markdown';
import type { MlprojectDocument } from '../openDocument';
import { completePaths } from './completePaths';
import { type Caret, type Draft, snippetText } from './draft';
import { scriptOf } from '../entryPointAt';
import { findScripts } from './scriptFiles';

type CommandCaret = Caret<MlprojectDocument>;

/** Inside of a command: placeholders, options of the script that it runs, scripts by path, entry points of `mlflow run`. */
export async function completeCommand(
  caret: CommandCaret,
  entryPoint: EntryPoint | undefined,
): Promise<readonly Draft[]> {
  const { document, offset, place } = caret;
  const command = readCommandSoFar(document.text, place.whole, offset);
  const parameters = entryPoint?.parameters.filter(isUsable) ?? [];
  if (command.placeholder !== undefined) return placeholders(caret, command, parameters);
  const drafts = await wordDrafts(caret, command, parameters);
  return drafts.map((draft) => ({ ...draft, range: draft.range ?? wordRange(caret, command.word) }));
}

/** A placeholder can stand for it: Python takes dots, brackets and digits for something else. */
function isUsable({ name, field }: Parameter): boolean {
  return !field.overridden && /^[^{}!:.[\]\r\n]+$/.test(name) && !/^\d+$/.test(name);
}

async function wordDrafts(
  caret: CommandCaret,
  command: CommandSoFar,
  parameters: readonly Parameter[],
): Promise<readonly Draft[]> {
  const { call, part, word, before } = command;
  if (part === 'program') return before === word ? runDrafts(caret) : [];
  if (call?.kind === 'project') return projectDrafts(caret, command, parameters);
  if (call?.kind === 'other' && /(^|\/)python[\d.]*$/.test(call.program.text) && word === '')
    return runnable(caret, '', '');
  if (part === 'script' && call?.kind === 'script' && call.directory !== undefined)
    return runnable(caret, call.directory, word === '' ? '' : word);
  const isBare = word === '' ? parameterDrafts(caret, command, parameters) : [];
  const script = call && scriptOf(caret.facts, call);
  return script ? [...optionDrafts(command, script, parameters), ...isBare] : isBare;
}

/** The word that is replaced, as far as it can be told where quotes hide some of it. */
function wordRange({ document: { text }, offset }: CommandCaret, word: string): TextRange {
  if (word === '') return { start: offset, end: offset };
  const length = text.slice(0, offset).endsWith(word) ? word.length : 0;
  const rest = /^[\w./-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  return { start: offset - length, end: offset + rest };
}

function placeholders(
  { document, offset }: CommandCaret,
  { placeholder = '', before, behind }: CommandSoFar,
  parameters: readonly Parameter[],
): readonly Draft[] {
  const closing = /^[^{}\s"']*\}/.exec(behind)?.[0].length ?? 0;
  const range = { start: offset - placeholder.length - 1, end: offset + closing };
  const used = `${before.slice(0, -placeholder.length - 1)} ${behind}`;
  return parameters.map((one) => ({ ...parameterDraft(document, one, used), range }));
}

function parameterDrafts(
  { document }: CommandCaret,
  { before, behind }: CommandSoFar,
  parameters: readonly Parameter[],
): readonly Draft[] {
  // A plain value that begins with a brace is no text to YAML.
  if (before === '') return [];
  return parameters.map((one) => parameterDraft(document, one, `${before} ${behind}`));
}

function parameterDraft({ model }: MlprojectDocument, parameter: Parameter, used: string): Draft {
  const { name, type, defaultNode } = parameter;
  const value = defaultNode && pythonString(model.yaml, defaultNode).slice(0, 60);
  return {
    label: `{${name}}`,
    kind: 'Variable',
    detail: value === undefined ? `${type}, must be given` : `${type}, ${value} by default`,
    order: used.includes(`{${name}}`) ? 4 : 2,
  };
}

/** At a command's beginning: what there is to run. */
async function runDrafts(caret: CommandCaret): Promise<readonly Draft[]> {
  const scripts = await findScripts(caret);
  const runs = scripts.map((path): Draft => ({
    label: `python ${shellQuote(path)}`,
    kind: 'File',
    order: 2,
  }));
  return [
    ...runs,
    { label: 'python', kind: 'Snippet', snippet: 'python ${1:train.py}', detail: 'run a script' },
    {
      label: 'mlflow run',
      kind: 'Snippet',
      snippet: 'mlflow run . -e ${1:main}',
      detail: 'run an entry point',
    },
  ];
}

async function runnable(
  { files, facts }: CommandCaret,
  directory: string,
  begun: string,
): Promise<readonly Draft[]> {
  const found = await completePaths(files, facts.folderUri, directory, begun, (name) =>
    /\.(py|sh|R)$/.test(name),
  );
  return found.map(({ path, isFolder }) => ({
    label: path,
    insert: shellQuote(path).replace(/[{}]/g, '$&$&'),
    kind: isFolder ? 'Folder' : 'File',
    order: isFolder ? 6 : 3,
  }));
}

/** Options that the command does not pass yet, each with the parameter of its name. */
function optionDrafts(
  { call, before, behind, word, previous }: CommandSoFar,
  script: ScriptOptions,
  parameters: readonly Parameter[],
): readonly Draft[] {
  if (call?.kind !== 'script' && call?.kind !== 'module') return [];
  const around = [...call.words.filter(({ end }) => end <= before.length - word.length), ...wordsOf(behind)];
  const passed = readPassedOptions(around, script).flatMap(({ match }) =>
    match.kind === 'declared' ? [match.option] : [],
  );
  const current = script.options.find(
    ({ names, kind }) => kind === 'option' && previous !== undefined && names.includes(previous),
  );
  if (current && word === '') return choiceDrafts(current);
  if (word !== '' && !word.startsWith('-')) return [];
  return script.options
    .filter((option) => option.kind !== 'positional' && !passed.includes(option))
    .map((option) => optionDraft(option, parameters));
}

/** Of the simple command that goes on behind a caret. */
function wordsOf(behind: string): readonly ShellWord[] {
  const tokens = splitShellWords(behind);
  const end = tokens.findIndex(({ kind }) => kind === 'operator');
  return tokens.slice(0, end < 0 ? tokens.length : end).filter((token) => token.kind === 'word');
}

function optionDraft(option: ScriptOption, parameters: readonly Parameter[]): Draft {
  const { name } = parameterFor(option);
  const written = option.names.find((one) => one.startsWith('--')) ?? option.names[0] ?? option.dest;
  const text = option.default?.text;
  const base = {
    kind: 'Property',
    detail: text === undefined ? option.type : `${option.type}, ${text.slice(0, 60)} by default`,
    ...(option.help !== undefined && { doc: escapeMarkdown(option.help) }),
  } as const;
  if (option.kind === 'flag') return { ...base, label: written, detail: 'flag', order: 3 };
  if (parameters.some((one) => one.name === name))
    return { ...base, label: `${written} {${name}}`, order: option.required ? 1 : 2 };
  const value = option.default?.value;
  const shown =
    typeof value === 'string' || typeof value === 'number'
      ? shellQuote(String(value)).replace(/[{}]/g, '$&$&')
      : 'value';
  return {
    ...base,
    label: written,
    snippet: `${snippetText(written)} \${1:${snippetText(shown)}}`,
    order: 3,
  };
}

function choiceDrafts({ choices = [], names }: ScriptOption): readonly Draft[] {
  return choices
    .filter((choice) => typeof choice === 'string' || typeof choice === 'number')
    .map((choice) => ({
      label: String(choice),
      insert: shellQuote(String(choice)).replace(/[{}]/g, '$&$&'),
      kind: 'EnumMember',
      detail: `a choice of ${names[0] ?? ''}`,
      order: 1,
    }));
}

/** `mlflow run . -e main -P lr={lr}` */
function projectDrafts(
  caret: CommandCaret,
  command: CommandSoFar,
  parameters: readonly Parameter[],
): readonly Draft[] {
  const { call, previous = '', word } = command;
  const { entryPoints } = caret.document.model;
  if (/^(-e|--entry-point)$/.test(previous))
    return entryPoints.map((one) => ({
      label: one.name,
      insert: shellQuote(one.name),
      kind: 'Function',
      ...doc(one),
    }));
  if (/^(-P|--param-list)$/.test(previous) && call?.kind === 'project') {
    const called = entryPoints.find(({ name }) => name === (call.entryPoint?.text ?? 'main'));
    return (called?.parameters ?? []).map(({ name, type }) => {
      const isOurs = parameters.some((one) => one.name === name);
      const value = isOurs ? `{${name}}` : '';
      return { label: `${name}=${value}`, kind: 'Variable', detail: type };
    });
  }
  if (previous === 'run') return [{ label: '.', kind: 'Folder', detail: 'this project' }];
  const options = [
    { label: '-e', kind: 'Property', detail: 'the entry point to run' },
    { label: '-P', kind: 'Property', detail: 'a parameter: name=value' },
    { label: '--env-manager', kind: 'Property', snippet: '--env-manager ${1|local,virtualenv,uv,conda|}' },
    { label: '--experiment-name', kind: 'Property' },
    { label: '--run-name', kind: 'Property' },
    { label: '--backend', kind: 'Property' },
  ] as const satisfies readonly Draft[];
  return word === '' || word.startsWith('-')
    ? [...options, ...(word === '' ? parameterDrafts(caret, command, parameters) : [])]
    : [];
}

function doc({ command }: EntryPoint): Pick<Draft, 'doc'> {
  return command ? { doc: codeSpan(command.text) } : {};
}
