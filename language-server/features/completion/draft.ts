import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver-types';
import type { CaretPlace } from '../../documents/caretPlace';
import type { TextRange } from '../../documents/textRange';
import type { FileReader } from '../../files';
import type { ServerSettings } from '../../settings';
import { type OpenDocument, toRange } from '../openDocument';
import type { ProjectFacts } from '../projectFacts';
import { type Edit, toTextEdits } from '../textEdits';

/** All that a completion is made of. */
export interface Caret<Document extends OpenDocument = OpenDocument> {
  readonly document: Document;
  readonly offset: number;
  readonly place: CaretPlace;
  readonly facts: ProjectFacts;
  readonly files: FileReader;
  readonly settings: ServerSettings;
}

/** A completion before it is put into lines. */
export interface Draft {
  readonly label: string;
  readonly kind: keyof typeof CompletionItemKind;
  /** What is inserted; the label unless it is given. */
  readonly insert?: string;
  /** What is inserted with its tab stops. */
  readonly snippet?: string;
  /** Plain text beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly doc?: string;
  /** The lower come first, the rest at 5. */
  readonly order?: number;
  /** What is replaced, on the caret's line; the place's range unless it is given. */
  readonly range?: TextRange;
  /** What is changed elsewhere in the document along with it. */
  readonly also?: readonly Edit[];
}

export function toItem({ document, offset, place }: Caret, draft: Draft, index: number): CompletionItem {
  const { label, kind, snippet, detail, doc, also } = draft;
  const range = onCaretLine(document, offset, draft.range ?? place.range);
  const newText = snippet ?? draft.insert ?? label;
  // Clients compare what they filter by with all that is replaced, an opening quote too.
  const quote = /^\\?["']|^/.exec(document.text.slice(range.start, offset))?.[0] ?? '';
  const filterText = quote + (draft.insert ?? label).replace(/^\\?["']/, '');
  return {
    label,
    kind: CompletionItemKind[kind],
    textEdit: { range: toRange(document, range), newText },
    filterText,
    sortText: `${draft.order ?? 5}${String(index).padStart(4, '0')}`,
    insertTextFormat: snippet === undefined ? InsertTextFormat.PlainText : InsertTextFormat.Snippet,
    ...(newText.includes('\n') && { insertTextMode: InsertTextMode.adjustIndentation }),
    ...(also && { additionalTextEdits: toTextEdits(document, also) }),
    ...(detail !== undefined && { detail }),
    ...(doc !== undefined && { documentation: { kind: MarkupKind.Markdown, value: doc } }),
  };
}

/** A word that is broken over lines is replaced on the caret's only: clients take no other completions. */
function onCaretLine({ lines }: OpenDocument, offset: number, { start, end }: TextRange): TextRange {
  const line = lines.lineAt(offset);
  return { start: Math.max(start, lines.lineStart(line)), end: Math.min(end, lines.lineEnd(line)) };
}

/** A text for a snippet, between tab stops or behind one's colon. */
export function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
