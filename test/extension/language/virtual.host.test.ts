import { deepEqual, ok } from 'node:assert/strict';
import * as vscode from 'vscode';
import { hoversAt, setLanguageStage, symbolsOf } from './languageStage';

const texts: Readonly<Record<string, string>> = {
  '/run/model/MLmodel': `flavors:
  sklearn: {pickled_model: model.skops, serialization_format: skops}
run_id: 0123456789abcdef0123456789abcdef
`,
  '/run/model/model.skops': '',
};

/** Files that only VS Code can read, as artifacts of a run are. */
class ReadOnlyFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  watch = () => new vscode.Disposable(() => undefined);

  stat({ path }: vscode.Uri): vscode.FileStat {
    const text = texts[path];
    const type = text === undefined ? vscode.FileType.Directory : vscode.FileType.File;
    if (text === undefined && !Object.keys(texts).some((one) => one.startsWith(`${path}/`)))
      throw vscode.FileSystemError.FileNotFound();
    return { type, ctime: 0, mtime: 0, size: text?.length ?? 0 };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const names = Object.keys(texts).filter((one) => one.startsWith(`${path}/`));
    return names.map((one) => [one.slice(path.length + 1), vscode.FileType.File]);
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    return new TextEncoder().encode(texts[path] ?? '');
  }

  createDirectory = refuse;
  writeFile = refuse;
  delete = refuse;
  rename = refuse;
}

function refuse(): never {
  throw vscode.FileSystemError.NoPermissions();
}

describe('An MLmodel that is no file of this machine', () => {
  const opened: vscode.Disposable[] = [];
  const stage = setLanguageStage();

  before(() => {
    const { workspace } = vscode;
    opened.push(
      workspace.registerFileSystemProvider('files-test', new ReadOnlyFiles(), { isReadonly: true }),
      workspace.registerTextDocumentContentProvider('documents-test', {
        provideTextDocumentContent: ({ path }) => texts[path],
      }),
    );
  });
  beforeEach(() => stage.start());
  after(() => {
    vscode.Disposable.from(...opened).dispose();
  });

  it('has hover, outline and links to the files beside it, where VS Code can read those', async () => {
    const uri = vscode.Uri.parse('files-test://server/run/model/MLmodel');
    deepEqual(await helps(uri), [
      'files-test://server/run/model/model.skops',
      ...['command:mlflow.run.open'],
    ]);
  });

  it('has hover, outline and a link to its run, where nobody can read what lies beside it', async () => {
    deepEqual(await helps(vscode.Uri.parse('documents-test:/run/model/MLmodel?{"a":"b/c"}')), [
      'command:mlflow.run.open',
    ]);
  });
});

/** The targets of its links; the rest is held to be there. */
async function helps(uri: vscode.Uri): Promise<readonly string[]> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  const at = document.positionAt(document.getText().indexOf('sklearn') + 1);
  const told = await hoversAt(uri, at);
  ok(
    told.some((text) => text.includes('mlflow.sklearn.load_model')),
    told.join(),
  );
  const symbols = await symbolsOf(uri);
  ok(
    symbols.some(({ name }) => name === 'flavors' || name === 'sklearn'),
    symbols.map(({ name }) => name).join(),
  );
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
    'vscode.executeLinkProvider',
    uri,
  );
  const targets = links.map(({ target }) => target?.toString(true).replace(/\?.*/, '') ?? '');
  return [...new Set(targets)].toSorted().toReversed();
}
