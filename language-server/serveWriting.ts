import type { ClientCapabilities, Connection, Event, FormattingOptions, Range } from 'vscode-languageserver';
import { type AboutDocument, type AboutPosition, type Answer, offsetIn } from './answering';
import { listCodeActions, needsBeside } from './features/codeActions';
import { complete, withoutSnippets } from './features/complete';
import { formatDocument } from './features/format';
import { hover } from './features/hover';
import { inlayHints } from './features/inlayHints';
import { encodeTokens, readTokens } from './features/semanticTokens';
import type { Projects } from './projects';

export interface Written {
  readonly projects: Projects;
  readonly capabilities: ClientCapabilities;
  /** What is said may be another now without any edit. */
  readonly onDidChange: Event<void>;
}

const noTokens = { data: [] };

interface AboutRange extends AboutDocument {
  readonly range: Range;
}
interface AboutFormat extends AboutDocument {
  readonly options: FormattingOptions;
}
interface AboutActions extends AboutRange {
  readonly context: { readonly only?: readonly string[] };
}

/** What helps while one writes: completions, what things mean, fixes, order and colour. */
export function serveWriting(connection: Connection, answer: Answer, written: Written): void {
  const { projects, capabilities } = written;
  const hasSnippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
  connection.onCompletion(
    answer('Completion', async (document, params: AboutPosition, { facts, settings }) => {
      const items = await complete(document, offsetIn(document, params), facts, projects.files, settings);
      return hasSnippets ? items : withoutSnippets(items);
    }),
  );
  connection.onHover(
    answer(
      'Hover',
      async (document, params: AboutPosition, { facts }) =>
        (await hover(document, offsetIn(document, params), facts, projects.files)) ?? null,
    ),
  );
  serveHints(connection, answer, written);
  serveEdits(connection, answer, written);
  const { semanticTokens } = connection.languages;
  semanticTokens.on(answer('Tokens', (document) => encodeTokens(document, readTokens(document)), noTokens));
  semanticTokens.onRange(
    answer(
      'Tokens',
      (document, { range }: AboutRange) => encodeTokens(document, readTokens(document, range)),
      noTokens,
    ),
  );
}

/** Hints rest on the files around a project: a client that can is told to ask again when these change. */
function serveHints(connection: Connection, answer: Answer, { capabilities, onDidChange }: Written): void {
  const { inlayHint } = connection.languages;
  inlayHint.on(
    answer('Hints', (document, { range }: AboutRange, { facts, settings }) =>
      inlayHints(document, range, facts, settings),
    ),
  );
  onDidChange(() => {
    if (capabilities.workspace?.inlayHint?.refreshSupport !== true) return;
    inlayHint.refresh().catch(() => undefined);
  });
}

function serveEdits(connection: Connection, answer: Answer, { projects, capabilities }: Written): void {
  const operations = capabilities.workspace?.workspaceEdit?.resourceOperations ?? [];
  const changesFiles = operations.includes('create') && operations.includes('rename');
  connection.onCodeAction(
    answer('Actions', async (document, { range, context }: AboutActions, around) => {
      const beside = needsBeside(document, range) ? await projects.beside(document) : undefined;
      const { only } = context;
      return [
        ...listCodeActions(document, range, {
          ...around,
          changesFiles,
          ...(only === undefined ? {} : { only }),
          ...(beside === undefined ? {} : { beside }),
        }),
      ];
    }),
  );
  connection.onDocumentFormatting(
    answer('Formatting', (document, { options }: AboutFormat) => [...formatDocument(document, options)]),
  );
  connection.onDocumentRangeFormatting(
    answer('Formatting', (document, { options, range }: AboutFormat & AboutRange) => [
      ...formatDocument(document, options, range),
    ]),
  );
}
