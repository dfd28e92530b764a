import { type CommandCall, readCommandCalls } from '../../documents/commandCalls';
import { templateFields } from '../../documents/commandTemplate';
import type { EntryPoint, Parameter } from '../../documents/mlprojectModel';
import { readPassedOptions } from '../../documents/passedOptions';
import { pythonString, sourceRange } from '../../documents/yamlRead';
import { findScripts, type FoundScript } from '../namedFiles';
import { codeSpan, escapeMarkdown } from '../markdown';
import type { MlprojectDocument } from '../openDocument';
import type { ProjectFacts } from '../projectFacts';

/** A parameter's type and default, and where it is used, in Markdown. */
export function parameterHover(
  document: MlprojectDocument,
  entryPoint: EntryPoint,
  parameter: Parameter,
  facts: ProjectFacts,
): string {
  const { name, type, defaultNode } = parameter;
  const value = defaultNode && pythonString(document.model.yaml, defaultNode);
  const given = value === undefined ? 'must be given in each run' : `${codeSpan(value)} by default`;
  return [
    `**${escapeMarkdown(name)}** of ${codeSpan(entryPoint.name)} — ${codeSpan(type)}, ${given}.`,
    describeUses(document, entryPoint, name),
    ...describeOptions(entryPoint, name, facts),
    ...describeGivers(document, entryPoint, name),
  ].join('\n\n');
}

function describeUses({ lines }: MlprojectDocument, { command }: EntryPoint, name: string): string {
  const uses = command ? templateFields(command.template).filter((field) => field.name === name) : [];
  const numbers = uses.map(
    ({ range }) => command && lines.lineAt(sourceRange(command.node, range).start) + 1,
  );
  const places = [...new Set(numbers)].join(', ');
  return uses.length === 0 ? 'The command does not use it.' : `Used in the command, line ${places}.`;
}

/** The options of scripts that it is passed as. */
function describeOptions({ command }: EntryPoint, name: string, facts: ProjectFacts): readonly string[] {
  return findScripts(command?.text ?? '', facts.scripts).flatMap((found) => optionLines(found, name));
}

function optionLines({ path, script, words }: FoundScript, name: string): readonly string[] {
  return readPassedOptions(words, script)
    .filter(({ value }) => value?.text === `{${name}}`)
    .map(({ name: option, match }) => {
      const read = match.kind === 'declared' ? match.option : undefined;
      const type = read && read.type !== 'unknown' ? `, read as ${read.type}` : '';
      const help = read?.help === undefined ? '' : `: ${escapeMarkdown(read.help)}`;
      return `Passed to ${codeSpan(path)} as ${codeSpan(option.text)}${type}${help}`;
    });
}

/** The entry points that call this one and give the parameter. */
function describeGivers(
  { model, lines }: MlprojectDocument,
  called: EntryPoint,
  name: string,
): readonly string[] {
  const givers = model.entryPoints.filter(
    ({ command }) =>
      command &&
      /\bmlflow\b.*\s(-P|--param-list)/s.test(command.text) &&
      readCommandCalls(command.text).some((call) => gives(call, called.name, name)),
  );
  const named = givers.map(
    (giver) => `${codeSpan(giver.name)} (line ${lines.lineAt(giver.field.key.range.start) + 1})`,
  );
  return named.length === 0 ? [] : [`Given by ${named.join(', ')}.`];
}

function gives(call: CommandCall, entryPoint: string, parameter: string): boolean {
  return (
    call.kind === 'project' &&
    (call.entryPoint?.text ?? 'main') === entryPoint &&
    call.parameters.some((one) => one.name.text === parameter)
  );
}
