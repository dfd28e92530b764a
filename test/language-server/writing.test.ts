import { deepEqual, equal, match, ok } from 'node:assert/strict';
import {
  type CodeAction,
  type CompletionItem,
  type Hover,
  type InlayHint,
  type ProtocolConnection,
  type SemanticTokens,
  type TextEdit,
} from 'vscode-languageserver/node';
import { noFiles } from '../../language-server/files';
import { connect, introduce, open } from './client';

const uri = 'file:///project/MLproject';
const project = `nmae: a
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: {type: path}
    command:  python train.py {alpha} {data}
`;

describe('A client that writes', () => {
  let client: ProtocolConnection;

  beforeEach(async () => {
    client = connect({ files: noFiles });
    const capabilities = {
      textDocument: { completion: { completionItem: { snippetSupport: true } } },
      workspace: { workspaceEdit: { resourceOperations: ['create', 'rename'] as ('create' | 'rename')[] } },
    };
    await introduce(client, { capabilities });
    await open(client, uri, project);
  });
  afterEach(() => {
    client.dispose();
  });

  /** What is asked at the first place of the words. */
  const at = (words: string) => {
    const lines = project.split('\n');
    const line = lines.findIndex((one) => one.includes(words));
    return { textDocument: { uri }, position: { line, character: lines[line]?.indexOf(words) ?? 0 } };
  };
  const whole = {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
  };

  it('is offered the parameters that a command may use', async () => {
    const { textDocument, position } = at('{data}');
    const inside = { textDocument, position: { ...position, character: position.character + 1 } };
    const items = await client.sendRequest<readonly CompletionItem[]>('textDocument/completion', inside);
    ok(items.some(({ label }) => label === '{data}'));
  });

  it('is told what a parameter is', async () => {
    const hover = await client.sendRequest<Hover>('textDocument/hover', at('alpha:'));
    match(JSON.stringify(hover.contents), /float/);
  });

  it('sees what must be given', async () => {
    const hints = await client.sendRequest<readonly InlayHint[]>('textDocument/inlayHint', whole);
    ok(hints.some(({ label }) => label === 'required'));
  });

  it('has a mistyped key mended', async () => {
    const range = { start: at('nmae').position, end: at('nmae').position };
    const actions = await client.sendRequest<readonly CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [] },
    });
    const edits = actions.flatMap(({ edit }) => edit?.changes?.[uri] ?? []);
    ok(edits.some(({ newText }) => newText === 'name'));
  });

  it('has the document put in order', async () => {
    const options = { tabSize: 2, insertSpaces: true };
    const edits = await client.sendRequest<readonly TextEdit[]>('textDocument/formatting', {
      textDocument: { uri },
      options,
    });
    equal(edits.length, 1);
  });

  it('sees words in colours, all of them or those of some lines', async () => {
    const all = await client.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', {
      textDocument: { uri },
    });
    const some = await client.sendRequest<SemanticTokens>('textDocument/semanticTokens/range', {
      textDocument: { uri },
      range: { start: { line: 4, character: 0 }, end: { line: 4, character: 20 } },
    });
    equal(all.data.length % 5, 0);
    ok(some.data.length > 0 && some.data.length < all.data.length);
  });

  it('gets nothing for what is not open', async () => {
    const textDocument = { uri: 'file:///elsewhere/MLproject' };
    deepEqual(await client.sendRequest('textDocument/semanticTokens/full', { textDocument }), { data: [] });
    equal(await client.sendRequest('textDocument/hover', { ...at('main'), textDocument }), null);
  });
});
