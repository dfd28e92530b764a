import { ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import {
  type AskFeature,
  caretAt,
  expectedAnswers,
  type FeatureName,
  lineOf,
  linesOf,
  namesOf,
  widening,
  writeFeatureProject,
} from '../../language-server/everyFeature';
import { until } from '../../support/until';
import { codesOf } from './crashingServer';

describe('Every feature, in VS Code through the extension itself', () => {
  let folder: string;
  let asks: Record<FeatureName, AskFeature>;

  before(async () => {
    folder = await writeFeatureProject();
    const document = await vscode.workspace.openTextDocument(join(folder, 'MLproject'));
    await vscode.window.showTextDocument(document);
    asks = featureAsks(document.uri);
    await until('the server runs', async () => (await serversOfThisHost()).length > 0);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await rm(folder, { recursive: true });
  });

  for (const when of ['at first', 'after its server was killed']) {
    describe(when, () => {
      if (when !== 'at first') before(killServer);
      for (const [feature, expected] of Object.entries(expectedAnswers)) {
        it(`${feature}: ${expected.join(', ')}`, async () => {
          let answers: readonly string[] = [];
          const isThere = async () => {
            answers = await asks[feature as FeatureName]();
            return expected.every((one) => answers.includes(one));
          };
          await until(`${feature} is answered`, isThere).catch(() => undefined);
          ok(await isThere(), `${expected.join(', ')} are not all among ${answers.join(', ')}`);
        });
      }
    });
  }
});

/** The process ids of the language servers that this extension host started. */
async function serversOfThisHost(): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=']);
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((found) => Number(found?.[2]) === process.pid && found?.[3]?.includes('language-server.js'))
    .map((found) => Number(found?.[1]));
}

async function killServer(): Promise<void> {
  const before = await serversOfThisHost();
  for (const pid of before) process.kill(pid, 'SIGKILL');
  await until('another server runs', async () =>
    (await serversOfThisHost()).some((pid) => !before.includes(pid)),
  );
}

function featureAsks(uri: vscode.Uri): Record<FeatureName, AskFeature> {
  const at = (words: string) => new vscode.Position(caretAt(words).line, caretAt(words).character);
  const range = new vscode.Range(0, 0, 99, 0);
  // Before the server has answered, VS Code gives nothing at all for some.
  const ask = async <Item>(command: string, ...args: readonly unknown[]): Promise<readonly Item[]> =>
    (await vscode.commands.executeCommand<readonly Item[] | undefined>(command, uri, ...args)) ?? [];
  const edited = (edits: readonly vscode.TextEdit[]) => edits.map((one) => `${lineOf(one)}: ${one.newText}`);
  return {
    diagnostics: () => Promise.resolve(codesOf(vscode.languages.getDiagnostics(uri))),
    completion: async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        uri,
        at('{data}'),
      );
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    },
    hover: async () => {
      const hovers = await ask<vscode.Hover>('vscode.executeHoverProvider', at('alpha:'));
      return hovers
        .flatMap(({ contents }) => contents)
        .flatMap((one) => (one instanceof vscode.MarkdownString ? one.value.split(/[ ,]/) : []));
    },
    definition: async () =>
      (await ask<vscode.Location>('vscode.executeDefinitionProvider', at('alpha} {'))).map(lineOf),
    references: async () =>
      (await ask<vscode.Location>('vscode.executeReferenceProvider', at('alpha:'))).map(lineOf),
    highlights: async () =>
      (await ask<vscode.DocumentHighlight>('vscode.executeDocumentHighlights', at('alpha:'))).map(lineOf),
    rename: async () => {
      const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        uri,
        at('alpha:'),
        'rate',
      );
      return edited(edit.get(uri));
    },
    links: async () =>
      (await ask<vscode.DocumentLink>('vscode.executeLinkProvider')).map(({ target }) =>
        basename(target?.path ?? ''),
      ),
    symbols: async () => namesOf(await ask<vscode.DocumentSymbol>('vscode.executeDocumentSymbolProvider')),
    folding: async () =>
      (await ask<vscode.FoldingRange>('vscode.executeFoldingRangeProvider')).map(
        ({ start, end }) => `${String(start)}–${String(end)}`,
      ),
    selection: async () =>
      (await ask<vscode.SelectionRange>('vscode.executeSelectionRangeProvider', [at('train.py')]))
        .flatMap(widening)
        .map(linesOf),
    tokens: async () => {
      const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens | undefined>(
        'vscode.provideDocumentSemanticTokens',
        uri,
      );
      return tokens && tokens.data.length > 0 ? ['coloured'] : [];
    },
    hints: async () =>
      (await ask<vscode.InlayHint>('vscode.executeInlayHintProvider', range)).map(({ label }) =>
        typeof label === 'string' ? label : '',
      ),
    formatting: async () => {
      const options = { tabSize: 2, insertSpaces: true };
      return (await ask<vscode.TextEdit>('vscode.executeFormatDocumentProvider', options)).map(lineOf);
    },
    actions: async () => {
      const place = new vscode.Range(at('nmae'), at('nmae'));
      const actions = await ask<vscode.CodeAction>('vscode.executeCodeActionProvider', place);
      return actions.flatMap(({ edit }) => edited(edit?.get(uri) ?? []));
    },
    lenses: async () =>
      (await ask<vscode.CodeLens>('vscode.executeCodeLensProvider', 99)).map(
        ({ command }) => command?.title ?? '',
      ),
  };
}
