import { deepEqual, equal, ok } from 'node:assert/strict';
import { bandsOf, layOutColumns } from '../../../webviews/runsTable/columnLayout';
import { column } from './tables';

const columns = [
  column('params', 'lr'),
  column('metrics', 'loss'),
  column('metrics', 'accuracy'),
  column('params', 'batch'),
];
const plain = { pinnedColumns: [], widths: {} };

describe('The layout of columns', () => {
  it('puts one beside the other, the name first', () => {
    const layout = layOutColumns(columns, plain, 1000);
    equal(layout.columns.length, 5);
    equal(layout.stuckCount, 1);
    let left = 0;
    for (const laid of layout.columns) {
      equal(laid.left, left);
      left += laid.width;
    }
    equal(layout.width, left);
  });

  it('takes the widths that were chosen, within bounds', () => {
    const widths = { 'params.lr': 333, 'metrics.loss': 1, 'metrics.accuracy': 1e9, '': 200 };
    const layout = layOutColumns(columns, { ...plain, widths }, 1000);
    deepEqual(
      layout.columns.slice(0, 4).map(({ width }) => width),
      [200, 333, 48, 1200],
    );
  });

  it('is not fooled by a column that is called as what objects inherit', () => {
    const layout = layOutColumns([column('params', '__proto__', { id: 'constructor' })], plain, 1000);
    ok((layout.columns[1]?.width ?? 0) > 0);
  });

  it('keeps pinned columns at the left, as far as there is room for the others', () => {
    const pinnedColumns = ['params.lr', 'metrics.loss'];
    const wide = layOutColumns(columns, { ...plain, pinnedColumns }, 1000);
    deepEqual([wide.stuckCount, wide.pinnedCount], [3, 3]);
    equal(wide.stuckWidth, wide.columns[3]?.left);
    const narrow = layOutColumns(columns, { ...plain, pinnedColumns }, 400);
    deepEqual([narrow.stuckCount, narrow.pinnedCount], [1, 3]);
    ok(narrow.stuckWidth <= 200);
  });

  it('heads neighbours of one kind together', () => {
    const layout = layOutColumns(columns, plain, 1000);
    const bands = bandsOf(layout, 1, 5);
    deepEqual(
      bands.map(({ kind }) => kind),
      ['params', 'metrics', 'params'],
    );
    equal(bands[1]?.width, (layout.columns[2]?.width ?? 0) + (layout.columns[3]?.width ?? 0));
  });
});
