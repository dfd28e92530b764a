import { ok } from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CodeActionRequest,
  CodeLensRequest,
  type CompletionItem,
  CompletionRequest,
  createProtocolConnection,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  type Location,
  type MarkupContent,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { lensCommands } from '../../language-server/features/codeLenses';
import { projectRoot } from '../support/cache';
import { introduce, nextFrom, open } from './client';
import {
  type AskFeature,
  caretAt,
  expectedAnswers,
  type FeatureName,
  featureProject,
  lineOf,
  linesOf,
  namesOf,
  widening,
  writeFeatureProject,
} from './everyFeature';

describe('Every feature, over stdio', () => {
  let server: ChildProcess;
  let client: ProtocolConnection;
  let folder: string;
  let asks: Record<FeatureName, AskFeature>;

  before(async () => {
    folder = await writeFeatureProject();
    const started = startServer();
    ({ server, client } = started);
    const uri = pathToFileURL(join(folder, 'MLproject')).href;
    const published = nextFrom<PublishDiagnosticsParams>(client, 'textDocument/publishDiagnostics');
    await introduce(client, { initializationOptions: { commands: lensCommands } });
    await open(client, uri, featureProject);
    asks = featureAsks(client, uri, await published);
  });
  after(async () => {
    client.dispose();
    server.kill();
    await rm(folder, { recursive: true });
  });

  for (const [feature, expected] of Object.entries(expectedAnswers)) {
    it(`${feature}: ${expected.join(', ')}`, async () => {
      const answers = await asks[feature as FeatureName]();
      for (const one of expected) ok(answers.includes(one), `${one} is not among ${answers.join(', ')}`);
    });
  }
});

function startServer(): { readonly server: ChildProcess; readonly client: ProtocolConnection } {
  const serverModule = join(projectRoot(), 'dist', 'language-server.js');
  const server = spawn(process.execPath, [serverModule, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const reader = new StreamMessageReader(server.stdout);
  const client = createProtocolConnection(reader, new StreamMessageWriter(server.stdin));
  client.listen();
  return { server, client };
}

function featureAsks(
  client: ProtocolConnection,
  uri: string,
  { diagnostics }: PublishDiagnosticsParams,
): Record<FeatureName, AskFeature> {
  const textDocument = { uri };
  const at = (words: string) => ({ textDocument, position: caretAt(words) });
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const send = client.sendRequest.bind(client);
  return {
    diagnostics: () => Promise.resolve(diagnostics.map(({ code }) => String(code))),
    completion: async () => {
      const items = (await send(CompletionRequest.type, at('{data}'))) as readonly CompletionItem[];
      return items.map(({ label }) => label);
    },
    hover: async () => {
      const hover = await send(HoverRequest.type, at('alpha:'));
      return (hover?.contents as MarkupContent).value.split(/[ ,]/);
    },
    definition: async () =>
      ((await send(DefinitionRequest.type, at('alpha} {'))) as readonly Location[]).map(lineOf),
    references: async () => {
      const params = { ...at('alpha:'), context: { includeDeclaration: true } };
      return ((await send(ReferencesRequest.type, params)) ?? []).map(lineOf);
    },
    highlights: async () => ((await send(DocumentHighlightRequest.type, at('alpha:'))) ?? []).map(lineOf),
    rename: async () => {
      const edit = await send(RenameRequest.type, { ...at('alpha:'), newName: 'rate' });
      return (edit?.changes?.[uri] ?? []).map((one) => `${lineOf(one)}: ${one.newText}`);
    },
    links: async () =>
      ((await send(DocumentLinkRequest.type, { textDocument })) ?? []).map(({ target }) =>
        basename(target ?? ''),
      ),
    symbols: async () => namesOf((await send(DocumentSymbolRequest.type, { textDocument })) ?? []),
    folding: async () =>
      ((await send(FoldingRangeRequest.type, { textDocument })) ?? []).map(
        ({ startLine, endLine }) => `${String(startLine)}–${String(endLine)}`,
      ),
    selection: async () => {
      const params = { textDocument, positions: [caretAt('train.py')] };
      return ((await send(SelectionRangeRequest.type, params)) ?? []).flatMap(widening).map(linesOf);
    },
    tokens: async () => {
      const tokens = await send(SemanticTokensRequest.type, { textDocument });
      return tokens && tokens.data.length > 0 ? ['coloured'] : [];
    },
    hints: async () =>
      ((await send(InlayHintRequest.type, { textDocument, range })) ?? []).map(({ label }) =>
        typeof label === 'string' ? label : '',
      ),
    formatting: async () => {
      const options = { tabSize: 2, insertSpaces: true };
      return ((await send(DocumentFormattingRequest.type, { textDocument, options })) ?? []).map(lineOf);
    },
    actions: async () => {
      const place = { start: caretAt('nmae'), end: caretAt('nmae') };
      const params = { textDocument, range: place, context: { diagnostics: [] } };
      const found = (await send(CodeActionRequest.type, params)) ?? [];
      const edits = found.flatMap((one) => ('edit' in one ? (one.edit.changes?.[uri] ?? []) : []));
      return edits.map((one) => `${lineOf(one)}: ${one.newText}`);
    },
    lenses: async () =>
      ((await send(CodeLensRequest.type, { textDocument })) ?? []).map(({ command }) => command?.title ?? ''),
  };
}
