import { deepEqual, equal } from 'node:assert/strict';
import type { Rows, RowsQuery } from '../../../webviews/protocol/runsTable';
import { BlockCache } from '../../../webviews/runsTable/blockCache';
import { RowLoader } from '../../../webviews/runsTable/rowLoader';
import { plainRun } from './tables';

describe('RowLoader', () => {
  /** Rows as a table of that version has them. */
  const rowsOf = ({ from, to }: RowsQuery, version: number, rowCount: number): Rows => ({
    version,
    rows: Array.from({ length: Math.max(0, Math.min(to, rowCount) - from) }, (_, index) => ({
      ...plainRun(from + index),
      cells: ['1'],
    })),
  });

  it('has all rows of a block whose answer came from a table that had grown meanwhile', async () => {
    const cache = new BlockCache();
    const answers: (() => void)[] = [];
    const asked: RowsQuery[] = [];
    const loaded = new Promise<void>((resolve) => {
      const loader = new RowLoader(cache, {
        load: (query) => {
          asked.push(query);
          return new Promise((answer) => answers.push(() => answer(rowsOf(query, 2, 42))));
        },
        loaded: () => resolve(),
        failed: (error) => {
          throw error;
        },
      });
      const sight = { rows: { from: 0, to: 42 }, stuckRows: 0, columns: ['metrics.loss'] };
      loader.look({ ...sight, rowCount: 18, version: 1 });
      loader.look({ ...sight, rowCount: 42, version: 2 });
    });
    answers[0]?.();
    await loaded;
    equal(cache.headAt(41)?.id, 'run41');
    deepEqual(cache.missing(0, ['metrics.loss'], 2), undefined);
    equal(asked.length, 1);
  });
});
