import type { TextEdit } from 'vscode-languageserver-types';
import type { TextRange } from '../documents/textRange';
import { type OpenDocument, toRange } from './openDocument';

/** What comes in the place of a stretch of a document's text. */
export interface Edit extends TextRange {
  readonly newText: string;
}

/** A change of the document's own text, and what it is called. */
export interface TextFix {
  readonly title: string;
  readonly edits: readonly Edit[];
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

/** A stretch of a text that is kept, or what is put between such stretches. */
type Piece = { readonly kept: TextRange } | { readonly text: string };

/** One change that does what one does and then another, whose places are in the text that the first makes. Both are in order. */
export function composeEdits(first: readonly Edit[], then: readonly Edit[]): readonly Edit[] {
  const pieces = cutPieces(cutPieces([{ kept: { start: 0, end: Infinity } }], first), then);
  const edits: Edit[] = [];
  let [at, newText] = [0, ''];
  for (const piece of pieces) {
    if ('text' in piece) newText += piece.text;
    else {
      const { start, end } = piece.kept;
      if (start > at || newText !== '') edits.push({ start: at, end: start, newText });
      [at, newText] = [end, ''];
    }
  }
  return edits;
}

/** The pieces with edits made to the text that they are. */
function cutPieces(pieces: readonly Piece[], edits: readonly Edit[]): readonly Piece[] {
  let at = 0;
  const cut = edits.flatMap(({ start, end, newText }) => {
    const before = slicePieces(pieces, at, start);
    at = end;
    return [...before, { text: newText }];
  });
  return [...cut, ...slicePieces(pieces, at, Infinity)];
}

function slicePieces(pieces: readonly Piece[], start: number, end: number): readonly Piece[] {
  let next = 0;
  return pieces.flatMap((piece): readonly Piece[] => {
    const length = 'text' in piece ? piece.text.length : piece.kept.end - piece.kept.start;
    const [from, to] = [Math.max(start - next, 0), Math.min(end - next, length)];
    next += length;
    if (from >= to) return [];
    if ('text' in piece) return [{ text: piece.text.slice(from, to) }];
    return [{ kept: { start: piece.kept.start + from, end: piece.kept.start + to } }];
  });
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
