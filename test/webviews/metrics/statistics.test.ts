import { deepEqual, equal } from 'node:assert/strict';
import type { Real } from '../../../webviews/protocol/metrics';
import { bestLine, initialOrder, orderBy, sortRows, toMarkdown } from '../../../webviews/metrics/statistics';
import { drawnLine, points } from './someLines';

function row(id: string, best: Real | undefined, name = `run ${id}`) {
  const extreme = best === undefined ? undefined : { value: best, step: '1200' };
  const statistics = extreme ? { best: extreme, min: extreme, max: extreme, last: extreme } : {};
  return drawnLine(id, points(), { statistics, total: 7 }, { name });
}

describe('The table behind a chart', () => {
  const rows = [row('a', 0.3), row('b', undefined), row('c', 0.1)];
  const ids = (sorted: ReturnType<typeof sortRows>) => sorted.map(({ line }) => line.id);

  it('has the best line on top, and those without a value at the end', () => {
    deepEqual(ids(sortRows(rows, initialOrder('lower'))), ['c', 'a', 'b']);
    deepEqual(ids(sortRows(rows, initialOrder('higher'))), ['a', 'c', 'b']);
  });

  it('is sorted by any column, and the other way when asked again', () => {
    const byName = orderBy(initialOrder('lower'), 'name');
    deepEqual(ids(sortRows(rows, byName)), ['a', 'b', 'c']);
    deepEqual(ids(sortRows(rows, orderBy(byName, 'name'))), ['c', 'b', 'a']);
    deepEqual(orderBy(byName, 'max'), { column: 'max', isDescending: true });
  });

  it('tells the best line of all', () => {
    equal(bestLine(rows, 'higher')?.line.id, 'a');
    equal(bestLine([row('b', undefined)], 'lower'), undefined);
  });

  it('is copied as Markdown in which no name breaks out of its cell', () => {
    const text = toMarkdown('val|loss', [row('a', 0.3, 'x | y\n<b>'), row('b', undefined, '[z](w)')]);
    const step = (1200).toLocaleString();
    deepEqual(text.split('\n'), [
      '| val\\|loss | Last | Best | Min | Max | Points |',
      '| --- | ---: | ---: | ---: | ---: | ---: |',
      `| x \\| y \\<b\\> |${` 0.3 (${step}) |`.repeat(4)} 7 |`,
      '| \\[z\\](w) | – | – | – | – | 7 |',
      '',
    ]);
  });
});
