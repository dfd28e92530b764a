import { open, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { isCancellation } from '../tracking/errors';
import { toSignal } from '../ui/cancellation';
import { formatCount } from '../ui/numbers';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import type { FileExport } from '../../webviews/protocol/metrics';
import { csvHeader, csvPieces, type NamedHistory } from './historyCsv';

/** In bytes; a picture of a large screen has some megabytes. */
const largestFile = 64 * 2 ** 20;

const endings = {
  png: { PNG: ['png'] },
  svg: { SVG: ['svg'] },
  csv: { CSV: ['csv'] },
} satisfies Record<FileExport['type'], Record<string, string[]>>;

/** Asks where to, and writes the file; false when the user turns away. */
export async function saveFile({ name, type, bytes }: FileExport): Promise<boolean> {
  if (bytes.byteLength > largestFile) throw new UserError('The file is too large to be saved.');
  const uri = await askWhere(name, type);
  if (!uri) return false;
  await vscode.workspace.fs.writeFile(uri, bytes);
  return true;
}

/**
 * Asks where to, and writes the histories that `read` gives one after the other as CSV; one that it has none of is left
 * out. False when the user turns away or stops it: then no file is left behind.
 */
export async function saveHistories(
  name: string,
  count: number,
  read: (index: number, signal: AbortSignal) => Promise<NamedHistory | undefined>,
): Promise<boolean> {
  const uri = await askWhere(name, 'csv');
  if (!uri) return false;
  const title = `Exporting ${plainText(name, 60)} of ${formatCount(count, 'run')}`;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return await vscode.window.withProgress(options, async (progress, token) => {
    const signal = toSignal(token);
    const pieces = async function* () {
      yield csvHeader;
      for (let index = 0; index < count; index++) {
        const history = await read(index, signal);
        if (history) yield* csvPieces(history);
        progress.report({ increment: 100 / count });
      }
    };
    try {
      await (uri.scheme === 'file'
        ? writeToDisk(uri.fsPath, pieces(), signal)
        : writeWhole(uri, pieces(), signal));
      return true;
    } catch (error) {
      if (isCancellation(error)) return false;
      throw error;
    }
  });
}

/** Beside the file first, so that what was there stays until all is written. */
async function writeToDisk(path: string, pieces: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  const beside = `${path}.part`;
  const file = await open(beside, 'w');
  try {
    for await (const piece of pieces) {
      signal.throwIfAborted();
      await file.write(piece);
    }
    await file.close();
    await rename(beside, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(beside, { force: true });
    throw error;
  }
}

async function writeWhole(
  uri: vscode.Uri,
  pieces: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const piece of pieces) {
    signal.throwIfAborted();
    chunks.push(Buffer.from(piece));
  }
  await vscode.workspace.fs.writeFile(uri, Buffer.concat(chunks));
}

async function askWhere(name: string, type: FileExport['type']): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const defaultUri = vscode.Uri.joinPath(folder, `${toFileName(name)}.${type}`);
  return await vscode.window.showSaveDialog({ defaultUri, filters: endings[type] });
}

/** A stranger's name as a file's: one part of a path, with nothing in it that a disk refuses. */
function toFileName(name: string): string {
  const clean = plainText(name, 100)
    .replace(/[\\/:*?"<>|]+/g, '_')
    .replace(/^\.+|[. ]+$/g, '');
  return clean === '' ? 'metric' : clean;
}
