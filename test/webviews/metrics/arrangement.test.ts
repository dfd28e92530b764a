import { deepEqual, equal } from 'node:assert/strict';
import {
  changeChart,
  drawAllLines,
  drawFirstLines,
  groupLines,
  initialArrangement,
  isLogYOf,
  isZoomed,
  setLineDrawn,
  setLogY,
  setXAxis,
  shareZoom,
  toggleIsolated,
  togglePin,
  toggleSection,
  xRangeOf,
  zoomChart,
} from '../../../webviews/metrics/arrangement';

describe('The arrangement of the charts', () => {
  const begin = initialArrangement;

  it('folds and unfolds sections, pins and unpins metrics', () => {
    const changed = togglePin(toggleSection(begin, 'prefix:train'), 'loss');
    deepEqual([changed.folded, changed.pinned], [['prefix:train'], ['loss']]);
    deepEqual(togglePin(toggleSection(changed, 'prefix:train'), 'loss'), begin);
  });

  it('hides a line, and draws one that was not among the first', () => {
    const hidden = setLineDrawn(begin, 'a', false);
    deepEqual([hidden.hidden, hidden.chosen], [['a'], []]);
    const shown = setLineDrawn(hidden, 'a', true);
    deepEqual([shown.hidden, shown.chosen], [[], ['a']]);
  });

  it('draws one line alone until asked again, or until lines are chosen otherwise', () => {
    const alone = toggleIsolated(begin, 'a');
    equal(alone.isolated, 'a');
    equal(toggleIsolated(alone, 'a').isolated, undefined);
    equal(toggleIsolated(alone, 'b').isolated, 'b');
    equal(drawAllLines(alone).isolated, undefined);
    equal(drawFirstLines(alone, ['a', 'b'], 1).isolated, undefined);
  });

  it('draws the first lines, all and none', () => {
    deepEqual(drawFirstLines(begin, ['a', 'b', 'c'], 1).hidden, ['b', 'c']);
    deepEqual(drawFirstLines(begin, ['a', 'b'], 0).hidden, ['a', 'b']);
    const all = drawAllLines(drawFirstLines(begin, ['a', 'b'], 0));
    deepEqual([all.hidden, all.isUnlimited], [[], true]);
  });

  it('forgets which lines were hidden when other lines take their place', () => {
    const grouped = groupLines(toggleIsolated(setLineDrawn(begin, 'a', false), 'b'), {
      source: 'param',
      key: 'lr',
    });
    deepEqual([grouped.hidden, grouped.isolated, grouped.grouping?.key], [[], undefined, 'lr']);
  });

  it('zooms a chart on its own', () => {
    const zoomed = zoomChart(begin, 'loss', [1, 2], undefined);
    deepEqual(xRangeOf(zoomed, 'loss'), [1, 2]);
    equal(isZoomed(zoomed, 'loss'), true);
    equal(isZoomed(zoomed, 'accuracy'), false);
    deepEqual(zoomChart(zoomed, 'loss', undefined, undefined), begin);
  });

  it('zooms all charts in x together where asked to, each with its own y', () => {
    const zoomed = zoomChart(shareZoom(begin, true), 'loss', [1, 2], [3, 4]);
    deepEqual(xRangeOf(zoomed, 'accuracy'), [1, 2]);
    deepEqual(
      zoomed.charts.map(({ metric, x, y }) => ({ metric, x, y })),
      [{ metric: 'loss', x: undefined, y: [3, 4] }],
    );
    equal(xRangeOf(shareZoom(zoomed, false), 'accuracy'), undefined);
  });

  it('leaves a range of x behind with the axis that it was on, but keeps the one of y', () => {
    const zoomed = zoomChart(zoomChart(begin, 'loss', [1, 2], [3, 4]), 'accuracy', [1, 2], undefined);
    const moved = setXAxis(zoomed, { kind: 'relative' });
    equal(xRangeOf(moved, 'loss'), undefined);
    deepEqual(
      moved.charts.map(({ metric, y }) => ({ metric, y })),
      [{ metric: 'loss', y: [3, 4] }],
    );
  });

  it('has a log axis for one chart or for all', () => {
    const one = changeChart(begin, 'loss', { isLogY: true });
    deepEqual([isLogYOf(one, 'loss'), isLogYOf(one, 'accuracy')], [true, false]);
    const all = setLogY(changeChart(begin, 'loss', { isLogY: false }), true);
    deepEqual([isLogYOf(all, 'loss'), isLogYOf(all, 'accuracy')], [true, true]);
  });

  it('keeps nothing of a chart that is like a new one', () => {
    const shown = changeChart(begin, 'loss', { isTableShown: true });
    equal(shown.charts.length, 1);
    equal(changeChart(shown, 'loss', { isTableShown: false }).charts.length, 0);
  });
});
