import { deepEqual } from 'node:assert/strict';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { readLines } from '../../../extension/processes/readLines';

async function linesOf(chunks: readonly (string | Buffer)[]): Promise<readonly string[]> {
  const lines: string[] = [];
  await readLines(Readable.from(chunks, { objectMode: false }), (line) => lines.push(line));
  return lines;
}

describe('The lines of a program', () => {
  it('are the same wherever its output is torn apart', async () => {
    const text = 'first ä\nsecond 😀\n\nlast';
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length * 2)), async (cuts) => {
        const bytes = Buffer.from(text);
        const edges = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort(
          (a, b) => a - b,
        );
        const chunks = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
        deepEqual(await linesOf(chunks.filter((chunk) => chunk.length > 0)), [
          'first ä',
          'second 😀',
          '',
          'last',
        ]);
      }),
    );
  });

  it('are passed on in pieces when they have no end', async () => {
    const lines = await linesOf(Array.from({ length: 10 }, () => 'x'.repeat(10_000)));
    deepEqual(lines.join('').length, 100_000);
    deepEqual(lines.length > 1, true);
  });
});
