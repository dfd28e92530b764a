import * as vscode from 'vscode';
import { Emitter, type Disposable } from '../catalog/emitter';
import { besideParts } from './documentUri';
import { Lifetime } from './lifetime';

/** How long after the last change it is told, so that whoever types is not read at every key. */
const rest = 250;

const mostBytes = 20 * 2 ** 20;

export type LookedAt =
  | { readonly kind: 'missing' }
  | { readonly kind: 'there'; readonly isFolder: boolean; /** In bytes. */ readonly size?: number };

/**
 * The files that lie beside a file, of any scheme: as an editor has them, else as they are kept. It tells when one of them
 * changed, in an editor or on disk, until it is disposed.
 */
export class FolderFiles implements Disposable {
  private readonly lifetime = new Lifetime();
  private readonly changed = this.lifetime.add(new Emitter());
  private resting: NodeJS.Timeout | undefined;
  readonly onDidChange = this.changed.event;

  constructor(private readonly uri: vscode.Uri) {
    const folder = vscode.Uri.joinPath(uri, '..');
    const { workspace } = vscode;
    const watcher = this.lifetime.add(
      workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**')),
    );
    const notice = (changed: vscode.Uri) => {
      if (this.holds(changed)) this.tellSoon();
    };
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete])
      this.lifetime.add(event(notice));
    const ofDocuments = [workspace.onDidOpenTextDocument, workspace.onDidCloseTextDocument];
    for (const event of ofDocuments)
      this.lifetime.add(
        event((document) => {
          // One that says the same as its file is no news.
          if (document.isDirty) notice(document.uri);
        }),
      );
    this.lifetime.add(
      workspace.onDidChangeTextDocument(({ document }) => {
        notice(document.uri);
      }),
    );
  }

  private uriOf(name: string): vscode.Uri {
    return this.uri.with(besideParts(this.uri, name));
  }

  /** A file's text; undefined where there is no such file. Rejects where it cannot be read. */
  async read(name: string): Promise<string | undefined> {
    const uri = this.uriOf(name);
    const open = vscode.workspace.textDocuments.find((document) => isSame(document.uri, uri));
    if (open && !open.isClosed) return open.getText();
    // A scheme without files of its own has documents that somebody provides.
    if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === undefined) return await readProvided(uri);
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > mostBytes) throw new Error('It is too large to be shown.');
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** What lies under this name; undefined where that cannot be told. */
  async look(name: string): Promise<LookedAt | undefined> {
    try {
      const { size, type } = await vscode.workspace.fs.stat(this.uriOf(name));
      const isFolder = (type & vscode.FileType.Directory) !== 0;
      return { kind: 'there', isFolder, ...(isFolder ? {} : { size }) };
    } catch (error) {
      return isMissing(error) ? { kind: 'missing' } : undefined;
    }
  }

  dispose(): void {
    clearTimeout(this.resting);
    this.lifetime.dispose();
  }

  private holds(changed: vscode.Uri): boolean {
    const folder = this.uri.path.replace(/[^/]*$/, '');
    const { scheme, authority, path } = changed;
    return scheme === this.uri.scheme && authority === this.uri.authority && path.startsWith(folder);
  }

  private tellSoon(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.changed.fire();
    }, rest);
  }
}

/** The documents of runs are empty where there is nothing. */
async function readProvided(uri: vscode.Uri): Promise<string | undefined> {
  const text = (await vscode.workspace.openTextDocument(uri)).getText();
  return text === '' ? undefined : text;
}

function isSame(one: vscode.Uri, other: vscode.Uri): boolean {
  return one.toString() === other.toString();
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof vscode.FileSystemError && ['FileNotFound', 'FileNotADirectory'].includes(error.code)
  );
}
