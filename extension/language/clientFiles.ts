import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type FileKind,
  type FileParams,
  fileRequests,
  type FileTextParams,
} from '../../language-server/protocol';

const mostEntries = 10_000;

/** Answers the server's questions about files, of any scheme that VS Code can read. What cannot be read is null. */
export function answerFileRequests(client: Pick<LanguageClient, 'onRequest'>): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest<FileKind, unknown>(fileRequests.kind, ({ uri }: FileParams) =>
      kindOf(vscode.Uri.parse(uri)),
    ),
    client.onRequest(fileRequests.text, ({ uri, mostBytes }: FileTextParams) =>
      readText(vscode.Uri.parse(uri), mostBytes),
    ),
    client.onRequest(fileRequests.entries, ({ uri }: FileParams) => list(vscode.Uri.parse(uri))),
  );
}

async function kindOf(uri: vscode.Uri): Promise<FileKind> {
  try {
    return kindOfType((await vscode.workspace.fs.stat(uri)).type) ?? 'unknown';
  } catch (error) {
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound' ? 'missing' : 'unknown';
  }
}

async function readText(uri: vscode.Uri, mostBytes: number): Promise<string | null> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (size > mostBytes || kindOfType(type) !== 'file') return null;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

async function list(uri: vscode.Uri): Promise<readonly { name: string; kind: 'file' | 'directory' }[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return entries.slice(0, mostEntries).flatMap(([name, type]) => {
      const kind = kindOfType(type);
      return kind ? [{ name, kind }] : [];
    });
  } catch {
    return [];
  }
}

/** A link has its target's bit beside its own. */
function kindOfType(type: vscode.FileType): 'file' | 'directory' | undefined {
  if ((type & vscode.FileType.Directory) !== 0) return 'directory';
  return (type & vscode.FileType.File) !== 0 ? 'file' : undefined;
}
