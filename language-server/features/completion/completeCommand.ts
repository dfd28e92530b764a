import { type CommandSoFar, readCommandSoFar } from '../../documents/commandSoFar';
import type { EntryPoint, Parameter } from '../../documents/mlprojectModel';
import { shellQuote } from '../../documents/shellQuote';
import type { TextRange } from '../../documents/textRange';
import { pythonString } from '../../documents/yamlRead';
import { codeSpan } from '../markdown';
import { findScript } from '../namedFiles';
import type { MlprojectDocument } from '../openDocument';
import { optionDrafts } from './completeOptions';
import { runnableDrafts } from './completeRunnable';
import type { Caret, Draft } from './draft';

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
  const drafts =
    command.part === 'argument'
      ? wordDrafts(caret, command, entryPoint, parameters)
      : await runnableDrafts(caret, command);
  return drafts.map((draft) => ({ ...draft, range: draft.range ?? wordRange(caret, command.word) }));
}

/** A placeholder can stand for it: Python takes dots, brackets and digits for something else. */
function isUsable({ name, field }: Parameter): boolean {
  return !field.overridden && /^[^{}!:.[\]\r\n]+$/.test(name) && !/^\d+$/.test(name);
}

function wordDrafts(
  caret: CommandCaret,
  command: CommandSoFar,
  entryPoint: EntryPoint | undefined,
  parameters: readonly Parameter[],
): readonly Draft[] {
  const { call, word } = command;
  if (call?.kind === 'project') return projectDrafts(caret, command, parameters);
  const isBare = word === '' ? parameterDrafts(caret, command, parameters) : [];
  const found = call && findScript(call, (path) => caret.facts.scripts.get(path));
  return found ? [...optionDrafts(caret, command, found, entryPoint), ...isBare] : isBare;
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
