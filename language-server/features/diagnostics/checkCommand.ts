import { type FieldPart, templateFields } from '../../documents/commandTemplate';
import type { Command, EntryPoint } from '../../documents/mlprojectModel';
import { splitShellWords } from '../../documents/shellWords';
import type { TextRange } from '../../documents/textRange';
import { sourceRange } from '../../documents/yamlRead';
import { didYouMean, nearestWord } from '../../knowledge/didYouMean';
import { strAttributes } from '../../knowledge/strAttributes';
import type { Fault } from './fault';

/** A command of more placeholders than this was not written by anyone: those behind it are not looked at. */
const mostPlaceholders = 1_000;

/** A command's placeholders beside the parameters, and parameters that no placeholder uses. */
export function checkCommand(entryPoint: EntryPoint, command: Command): readonly Fault[] {
  const counting = entryPoint.parameters.filter(({ field }) => !field.overridden);
  const declared = new Set(counting.map(({ name }) => name));
  const fields = reachedFields(command, declared);
  const faults = fields
    .slice(0, mostPlaceholders)
    .flatMap((field) => checkPlaceholder(entryPoint, command, field, declared));
  const format = formatError(command, fields, declared);
  const used = new Set(fields.map(({ name }) => name));
  return [
    ...faults,
    ...(format ? [format] : []),
    ...quotedPlaceholders(command, declared),
    ...(format ? [] : unusedParameters(entryPoint, command, used, faults)),
  ];
}

/** All fields but those inside of one that Python does not get past; an outer field comes before those inside of it. */
function reachedFields({ template }: Command, declared: ReadonlySet<string>): readonly FieldPart[] {
  let lostUntil = -1;
  return templateFields(template).filter(({ range, positional, name }) => {
    if (range.end <= lostUntil) return false;
    if (positional || !declared.has(name)) lostUntil = range.end;
    return true;
  });
}

