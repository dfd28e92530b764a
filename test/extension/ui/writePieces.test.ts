import { deepEqual, ok, rejects } from 'node:assert/strict';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePieces } from '../../../extension/ui/writePieces';

/** From a byte to more than a write takes; in memory of their own, as from a server, or with others in one. */
const sizes = [1, 70_000, 65_536, 300_000, 16_384, 65_535, 2 ** 20, 3, 65_536, 0, 131_072];

describe('Pieces written to a file, several at once', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-pieces-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function write(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
    const path = join(folder, 'file');
    const file = await open(path, 'w');
    try {
      await writePieces(chunks, file, 0, () => undefined);
    } finally {
      await file.close();
    }
    return await readFile(path);
  }

  it('stand in their order, whatever their sizes', async () => {
    const chunks = sizes.map((size, index) => new Uint8Array(size).fill(index));
    const expected = Buffer.concat(chunks);
    ok((await write(later(chunks))).equals(expected));
  });

  it('leave alone what lies beside them in memory', async () => {
    const whole = new Uint8Array(400_000).fill(7);
    const chunks = [whole.subarray(0, 150_000), whole.subarray(150_000)];
    ok((await write(later(chunks))).equals(Buffer.alloc(400_000, 7)));
    deepEqual(whole.byteLength, 400_000);
  });

  it('are all there when what follows does not come', async () => {
    const chunks = sizes.map((size, index) => new Uint8Array(size).fill(index));
    const expected = Buffer.concat(chunks);
    await rejects(write(later(chunks, new Error('cut off'))), /cut off/);
    ok((await readFile(join(folder, 'file'))).equals(expected));
  });
});

async function* later(chunks: readonly Uint8Array[], failure?: Error): AsyncIterable<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
  if (failure) throw failure;
}
