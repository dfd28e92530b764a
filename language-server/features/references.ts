import { type DocumentHighlight, DocumentHighlightKind, type Location } from 'vscode-languageserver-types';
import { findOccurrences } from './occurrences';
import { type OpenDocument, toRange } from './openDocument';

/** Where the parameter or entry point under the caret is used. */
export function findReferences(
  document: OpenDocument,
  offset: number,
  includeDeclaration: boolean,
): readonly Location[] {
  return findOccurrences(document, offset)
    .filter(({ role }) => includeDeclaration || role === 'use')
    .map(({ range }) => ({ uri: document.uri, range: toRange(document, range) }));
}

/** The same places, to be marked in the text. */
export function highlightOccurrences(document: OpenDocument, offset: number): readonly DocumentHighlight[] {
  return findOccurrences(document, offset).map(({ role, range }) => ({
    range: toRange(document, range),
    kind: role === 'declaration' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
