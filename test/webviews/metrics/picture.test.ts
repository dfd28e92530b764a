import { deepEqual, equal, ok } from 'node:assert/strict';
import type { ChartData } from '../../../webviews/protocol/metrics';
import { initialArrangement, zoomChart, type Arrangement } from '../../../webviews/metrics/arrangement';
import { drawnLines, frameOf, pictureOf, queryOf, type DrawnLine } from '../../../webviews/metrics/picture';
import { chartData, drawnLine, points, someLine } from './someLines';

function picture(
  drawn: readonly DrawnLine[],
  arrangement: Partial<Arrangement> = {},
  data: ChartData = chartData(drawn),
) {
  const parts = { metric: 'loss', drawn, data, colorOf: (color: number) => `color ${color}` };
  return pictureOf({ ...parts, frame: frameOf({ ...initialArrangement, ...arrangement }, 'loss') });
}

function viewOf(...given: Parameters<typeof picture>) {
  const made = picture(...given);
  ok(made.kind === 'plot');
  return made.view;
}

const slope = drawnLine('a', points([0, 1], [50, 2], [100, 3]));

describe('The question of a chart', () => {
  const lines = [someLine('a'), someLine('b', { isDrawn: false })];

  it('asks for the lines that are drawn, in the columns there are', () => {
    const query = queryOf('loss', lines, initialArrangement, 480);
    deepEqual([query.lines, query.columns], [[{ id: 'a', runIds: ['a'] }], 480]);
    ok(!('from' in query));
  });

  it('asks for the range that is zoomed to', () => {
    const { from, to } = queryOf('loss', lines, zoomChart(initialArrangement, 'loss', [1, 2], undefined), 9);
    deepEqual([from, to], [1, 2]);
  });

  it('asks for a band around groups only', () => {
    equal(queryOf('loss', lines, initialArrangement, 9).band, 'none');
    const grouping = { source: 'tag', key: 't' } as const;
    equal(queryOf('loss', lines, { ...initialArrangement, grouping }, 9).band, 'range');
  });
});

describe('The picture of a chart', () => {
  it('has a margin above and below the lines and none beside them', () => {
    const { x, y } = viewOf([slope]);
    deepEqual([x.from, x.to], [0, 100]);
    deepEqual([y.from, y.to], [0.9, 3.1]);
  });

  it('follows in y what is seen of x, before the new points come', () => {
    const zoomed = zoomChart(initialArrangement, 'loss', [40, 100], undefined);
    const { x, y } = viewOf([slope], zoomed);
    deepEqual([x.from, x.to, y.from, y.to], [40, 100, 1.95, 3.05]);
  });

  it('shows the range that was set, whatever the lines', () => {
    const { x, y } = viewOf([slope], zoomChart(initialArrangement, 'loss', [-10, 10], [0, 1]));
    deepEqual([x.from, x.to, y.from, y.to], [-10, 10, 0, 1]);
  });

  it('has room for bands and smoothed lines', () => {
    const band = { ...points([0, -4], [100, -4]), high: Float64Array.from([8, 16]) };
    const { y } = viewOf([drawnLine('a', points([0, 1], [100, 3]), { band })]);
    deepEqual([y.from, y.to], [-5, 17]);
  });

  it('leaves outliers out of sight where asked to', () => {
    const { y } = viewOf([slope], { ignoresOutliers: true }, chartData([slope], { percentiles: [1, 2] }));
    deepEqual([y.from, y.to], [0.95, 2.05]);
  });

  it('gives a level line and a single x some room', () => {
    const { x, y } = viewOf([drawnLine('a', points([7, 0], [7, 0]))]);
    ok(x.from < 7 && x.to > 7 && y.from < 0 && y.to > 0);
  });

  it('has no place for values up to 0 on a log axis', () => {
    const { y } = viewOf([drawnLine('a', points([0, -1], [1, 1], [2, 100]))], { isLogY: true });
    ok(y.from > 0.5 && y.from < 1 && y.to > 100);
    const negative = drawnLine('a', points([0, -1], [1, -2]));
    deepEqual(picture([negative], { isLogY: true }), { kind: 'empty', reason: 'notPositive' });
  });

  it('is drawn for its marks alone', () => {
    const marks = [{ kind: 'nonPositive', x: Float64Array.from([0]), count: 1 }] as const;
    equal(picture([drawnLine('a', points([0, -1], [1, -2]), { marks })], { isLogY: true }).kind, 'plot');
  });

  it('begins a log axis of x at the first place that it has', () => {
    const { x } = viewOf([slope], { isLogX: true });
    deepEqual([x.from, x.to, x.isLog], [50, 100, true]);
  });

  it('is of bars where no line has more than one point', () => {
    const view = viewOf([drawnLine('a', points([0, 5])), drawnLine('b', points([3, 2]))]);
    equal(view.kind, 'bars');
    deepEqual([view.y.from, view.y.to > 5], [0, true]);
  });

  it('says that there is nothing, or nothing here', () => {
    deepEqual(picture([]), { kind: 'empty', reason: 'noPoints' });
    const away = drawnLine('a', points(), { shown: 0, total: 9 });
    deepEqual(picture([away], {}, chartData([away], { extent: [0, 9] })), {
      kind: 'empty',
      reason: 'outOfRange',
    });
  });

  it('leaves out at once what was hidden since it asked', () => {
    const data = chartData([slope, drawnLine('b', points([0, 1]))]);
    const drawn = drawnLines(data, [someLine('b', { isDrawn: false }), someLine('a')]);
    deepEqual(
      drawn.map(({ line }) => line.id),
      ['a'],
    );
  });
});
