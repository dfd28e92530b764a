import type { FileHandle } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { isCancellation } from '../tracking/errors';
import { toSignal } from './cancellation';
import { FilePart } from './filePart';
import { plainText, withoutLinks } from './text';
import { explainFailure } from './writeFailure';
import { writePieces } from './writePieces';

export interface SaveOptions {
  /** What the user sees while it is written. */
  readonly title: string;
  /** The text, piece by piece; `advance` tells how much of it is done, of 100. */
  readonly write: (signal: AbortSignal, advance: (percent: number) => void) => AsyncIterable<string>;
}

/** Asks where to save a file of that name and ending; undefined when the user turns away. */
export async function askWhere(name: string, ending: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const defaultUri = vscode.Uri.joinPath(folder, `${toFileName(name)}.${ending}`);
  return await vscode.window.showSaveDialog({ defaultUri, filters: { [ending.toUpperCase()]: [ending] } });
}

/** Writes a text to a file and shows how far it is; false when the user stops it: then no file is left behind. */
export async function saveText(uri: vscode.Uri, { title, write }: SaveOptions): Promise<boolean> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: withoutLinks(title),
    cancellable: true,
  };
  return await vscode.window.withProgress(options, async (progress, token) => {
    const signal = toSignal(token);
    const pieces = write(signal, (percent) => progress.report({ increment: percent }));
    try {
      await saveBytes(uri, toBytes(pieces, signal));
      return true;
    } catch (error) {
      if (isCancellation(error)) return false;
      throw error;
    }
  });
}

/** Writes a file whole or not at all. Rejects with a UserError where the disk or the user's rights do not let it. */
export async function saveBytes(uri: vscode.Uri, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  await (uri.scheme === 'file' ? writeToDisk(uri.fsPath, pieces) : writeWhole(uri, pieces));
}

/** Beside the file first, so that what was there stays until all is written. */
async function writeToDisk(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const part = new FilePart(path, 'export');
  try {
    await fill(part, await part.open(0, undefined), pieces);
  } catch (error) {
    throw explainFailure(path, error);
  }
}

async function fill(part: FilePart, file: FileHandle, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await writePieces(pieces, file, 0, () => undefined);
    await file.close();
    await part.finish();
  } catch (error) {
    await file.close().catch(() => undefined);
    await part.remove();
    throw error;
  }
}

async function* toBytes(pieces: AsyncIterable<string>, signal: AbortSignal): AsyncIterable<Uint8Array> {
  for await (const piece of pieces) {
    signal.throwIfAborted();
    yield Buffer.from(piece);
  }
}

async function writeWhole(uri: vscode.Uri, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const piece of pieces) chunks.push(piece);
  await vscode.workspace.fs.writeFile(uri, Buffer.concat(chunks));
}

/** A stranger's name as a file's: one part of a path, with nothing in it that a disk refuses. */
function toFileName(name: string): string {
  const clean = plainText(name, 100)
    .replace(/[\\/:*?"<>|]+/g, '_')
    .replace(/^\.+|[. ]+$/g, '');
  return clean === '' ? 'mlflow' : clean;
}
