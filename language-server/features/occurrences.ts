import { type ProjectCall, readCommandCalls } from '../documents/commandCalls';
import { templateFields } from '../documents/commandTemplate';
import type { EntryPoint } from '../documents/mlprojectModel';
import type { WordPiece } from '../documents/shellWords';
import { type TextRange, touches } from '../documents/textRange';
import { sourceRange } from '../documents/yamlRead';
import type { YamlNode } from '../documents/yamlTree';
import type { MlprojectDocument, OpenDocument } from './openDocument';

/** A place where a parameter or an entry point is declared, or used: `{name}`, `-e name`, `-P name=value`. */
export interface Occurrence {
  readonly kind: 'parameter' | 'entryPoint';
  readonly role: 'declaration' | 'use';
  /** The entry point itself, or the one that the parameter belongs to. */
  readonly entryPoint: string;
  readonly name: string;
  /** The name alone, without quotes or braces. */
  readonly range: TextRange;
}

/** All occurrences in an MLproject, in no order. */
export function listOccurrences({ model }: MlprojectDocument): readonly Occurrence[] {
  return model.entryPoints.flatMap((entryPoint) => [
    ...declaration('entryPoint', entryPoint.name, entryPoint.name, entryPoint.field.key),
    ...entryPoint.parameters.flatMap(({ name, field }) =>
      declaration('parameter', entryPoint.name, name, field.key),
    ),
    ...usesIn(entryPoint),
  ]);
}

/**
 * What is under the caret and everything that means the same, each place once, in the order of the text. Entry points may
 * share parameters or commands by anchors, so one place can mean the parameters of several.
 */
export function findOccurrences(document: OpenDocument, offset: number): readonly Occurrence[] {
  if (document.kind !== 'mlproject') return [];
  const all = listOccurrences(document);
  const meant = new Set(all.filter(({ range }) => touches(range, offset)).map(identity));
  for (let before = -1; before < meant.size;) {
    before = meant.size;
    const places = new Set(all.filter((one) => meant.has(identity(one))).map(({ range }) => range.start));
    for (const one of all) if (places.has(one.range.start)) meant.add(identity(one));
  }
  const found = all.filter((one) => meant.has(identity(one)));
  const byPlace = new Map(found.map((one) => [one.range.start, one]));
  return [...byPlace.values()].sort((a, b) => a.range.start - b.range.start);
}

function identity({ kind, entryPoint, name }: Occurrence): string {
  return JSON.stringify([kind, entryPoint, name]);
}

function declaration(
  kind: Occurrence['kind'],
  entryPoint: string,
  name: string,
  key: YamlNode,
): readonly Occurrence[] {
  if (key.kind !== 'scalar') return [];
  const range = sourceRange(key, { start: 0, end: key.text.length });
  return [{ kind, role: 'declaration', entryPoint, name, range }];
}

function usesIn({ name: entryPoint, command }: EntryPoint): readonly Occurrence[] {
  if (!command) return [];
  const { node, text, template } = command;
  const fields = templateFields(template)
    .filter(({ positional }) => !positional)
    .map(({ name, nameRange }) => parameterUse(entryPoint, name, sourceRange(node, nameRange)));
  const calls = text.includes('mlflow')
    ? readCommandCalls(text).filter((call) => call.kind === 'project')
    : [];
  return [...fields, ...calls.flatMap((call) => usesOf(call, (piece) => sourceRange(node, piece)))];
}

/** What `mlflow run .` says of this same project. */
function usesOf(call: ProjectCall, place: (piece: WordPiece) => TextRange): readonly Occurrence[] {
  const isSelf = call.directory === '' && (call.uri?.text === '.' || call.uri?.text === './');
  if (!isSelf) return [];
  const { entryPoint, parameters } = call;
  const called = entryPoint?.text ?? 'main';
  const uses = parameters.map(({ name }) => parameterUse(called, name.text, place(name)));
  if (!entryPoint) return uses;
  return [
    { kind: 'entryPoint', role: 'use', entryPoint: called, name: called, range: place(entryPoint) },
    ...uses,
  ];
}

function parameterUse(entryPoint: string, name: string, range: TextRange): Occurrence {
  return { kind: 'parameter', role: 'use', entryPoint, name, range };
}
