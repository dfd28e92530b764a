import { deepEqual, equal, ok } from 'node:assert/strict';
import { BlockCache, blockRows } from '../../../webviews/runsTable/blockCache';
import { answer, largeTable } from './tables';

const table = largeTable(1000, 40);
const ids = table.columns.map(({ id }) => id);

function fill(cache: BlockCache, block: number, columns: readonly string[], version = 1): void {
  const from = block * blockRows;
  cache.put(block, version, columns, answer(table, { from, to: from + blockRows, columns }));
}

describe('The cache of blocks', () => {
  it('says what is missing, and of what version', () => {
    const cache = new BlockCache();
    deepEqual(cache.missing(0, ['a', 'b'], 1), ['a', 'b']);
    deepEqual(cache.missing(0, [], 1), []);
    fill(cache, 0, ids.slice(0, 2));
    equal(cache.missing(0, ids.slice(0, 2), 1), undefined);
    deepEqual(cache.missing(0, ids.slice(0, 3), 1), [ids[2]]);
    deepEqual(cache.missing(0, ids.slice(0, 2), 2), ids.slice(0, 2));
  });

  it('keeps what is old until the new comes, and nothing older than that', () => {
    const cache = new BlockCache();
    fill(cache, 0, ids.slice(0, 3), 1);
    equal(cache.headAt(5)?.id, 'run5');
    fill(cache, 0, ids.slice(0, 1), 2);
    equal(cache.cellAt(5, ids[2] ?? ''), undefined);
    fill(cache, 0, ids.slice(0, 3), 1);
    equal(cache.cellAt(5, ids[2] ?? ''), undefined);
  });

  it('does not ask for ever while the extension is ahead of what it told', () => {
    const cache = new BlockCache();
    const ahead = { ...table, facts: { ...table.facts, version: 7 } };
    cache.put(0, 6, ['x'], answer(ahead, { from: 0, to: 64, columns: ['x'] }));
    equal(cache.missing(0, ['x'], 6), undefined);
    equal(cache.missing(0, ['x'], 7), undefined);
    deepEqual(cache.missing(0, ['x'], 8), ['x']);
  });

  it('joins columns of one version', () => {
    const cache = new BlockCache();
    fill(cache, 1, ids.slice(0, 2));
    fill(cache, 1, ids.slice(2, 4));
    ok(cache.cellAt(70, ids[0] ?? '') !== undefined);
    ok(cache.cellAt(70, ids[3] ?? '') !== undefined);
  });

  it('lets go of what was needed longest ago, by blocks and then by columns', () => {
    const cache = new BlockCache(blockRows * 10);
    for (const block of [0, 1, 2, 3]) fill(cache, block, ids.slice(0, 5));
    cache.trim([0], ids.slice(0, 5));
    equal(cache.headAt(0)?.id, 'run0');
    equal(cache.headAt(blockRows), undefined);
    equal(cache.cellCount, blockRows * 10);
    fill(cache, 0, ids.slice(5, 20));
    cache.trim([0], ids.slice(15, 20));
    ok(cache.cellCount <= blockRows * 10);
    ok(cache.cellAt(3, ids[19] ?? '') !== undefined);
  });

  it('tells the runs of rows only when it has all of them', () => {
    const cache = new BlockCache();
    fill(cache, 0, []);
    deepEqual(cache.runIdsIn(1, 4), ['run1', 'run2', 'run3']);
    equal(cache.runIdsIn(60, 70), undefined);
    equal(cache.find(0, 'run9'), 9);
    equal(cache.find(0, 'nobody'), -1);
  });
});
