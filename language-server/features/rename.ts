import type { Range, WorkspaceEdit } from 'vscode-languageserver-types';
import { touches } from '../documents/textRange';
import { resolveScalar } from '../documents/yamlResolve';
import { findOccurrences, type Occurrence } from './occurrences';
import { type MlprojectDocument, type OpenDocument, toRange } from './openDocument';

/** What would be renamed at the caret: the name of a parameter. */
export function prepareRename(
  document: OpenDocument,
  offset: number,
): { readonly range: Range; readonly placeholder: string } | undefined {
  const found = parametersAt(document, offset).find(({ range }) => touches(range, offset));
  return found && { range: toRange(document, found.range), placeholder: found.name };
}

export type Renaming =
  | { readonly kind: 'edit'; readonly edit: WorkspaceEdit }
  /** In one sentence for the user. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Renames the parameter at the caret wherever it is declared and used; undefined where there is none. */
export function renameParameter(
  document: OpenDocument,
  offset: number,
  newName: string,
): Renaming | undefined {
  const places = parametersAt(document, offset);
  if (places.length === 0 || document.kind !== 'mlproject') return undefined;
  const reason = refusal(document, places, newName);
  if (reason !== undefined) return { kind: 'refused', reason };
  const edits = places.map(({ range }) => ({ range: toRange(document, range), newText: newName }));
  return { kind: 'edit', edit: { changes: { [document.uri]: edits } } };
}

function parametersAt(document: OpenDocument, offset: number): readonly Occurrence[] {
  return findOccurrences(document, offset).filter(({ kind }) => kind === 'parameter');
}

function refusal(
  { model }: MlprojectDocument,
  places: readonly Occurrence[],
  newName: string,
): string | undefined {
  const resolved = resolveScalar(newName, true, undefined);
  const isText = resolved.kind === 'value' && resolved.value.type === 'str';
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(newName))
    return 'A parameter is named with letters, digits, - and _, and begins with a letter.';
  if (!isText) return `YAML does not read ${newName} as text.`;
  const concerned = new Set(places.map(({ entryPoint }) => entryPoint));
  const holder = model.entryPoints.find(
    ({ name, parameters }) => concerned.has(name) && parameters.some((one) => one.name === newName),
  );
  if (!holder || places[0]?.name === newName) return undefined;
  return `The entry point ${holder.name} already has a parameter ${newName}.`;
}
