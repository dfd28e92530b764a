import type { EntryPoint } from '../../documents/mlprojectModel';
import type { TextRange } from '../../documents/textRange';
import { findNode, type NodePlace, type PairPlace } from '../../documents/yamlPlaces';
import { writeYamlString } from '../../documents/yamlWrite';
import type { ScalarNode } from '../../documents/yamlTree';
import { nameOf } from '../../files';
import type { DiagnosticCode } from '../../knowledge/diagnosticCodes';
import type { QuickFix } from '../diagnostics/quickFix';
import type { MlprojectDocument, OpenDocument } from '../openDocument';
import type { ProjectFacts } from '../projectFacts';
import { type Edit, replaceRange, type TextFix } from '../textEdits';
import { addRequiredOptions } from './addMissingOptions';
import { commandAround, doubleBraces, unquote } from './commandEdits';
import { addBefore, addToValue, removePair, setEmptyValue } from './pairEdits';
import { declareParameters, guessParameter, placeOf, removeParameter } from './parameterEdits';

/** A diagnostic that can be mended, in offsets. */
export interface Mendable {
  readonly code: DiagnosticCode;
  readonly range: TextRange;
  readonly fix: QuickFix;
}

/** Undefined where the document is written so that the fix cannot be made, and for fixes that make or rename files. */
export function textFix(document: OpenDocument, fault: Mendable, facts: ProjectFacts): TextFix | undefined {
  const { fix, range } = fault;
  switch (fix.fix) {
    case 'rename-key':
      return renameKey(document, range, fix.to);
    case 'remove-key':
      return removeKey(document, range);
    case 'quote':
      return quoteScalar(document, fault);
    case 'replace':
      return replace(document, fault, fix.to);
    case 'make-default':
      return makeDefault(document, range, fix.type);
    case 'create-environment-file':
    case 'rename-file':
      return undefined;
    case 'declare-parameter':
    case 'remove-parameter':
    case 'pass-options':
    case 'add-command':
    case 'add-name':
    case 'double-braces':
    case 'unquote':
      return document.kind === 'mlproject' ? projectFix(document, range, fix, facts) : undefined;
  }
}

type ProjectFix = Extract<
  QuickFix,
  {
    fix:
      | 'declare-parameter'
      | 'remove-parameter'
      | 'pass-options'
      | 'add-command'
      | 'add-name'
      | 'double-braces'
      | 'unquote';
  }
>;

function projectFix(
  document: MlprojectDocument,
  range: TextRange,
  fix: ProjectFix,
  facts: ProjectFacts,
): TextFix | undefined {
  const { model, text } = document;
  const entryPoint = 'entryPoint' in fix ? findEntryPoint(document, fix.entryPoint) : undefined;
  const command = commandAround(model, range);
  const written = text.slice(range.start, range.end);
  switch (fix.fix) {
    case 'declare-parameter':
      return (
        entryPoint &&
        fixOf(
          `Declare the parameter "${fix.name}"`,
          declareParameters(document, entryPoint, [guessParameter(entryPoint, fix.name, facts)]),
        )
      );
    case 'remove-parameter':
      return (
        entryPoint &&
        fixOf(`Remove the parameter "${fix.name}"`, removeParameter(document, entryPoint, fix.name))
      );
    case 'pass-options':
      return entryPoint && addRequiredOptions(document, entryPoint, range, facts);
    case 'add-command':
      return entryPoint && fixOf('Add a command', addCommand(document, entryPoint, facts));
    case 'add-name':
      return fixOf('Add a name', addName(document));
    case 'double-braces':
      return command && fixOf(`Make text of the braces in ${written}`, ...doubleBraces(command, range));
    case 'unquote':
      return command && fixOf(`Take ${written} out of the quotes`, ...unquote(command, range));
  }
}

function fixOf(title: string, ...edits: readonly (Edit | undefined)[]): TextFix | undefined {
  const made = edits.filter((edit) => edit !== undefined);
  const shown = title.replace(/\s+/g, ' ');
  return made.length === 0
    ? undefined
    : { title: shown.length > 80 ? `${shown.slice(0, 79)}…` : shown, edits: made };
}

function findEntryPoint({ model }: MlprojectDocument, name: string): EntryPoint | undefined {
  return model.entryPoints.find((one) => one.name === name && !one.field.overridden);
}

