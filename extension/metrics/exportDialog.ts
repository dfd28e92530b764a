import { Readable } from 'node:stream';
import { formatCount } from '../ui/numbers';
import { askWhere, saveBytes, saveText } from '../ui/saveDialog';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import type { FileExport } from '../../webviews/protocol/metrics';
import { csvHeader, csvPieces, type NamedHistory } from './historyCsv';

/** In bytes; a picture of a large screen has some megabytes. */
const largestFile = 64 * 2 ** 20;

/** Asks where to, and writes the file; false when the user turns away. */
export async function saveFile({ name, type, bytes }: FileExport): Promise<boolean> {
  if (bytes.byteLength > largestFile) throw new UserError('The file is too large to be saved.');
  const uri = await askWhere(name, type);
  if (!uri) return false;
  await saveBytes(uri, Readable.from([bytes]));
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
  return await saveText(uri, {
    title: `Exporting ${plainText(name, 60)} of ${formatCount(count, 'run')}`,
    write: async function* (signal, advance) {
      yield csvHeader;
      for (let index = 0; index < count; index++) {
        const history = await read(index, signal);
        if (history) yield* csvPieces(history);
        advance(100 / count);
      }
    },
  });
}
