import type { CommandTemplate, FieldPart } from '../../documents/commandTemplate';
import { templateFields } from '../../documents/commandTemplate';
import type { Command, EntryPoint } from '../../documents/mlprojectModel';
import { type PassedOption, readPassedOptions } from '../../documents/passedOptions';
import { shellQuote } from '../../documents/shellQuote';
import { touches } from '../../documents/textRange';
import type { YamlDocument } from '../../documents/yamlTree';
import { findScripts } from '../namedFiles';
import { codeBlock, codeSpan, escapeMarkdown } from '../markdown';
import type { ProjectFacts } from '../projectFacts';
import { resolveCommand } from '../resolveCommand';

/** How a command comes out with the defaults, in Markdown; undefined where Python cannot format it. */
export function commandHover(yaml: YamlDocument, entryPoint: EntryPoint): string | undefined {
  const resolved = resolveCommand(yaml, entryPoint);
  if (!resolved) return undefined;
  const { text, required, hasPaths } = resolved;
  const given = required.map((name) => codeSpan(name)).join(', ');
  return [
    'With the defaults:',
    codeBlock('shell', text),
    ...(required.length > 0 ? [`Must be given: ${given}.`] : []),
    ...(hasPaths
      ? ['Values of type `path` come out as absolute paths, counted from where `mlflow run` is started.']
      : []),
  ].join('\n\n');
}

/** What an entry point runs and how it is called, in Markdown. */
export function entryPointHover(yaml: YamlDocument, entryPoint: EntryPoint): string {
  const { name, parameters } = entryPoint;
  const required = parameters.filter((one) => one.required && !one.field.overridden);
  const values = required.map((one) => ` -P ${shellQuote(one.name)}=…`);
  const which = name === 'main' ? '' : ` -e ${shellQuote(name)}`;
  return [
    `**${escapeMarkdown(name)}**, run by`,
    codeBlock('shell', `mlflow run .${which}${values.join('')}`),
    commandHover(yaml, entryPoint) ?? 'It has no command that can be run.',
  ].join('\n\n');
}

/** The placeholder at an offset of the command's own text. */
export function fieldAt(
  { template }: { readonly template: CommandTemplate },
  at: number,
): FieldPart | undefined {
  return templateFields(template).findLast(({ range }) => touches(range, at));
}

/** What the script says of the option at an offset of the command's own text. */
export function optionAt({ text }: Command, at: number, facts: ProjectFacts): PassedOption | undefined {
  return findScripts(text, facts.scripts)
    .flatMap(({ words, script }) => readPassedOptions(words, script))
    .find(({ name }) => touches(name, at));
}

export function optionHover({ name, match }: PassedOption): string | undefined {
  if (match.kind !== 'declared') return undefined;
  const { option } = match;
  const value = option.default ? `, ${codeSpan(option.default.text)} by default` : '';
  const kind = option.kind === 'flag' ? 'flag' : option.type === 'unknown' ? 'value' : option.type;
  const choices = (option.choices ?? []).map((choice) =>
    codeSpan(typeof choice === 'string' ? choice : JSON.stringify(choice)),
  );
  return [
    `**${escapeMarkdown(name.text)}** of the script — ${kind}${value}${option.required ? ', must be given' : ''}.`,
    ...(option.help === undefined ? [] : [escapeMarkdown(option.help)]),
    ...(choices.length === 0 ? [] : [`One of ${choices.join(', ')}.`]),
  ].join('\n\n');
}