/** Keeps the key's quotes. */
function renameKey({ model, text }: OpenDocument, range: TextRange, to: string): TextFix | undefined {
  const found = findNode(model.yaml, range);
  const isTaken = found?.place?.mapping.pairs.some(({ key }) => key.kind === 'scalar' && key.text === to);
  if (found?.role !== 'key' || isTaken === true) return undefined;
  const quote = /^["']/.exec(text.slice(range.start, range.end))?.[0] ?? '';
  return fixOf(`Change to "${to}"`, replaceRange(range, quote + to + quote));
}

function removeKey(document: OpenDocument, range: TextRange): TextFix | undefined {
  const place = findNode(document.model.yaml, range);
  const pair = place?.place;
  if (!pair) return undefined;
  return fixOf(
    `Remove "${document.text.slice(pair.pair.key.range.start, pair.pair.key.range.end)}"`,
    removePair(document, pair),
  );
}

/** Codes whose diagnostics mean the key that they stand at, not the value behind it. */
const aboutKeys: ReadonlySet<DiagnosticCode> = new Set([
  'yaml.key-not-text',
  'mlproject.unreachable-entry-point',
  'mlproject.malformed-key',
]);

/** The node that a diagnostic means: one about a value stands at its key where the value is nothing, or takes several lines. */
function meantNode({ model }: OpenDocument, { code, range }: Mendable): NodePlace | undefined {
  const found = findNode(model.yaml, range);
  if (found?.role !== 'key' || !found.place || aboutKeys.has(code)) return found;
  return { node: found.place.pair.value, role: 'value', place: found.place };
}

function quoteScalar(document: OpenDocument, fault: Mendable): TextFix | undefined {
  const node = meantNode(document, fault)?.node;
  const isPlain = node?.kind === 'null' || (node?.kind === 'scalar' && node.style === 'plain');
  if (!node || !isPlain || node.tag || node.range.end === node.range.start) return undefined;
  const written = document.text.slice(node.range.start, node.range.end);
  if (/[\n\r]/.test(written)) return undefined;
  return fixOf(`Quote ${written}`, replaceRange(node.range, JSON.stringify(written)));
}

function replace(document: OpenDocument, fault: Mendable, to: string): TextFix | undefined {
  const { range } = fault;
  const title = `Change to ${to}`;
  const meant = meantNode(document, fault);
  if (!meant) return fixOf(title, replaceRange(range, to));
  const { node, place } = meant;
  if (node.range.end > node.range.start) return fixOf(title, replaceRange(node.range, to));
  return place && fixOf(title, setEmptyValue(document, place.pair, to));
}

function makeDefault({ model, text }: OpenDocument, range: TextRange, type: string): TextFix | undefined {
  const found = findNode(model.yaml, range);
  if (found?.role !== 'value') return undefined;
  const { node } = found;
  const written =
    node.kind === 'scalar' && node.style === 'plain' ? plainInBraces(node, text) : sourceOf(range, text);
  const to = `{type: ${type}, default: ${written}}`;
  return fixOf(`Make it the default: ${to}`, replaceRange(range, to));
}

/** Plain text may hold what has a meaning inside braces. */
function plainInBraces(node: ScalarNode, text: string): string {
  const source = sourceOf(node.range, text);
  return /[,[\]{}]/.test(source) && node.value.type === 'str' ? JSON.stringify(node.text) : source;
}

function sourceOf({ start, end }: TextRange, text: string): string {
  return text.slice(start, end);
}

/** Runs the script that is there, with all that the entry point declares. */
function addCommand(
  document: MlprojectDocument,
  entryPoint: EntryPoint,
  { names }: ProjectFacts,
): Edit | undefined {
  const { name, field, commandField, parameters } = entryPoint;
  const candidates = [name, `${name}.py`, 'main.py', 'train.py'].filter((one) => one.endsWith('.py'));
  const script = candidates.find((one) => names.has(one)) ?? candidates[0] ?? 'main.py';
  const options = parameters
    .filter((one) => !one.field.overridden && /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(one.name))
    .map((one) => ` --${one.name} {${one.name}}`);
  const command = JSON.stringify(
    `python ${/^[\w./-]+$/.test(script) ? script : 'main.py'}${options.join('')}`,
  );
  const commandPlace = commandField && placeOf(document, commandField);
  if (commandPlace) return setEmptyValue(document, commandPlace.pair, command);
  const place = placeOf(document, field);
  return place && addToValue(document, place, [`command: ${command}`]);
}

/** After the project's folder. */
function addName(document: MlprojectDocument): Edit | undefined {
  const { model, uri } = document;
  const folder = nameOf(uri.slice(0, uri.lastIndexOf('/')));
  const name = writeYamlString(folder === '' ? 'project' : folder);
  const written = model.name && placeOf(document, model.name);
  if (written) {
    const { range } = written.pair.value;
    return range.end > range.start ? replaceRange(range, name) : setEmptyValue(document, written.pair, name);
  }
  const first = firstPair(model.yaml.root?.kind === 'mapping' ? model.yaml.root : undefined);
  return first && addBefore(document, first, 'name', name);
}

function firstPair(mapping: PairPlace['mapping'] | undefined): PairPlace | undefined {
  const pair = mapping?.pairs[0];
  return mapping && pair && { mapping, pair };
}

/** What stands for a shell's variable in a command that Python formats first. */
export function writeShellVariable(document: OpenDocument, { code, range }: Mendable): TextFix | undefined {
  if (code !== 'mlproject.shell-variable') return undefined;
  const [, name] = /^\$\{([A-Za-z_]\w*)\}$/.exec(document.text.slice(range.start, range.end)) ?? [];
  if (name === undefined || /^\w/.test(document.text.slice(range.end))) return undefined;
  return fixOf(`Change to $${name}`, replaceRange(range, `$${name}`));
}
