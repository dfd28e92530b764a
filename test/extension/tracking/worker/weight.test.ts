import assert from 'node:assert/strict';
import { splitByWeight } from '../../../../extension/tracking/worker/weight';

describe('splitByWeight', () => {
  const run = (metrics: number) => ({
    id: 'r',
    metrics: new Map(Array.from({ length: metrics }, (_, key) => [`m${key}`, { value: key, step: 1 }])),
  });

  it('keeps all items in their order', () => {
    const items = Array.from({ length: 10_000 }, (_, index) => ({ index }));
    assert.deepEqual(splitByWeight(items).flat(), items);
  });

  it('makes parts that take about equally long to copy, of many light items or of few heavy ones', () => {
    const light = splitByWeight(Array.from({ length: 1000 }, () => run(2)));
    const heavy = splitByWeight(Array.from({ length: 100 }, () => run(200)));
    assert.ok((light[0]?.length ?? 0) > 50, `${light[0]?.length} light items`);
    assert.ok((heavy[0]?.length ?? 0) < 10, `${heavy[0]?.length} heavy items`);
  });

  it('gives an item that is heavier than a part a part of its own', () => {
    const [first, second, ...more] = splitByWeight([run(20_000), run(1)]);
    assert.deepEqual([first?.length, second?.length, more.length], [1, 1, 0]);
  });

  it('makes no part of nothing', () => {
    assert.deepEqual(splitByWeight([]), []);
  });
});
