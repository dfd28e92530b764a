import { type Connection, ErrorCodes, type Position, ResponseError } from 'vscode-languageserver';
import { type AboutDocument, type AboutPosition, type Answer, answering, offsetIn } from './answering';
import { listCodeLenses } from './features/codeLenses';
import { findDefinition } from './features/definition';
import { listDocumentLinks } from './features/documentLinks';
import { listDocumentSymbols } from './features/documentSymbols';
import { listFoldingRanges } from './features/foldingRanges';
import { findReferences, highlightOccurrences } from './features/references';
import { prepareRename, renameParameter } from './features/rename';
import { growSelection } from './features/selectionRanges';
import type { ClientOptions } from './protocol';
import type { ResourceSettings } from './resourceSettings';
import { serveWriting, type Written } from './serveWriting';

interface Served extends Written {
  readonly settings: ResourceSettings;
  readonly client: ClientOptions;
}

/** One line for each request about a document: a feature is a pure function of the document and what lies around it. */
export function serveFeatures(connection: Connection, served: Served): void {
  const { projects, settings, client } = served;
  const answer = answering(connection, projects, settings);
  serveStructure(connection, answer, client);
  serveNames(connection, answer);
  serveWriting(connection, answer, served);
}

function serveStructure(connection: Connection, answer: Answer, { commands = [] }: ClientOptions): void {
  connection.onDocumentSymbol(answer('Symbols', (document) => [...listDocumentSymbols(document)]));
  connection.onFoldingRanges(answer('Folding', (document) => [...listFoldingRanges(document)]));
  connection.onDocumentLinks(
    answer('Links', (document, _, { facts }) => [...listDocumentLinks(document, facts, commands)]),
  );
  connection.onCodeLens(answer('Lenses', (document) => [...listCodeLenses(document, commands)]));
  connection.onSelectionRanges(
    answer('Selection', (document, { positions }: AboutDocument & { positions: readonly Position[] }) =>
      positions.map((position) => growSelection(document, document.lines.offsetAt(position))),
    ),
  );
}

function serveNames(connection: Connection, answer: Answer): void {
  connection.onDefinition(
    answer('Definition', (document, params: AboutPosition, { facts }) => [
      ...findDefinition(document, offsetIn(document, params), facts),
    ]),
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
