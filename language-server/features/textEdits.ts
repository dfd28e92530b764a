import type { TextEdit } from 'vscode-languageserver-types';
import type { TextRange } from '../documents/textRange';
import { type OpenDocument, toRange } from './openDocument';

/** What comes in the place of a stretch of a document's text. */
export interface Edit extends TextRange {
  readonly newText: string;
}

export function insertAt(offset: number, newText: string): Edit {
  return { start: offset, end: offset, newText };
}

export function replaceRange({ start, end }: TextRange, newText: string): Edit {
  return { start, end, newText };
}

/** In the order of the text, without those that overlap one before them. Insertions at one place keep their order. */
export function disjointEdits(edits: readonly Edit[]): readonly Edit[] {
  const kept: Edit[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start >= (kept.at(-1)?.end ?? 0)) kept.push(edit);
  }
  return kept;
}

/** The text with disjoint edits made to it, which are in its order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, newText } of edits) {
    pieces.push(text.slice(at, start), newText);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

export function toTextEdits(document: OpenDocument, edits: readonly Edit[]): TextEdit[] {
  return edits.map((edit) => ({ range: toRange(document, edit), newText: edit.newText }));
}
