import type { CommandSoFar } from '../../documents/commandSoFar';
import { isPassable, parameterFor, wordsFor } from '../../documents/entryPointSkeleton';
import type { EntryPoint } from '../../documents/mlprojectModel';
import { calledSet, readScriptWords } from '../../documents/passedOptions';
import type { OptionSet, ScriptCommand, ScriptOption } from '../../documents/python/scriptOptions';
import { shellQuote } from '../../documents/shellQuote';
import { type ShellWord, splitShellWords } from '../../documents/shellWords';
import { declareParameters } from '../actions/parameterEdits';
import { escapeMarkdown } from '../markdown';
import type { FoundScript } from '../namedFiles';
import type { MlprojectDocument } from '../openDocument';
import { type Caret, type Draft, snippetText } from './draft';

/** The commands of a script, and options that the command line does not pass yet, each with the parameter of its name. */
export function optionDrafts(
  { document }: Caret<MlprojectDocument>,
  { before, behind, word, previous }: CommandSoFar,
  { script, words }: FoundScript,
  entryPoint: EntryPoint | undefined,
): readonly Draft[] {
  const inFront = words.filter(({ end }) => end <= before.length - word.length);
  const called = calledSet(readScriptWords(inFront, script)) ?? script;
  const current = called.options.find(
    ({ names, kind }) => kind === 'option' && previous !== undefined && names.includes(previous),
  );
  if (current && word === '') return choiceDrafts(current);
  const around = readScriptWords([...inFront, ...wordsOf(behind)], script);
  const commands = word.startsWith('-') ? [] : commandDrafts(called, behind);
  if (word !== '' && !word.startsWith('-')) return commands;
  const passed = around.passed.map(({ match }) => (match.kind === 'declared' ? match.option : undefined));
  const options = called.options.filter((option) => option.kind !== 'positional' && !passed.includes(option));
  return [...commands, ...options.flatMap((option) => draftsOf(document, option, entryPoint))];
}

/** Of the simple command that goes on behind a caret. */
function wordsOf(behind: string): readonly ShellWord[] {
  const tokens = splitShellWords(behind);
  const end = tokens.findIndex(({ kind }) => kind === 'operator');
  return tokens.slice(0, end < 0 ? tokens.length : end).filter((token) => token.kind === 'word');
}

/** None where one is called behind the caret already. */
function commandDrafts({ commands }: OptionSet, behind: string): readonly Draft[] {
  const isNamed = ({ names }: ScriptCommand) => wordsOf(behind).some(({ text }) => names.includes(text));
  if (commands.some(isNamed)) return [];
  return commands.flatMap(({ names: [name], options }) => {
    const required = options.filter((option) => option.required).map(({ names, dest }) => names[0] ?? dest);
    const detail = required.length > 0 ? `command, requires ${required.join(', ')}` : 'command';
    return name === undefined
      ? []
      : [
          {
            label: name,
            insert: shellQuote(name).replace(/[{}]/g, '$&$&'),
            kind: 'Function',
            detail,
            order: 1,
          },
        ];
  });
}

function draftsOf(
  document: MlprojectDocument,
  option: ScriptOption,
  entryPoint: EntryPoint | undefined,
): readonly Draft[] {
  const { name } = parameterFor(option);
  const written = option.names.find((one) => one.startsWith('--')) ?? option.names[0] ?? option.dest;
  const text = option.default?.text;
  const base = {
    kind: 'Property',
    detail: text === undefined ? option.type : `${option.type}, ${text.slice(0, 60)} by default`,
    ...(option.help !== undefined && { doc: escapeMarkdown(option.help) }),
  } as const;
  if (option.kind === 'flag') return [{ ...base, label: written, detail: 'flag', order: 3 }];
  const parameter = entryPoint?.parameters.find((one) => one.name === name && !one.field.overridden);
  if (parameter) return [{ ...base, label: `${written} {${name}}`, order: option.required ? 1 : 2 }];
  const value = option.default?.value;
  const shown =
    typeof value === 'string' || typeof value === 'number'
      ? shellQuote(String(value)).replace(/[{}]/g, '$&$&')
      : 'value';
  const snippet = `${snippetText(written)} \${1:${snippetText(shown)}}`;
  return [...declaring(document, option, entryPoint, base), { ...base, label: written, snippet, order: 3 }];
}

/** The option with a parameter of its own, which is declared along. */
function declaring(
  document: MlprojectDocument,
  option: ScriptOption,
  entryPoint: EntryPoint | undefined,
  base: Pick<Draft, 'kind' | 'doc'> & { readonly detail: string },
): readonly Draft[] {
  const { command } = entryPoint ?? {};
  if (!entryPoint || !command || document.model.yaml.errors.length > 0 || !isPassable(option)) return [];
  const also = declareParameters(document, entryPoint, [parameterFor(option)]);
  const { start, end } = command.node.range;
  // Clients take no second change of what is being typed.
  if (!also || (also.start <= end && start <= also.end)) return [];
  return [
    { ...base, label: wordsFor(option), detail: `${base.detail}; declares it`, also: [also], order: 3 },
  ];
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