function isInside(inner: TextRange, outer: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function checkPlaceholder(
  entryPoint: EntryPoint,
  command: Command,
  field: FieldPart,
  declared: ReadonlySet<string>,
): readonly Fault[] {
  if (!field.closed) return [];
  const isDollar = command.text[field.range.start - 1] === '$' && command.text[field.range.start - 2] !== '$';
  const whole = sourceRange(command.node, {
    start: field.range.start - (isDollar ? 1 : 0),
    end: field.range.end,
  });
  if (field.positional) return [positional(command, field, whole)];
  if (declared.has(field.name)) {
    const access = accessFault(command, field);
    return [...(access ? [access] : []), ...(isDollar ? [dollar(field, whole)] : [])];
  }
  if (isDollar) return [shellVariable(field, whole)];
  return [undeclared(entryPoint, command, field, whole, [...declared])];
}

function positional({ text }: Command, { range: { start, end } }: FieldPart, range: TextRange): Fault {
  const written = text.slice(start, end);
  return {
    code: 'mlproject.positional-placeholder',
    range,
    message: `\`${written}\` names no parameter: MLflow dies of it in the run (IndexError). Braces that are meant as text are doubled: \`{${written}}\`.`,
    fix: { fix: 'double-braces' },
  };
}

function dollar({ name }: FieldPart, range: TextRange): Fault {
  const message = `The \`$\` stays in front of the value of \`${name}\`, so the shell looks for a variable of that name. Placeholders are written \`{${name}}\`.`;
  return { code: 'mlproject.dollar-placeholder', range, message, fix: { fix: 'replace', to: `{${name}}` } };
}

function shellVariable({ name }: FieldPart, range: TextRange): Fault {
  const written = name.slice(0, 100);
  const message = `MLflow takes \`{${written}}\` for a parameter that is not declared, and dies of it in the run (KeyError). A variable of the shell is written \`$${written}\` or \`\${{${written}}}\`.`;
  return { code: 'mlproject.shell-variable', range, message, fix: { fix: 'double-braces' } };
}

function undeclared(
  entryPoint: EntryPoint,
  command: Command,
  field: FieldPart,
  whole: TextRange,
  declared: readonly string[],
): Fault {
  const name = field.name.slice(0, 100);
  const dotted = declared.find((one) => command.text.startsWith(`${one}}`, field.nameRange.start));
  const death = `MLflow dies of it in the run (KeyError).`;
  const code = 'mlproject.undeclared-parameter';
  if (dotted !== undefined) {
    const message = `No placeholder can stand for the parameter \`${dotted}\`: Python reads what follows the dot or bracket as a part of \`${name}\`. ${death} Rename the parameter.`;
    return { code, range: whole, message };
  }
  if (!/^[\p{L}\p{N}_. -]+$/u.test(name)) {
    const message = `MLflow takes what is between braces for a parameter. ${death} Braces that are meant as text are doubled: \`{{\` and \`}}\`.`;
    return { code, range: whole, message, fix: { fix: 'double-braces' } };
  }
  const near = declared.find((one) => one === field.name.trim()) ?? nearestWord(name, declared);
  return {
    code,
    range: sourceRange(command.node, field.nameRange),
    message: `\`${entryPoint.name}\` declares no parameter \`${name}\`: ${death}${didYouMean(near)}`,
    fix:
      near === undefined
        ? { fix: 'declare-parameter', entryPoint: entryPoint.name, name: field.name, type: 'string' }
        : { fix: 'replace', to: near },
  };
}

/** `{a.b}` and `{a[0]}` are parts of the value, which is text. */
function accessFault({ node }: Command, { path, name }: FieldPart): Fault | undefined {
  const [part] = path;
  const last = path.at(-1);
  if (!part || !last) return undefined;
  const range = sourceRange(node, {
    start: part.range.start - 1,
    end: last.range.end + (last.kind === 'index' ? 1 : 0),
  });
  const fails =
    part.kind === 'attribute'
      ? !strAttributes.has(part.text) && !/^__\w+__$/.test(part.text)
      : !/^\d+$/.test(part.text);
  if (fails) {
    const exception = part.kind === 'attribute' ? 'AttributeError' : 'TypeError';
    const message = `The value of \`${name}\` is text, which has no \`${part.text}\`: MLflow dies of it in the run (${exception}).`;
    return { code: 'mlproject.placeholder-access', range, message };
  }
  const message = `This takes a part of the value of \`${name}\`, as Python understands it.`;
  return { code: 'mlproject.placeholder-part', range, message };
}

/** The first that Python finds wrong in the command's form, unless it lies where Python does not come to. */
function formatError(
  { node, template }: Command,
  fields: readonly FieldPart[],
  declared: ReadonlySet<string>,
): Fault | undefined {
  const [first] = template.errors;
  if (!first) return undefined;
  const holder = fields.find((field) => isInside(first.range, field.range));
  if (holder?.closed && (holder.positional || !declared.has(holder.name))) return undefined;
  const isOpen = holder?.closed === false;
  const range = isOpen ? { start: holder.range.start, end: holder.range.start + 1 } : first.range;
  return {
    code: 'mlproject.command-format',
    range: sourceRange(node, range),
    message: `MLflow dies of this in the run (${first.exception}: ${first.message}). Braces that are meant as text are doubled.`,
    ...(first.range.end - first.range.start === 1 || isOpen
      ? { fix: { fix: 'double-braces' } as const }
      : {}),
  };
}

function quotedPlaceholders({ text, node }: Command, declared: ReadonlySet<string>): readonly Fault[] {
  if (!text.includes('{') || !/["']/.test(text)) return [];
  const placeholders = splitShellWords(text).flatMap((token) =>
    token.kind === 'word' ? token.placeholders : [],
  );
  return placeholders
    .filter(({ name, quote }) => quote !== '' && declared.has(name))
    .map(({ name, start, end }) => ({
      code: 'mlproject.quoted-placeholder',
      range: sourceRange(node, { start, end }),
      message: `MLflow quotes the value of \`${name}\` itself where it needs to: inside of these quotes the shell sees its quotes, too.`,
      fix: { fix: 'unquote' },
    }));
}

function unusedParameters(
  { name: entryPoint, parameters }: EntryPoint,
  { text }: Command,
  used: ReadonlySet<string>,
  faults: readonly Fault[],
): readonly Fault[] {
  const meant = new Set(faults.flatMap(({ fix }) => (fix?.fix === 'replace' ? [fix.to] : [])));
  // `a.b` has a placeholder, though none that works.
  const isWritten = (name: string) => /[.[]/.test(name) && text.includes(`{${name}}`);
  return parameters
    .filter(({ name, field }) => !field.overridden && !used.has(name) && !meant.has(name) && !isWritten(name))
    .map(({ name, field }) => ({
      code: 'mlproject.unused-parameter',
      range: field.key.range,
      message: `The command does not use \`${name}\`: a value that is given for it goes nowhere.`,
      fix: { fix: 'remove-parameter', entryPoint, name },
    }));
}
