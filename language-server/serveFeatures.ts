import {
  CodeLensRefreshRequest,
  type Connection,
  ErrorCodes,
  type Position,
  ResponseError,
} from 'vscode-languageserver';
import { type AboutDocument, type AboutPosition, type Answer, answering, offsetIn } from './answering';
import { listCodeLenses } from './features/codeLenses';
import { findDefinition } from './features/definition';
import { listDocumentLinks } from './features/documentLinks';
import { listDocumentSymbols } from './features/documentSymbols';
import { listFoldingRanges } from './features/foldingRanges';
import { findReferences, highlightOccurrences } from './features/references';
import { prepareRename, renameParameter } from './features/rename';
import { growSelection } from './features/selectionRanges';
import { type FindStored, findStoredDefinition } from './features/storedIds';
import type { ClientOptions } from './protocol';
import type { ResourceSettings } from './resourceSettings';
import { serveWriting, type Written } from './serveWriting';

interface Served extends Written {
  readonly settings: ResourceSettings;
  readonly client: ClientOptions;
  readonly findStored: FindStored;
}

/** One line for each request about a document: a feature is a pure function of the document and what lies around it. */
export function serveFeatures(connection: Connection, served: Served): void {
  const { projects, settings, client, findStored } = served;
  const answer = answering(connection, projects, settings);
  serveStructure(connection, answer, client);
  serveLenses(connection, answer, served);
  serveNames(connection, answer, findStored);
  serveWriting(connection, answer, served);
}

/** They rest on what lies beside an MLmodel: a client that can is told to ask again when that changes. */
function serveLenses(connection: Connection, answer: Answer, served: Served): void {
  const { client, capabilities, onDidChange } = served;
  connection.onCodeLens(
    answer('Lenses', (document, _, { facts }) => [
      ...listCodeLenses(document, client.commands ?? [], facts.model),
    ]),
  );
  onDidChange(() => {
    if (capabilities.workspace?.codeLens?.refreshSupport !== true) return;
    connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  });
}

function serveStructure(connection: Connection, answer: Answer, { commands = [] }: ClientOptions): void {
  connection.onDocumentSymbol(answer('Symbols', (document) => [...listDocumentSymbols(document)]));
  connection.onFoldingRanges(answer('Folding', (document) => [...listFoldingRanges(document)]));
  connection.onDocumentLinks(
    answer('Links', (document, _, { facts }) => [...listDocumentLinks(document, facts, commands)]),
  );
  connection.onSelectionRanges(
    answer('Selection', (document, { positions }: AboutDocument & { positions: readonly Position[] }) =>
      positions.map((position) => growSelection(document, document.lines.offsetAt(position))),
    ),
  );
}

function serveNames(connection: Connection, answer: Answer, findStored: FindStored): void {
  connection.onDefinition(
    answer('Definition', async (document, params: AboutPosition, { facts }) => {
      const offset = offsetIn(document, params);
      const stored = await findStoredDefinition(document, offset, findStored);
      return [...stored, ...findDefinition(document, offset, facts)];
    }),
  );
  connection.onReferences(
    answer('References', (document, params: AboutPosition & { context: { includeDeclaration: boolean } }) => [
      ...findReferences(document, offsetIn(document, params), params.context.includeDeclaration),
    ]),
  );
  connection.onDocumentHighlight(
    answer('Highlights', (document, params: AboutPosition) => [
      ...highlightOccurrences(document, offsetIn(document, params)),
    ]),
  );
  connection.onPrepareRename(
    answer(
      'Rename',
      (document, params: AboutPosition) => prepareRename(document, offsetIn(document, params)) ?? null,
    ),
  );
  connection.onRenameRequest(
    answer('Rename', (document, params: AboutPosition & { newName: string }) => {
      const renaming = renameParameter(document, offsetIn(document, params), params.newName);
      if (renaming?.kind === 'refused') throw new ResponseError(ErrorCodes.InvalidParams, renaming.reason);
      return renaming?.edit ?? null;
    }),
  );
}
