import { type Connection, type Disposable, type Event, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  isOwner,
  type MlmodelDocument,
  type MlprojectDocument,
  type OpenDocument,
  type OwnerDocument,
} from './features/openDocument';
import type { FileReader } from './files';
import { type DocumentKind, isMlmodel, isMlproject, parseDocument } from './parseDocument';

const mostClosed = 50;
/** Longer texts are no project of anybody's. */
const mostBytes = 5_000_000;

/**
 * The documents of the client, each parsed once for a version with the parse of the version before; and files that are
 * not open, of which the last ones looked at are kept parsed.
 */
export class OpenDocuments {
  private readonly texts = new TextDocuments(TextDocument);
  private readonly parsed = new Map<string, OpenDocument>();
  private readonly closed = new Map<string, OpenDocument>();
  readonly onDidChange: Event<{ readonly document: TextDocument }> = this.texts.onDidChangeContent;
  readonly onDidSave: Event<{ readonly document: TextDocument }> = this.texts.onDidSave;
  readonly onDidClose: Event<{ readonly document: TextDocument }> = this.texts.onDidClose;

  constructor(private readonly files: FileReader) {
    this.texts.onDidClose(({ document }) => this.parsed.delete(document.uri));
  }

  listen(connection: Connection): Disposable {
    return this.texts.listen(connection);
  }

  /** URIs of all that are open. */
  uris(): readonly string[] {
    return this.texts.keys();
  }

  /** By its name, or its language if it is open; undefined if it is neither an MLproject nor an MLmodel. */
  ownerKind(uri: string): OwnerDocument['kind'] | undefined {
    const language = this.texts.get(uri)?.languageId;
    if (isMlproject(uri, language)) return 'mlproject';
    return isMlmodel(uri, language) ? 'mlmodel' : undefined;
  }

  version(uri: string): number | undefined {
    return this.texts.get(uri)?.version;
  }

  /** Undefined unless it is open. */
  get(uri: string, kind: DocumentKind): OpenDocument | undefined {
    const text = this.texts.get(uri)?.getText();
    return text === undefined ? undefined : parseInto(this.parsed, uri, kind, text);
  }

  /** A document, open or not; undefined where there is none. */
  async read(uri: string, kind: DocumentKind): Promise<OpenDocument | undefined> {
    const open = this.get(uri, kind);
    const text = open ? undefined : await this.files.readText(uri, mostBytes);
    const document = text === undefined ? open : parseInto(this.closed, uri, kind, text);
    while (this.closed.size > mostClosed) this.closed.delete(this.closed.keys().next().value ?? '');
    return document;
  }

  /** An MLproject or MLmodel, open or not; undefined where there is none. */
  async readOwner(uri: string): Promise<OwnerDocument | undefined> {
    const kind = this.ownerKind(uri);
    const document = kind && (await this.read(uri, kind));
    return document && isOwner(document) ? document : undefined;
  }

  /** An MLproject, open or not; undefined where there is none. */
  async readMlproject(uri: string): Promise<MlprojectDocument | undefined> {
    const document = await this.read(uri, 'mlproject');
    return document?.kind === 'mlproject' ? document : undefined;
  }

  /** An MLmodel, open or not; undefined where there is none. */
  async readMlmodel(uri: string): Promise<MlmodelDocument | undefined> {
    const document = await this.read(uri, 'mlmodel');
    return document?.kind === 'mlmodel' ? document : undefined;
  }

  /** The files with the texts of open documents laid over them. */
  overlay(): FileReader {
    return {
      ...this.files,
      readText: async (uri, most) => {
        const open = this.texts.get(uri)?.getText();
        if (open === undefined) return await this.files.readText(uri, most);
        return open.length > most ? undefined : open;
      },
    };
  }
}

/** The document that was parsed from this very text, or a new one; the newest is the last of the map. */
function parseInto(
  parsed: Map<string, OpenDocument>,
  uri: string,
  kind: DocumentKind,
  text: string,
): OpenDocument {
  const before = parsed.get(uri);
  const document =
    before?.kind === kind && before.text === text ? before : parseDocument(uri, kind, text, before);
  parsed.delete(uri);
  parsed.set(uri, document);
  return document;
}
