import type { FileHandle } from 'node:fs/promises';

/** In bytes: with smaller ones handing them over takes as long as writing them, with larger ones the network waits for the disk. */
const pieceSize = 512 * 1024;

/** So that nothing waits for the answer of a single one. */
const writesAtOnce = 3;

/** In bytes: writes do not end in their order, so where they were cut off, this much of the file’s end may have gaps. */
export const unsureTail = 2 * pieceSize * writesAtOnce;

/**
 * Writes what comes into a file from `from` on, and reads on meanwhile; chunks with memory of their own lose it once they are written.
 * Answers where it came to. Rejects as the chunks do, when what came before is written, or as a write does: then the file may have gaps.
 */
export async function writePieces(
  chunks: AsyncIterable<Uint8Array>,
  file: FileHandle,
  from: number,
  onChunk: (count: number, position: number) => void,
): Promise<number> {
  let position = from;
  let pieces: Uint8Array[] = [];
  let size = 0;
  const writing: Promise<void>[] = [];
  const flush = (): void => {
    const write = writeAll(file, pieces, position - size);
    // It is waited for in its turn; until then its failure is nobody's.
    write.catch(() => undefined);
    writing.push(write);
    [pieces, size] = [[], 0];
  };
  try {
    for await (const chunk of chunks) {
      for (const piece of cut(chunk)) {
        pieces.push(piece);
        size += piece.byteLength;
        position += piece.byteLength;
        if (size >= pieceSize) flush();
        if (writing.length >= writesAtOnce) await writing.shift();
      }
      onChunk(chunk.byteLength, position);
    }
  } finally {
    flush();
    await settle(writing);
  }
  return position;
}

function* cut(chunk: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < chunk.byteLength; at += pieceSize) yield chunk.subarray(at, at + pieceSize);
}

/** Waits for all, so that the file may be closed; rejects as the first that failed. */
async function settle(writing: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(writing);
  await Promise.all(writing);
}

/** The system may write less than it is given, as on a disk that is nearly full. */
async function writeAll(file: FileHandle, pieces: readonly Uint8Array[], position: number): Promise<void> {
  const size = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (size === 0) return;
  let { bytesWritten: written } = await file.writev(pieces, position);
  const whole = written === size ? Buffer.alloc(0) : Buffer.concat(pieces);
  while (written < size) {
    written += (await file.write(whole, written, size - written, position + written)).bytesWritten;
  }
  pieces.forEach(release);
}

/** Frees the memory at once: the garbage collector lets 100 MB of it gather. */
function release({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
