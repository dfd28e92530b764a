import { deepEqual, equal, ok } from 'node:assert/strict';
import { initialArrangement, setXAxis, zoomChart } from '../../../webviews/metrics/arrangement';
import type { ChartContext } from '../../../webviews/metrics/chartContext';
import { ChartPicture } from '../../../webviews/metrics/chartPicture';
import { chartData, drawnLine, points, someLine } from './someLines';

describe('The picture that a chart keeps', () => {
  const palette = {
    colorOf: (color: number) => `color ${color}`,
    theme: {
      background: '',
      foreground: '',
      grid: '',
      cursor: '',
      fontFamily: '',
      fontSize: 11,
      isHighContrast: false,
    },
  };
  const context: ChartContext = {
    arrangement: initialArrangement,
    lines: [someLine('a'), someLine('b')],
    drawnKey: '',
    palette,
    emphasis: undefined,
    names: new Map(),
  };
  const step = { kind: 'step' } as const;
  const answer = chartData([drawnLine('a', points([0, 1], [9, 2])), drawnLine('b', points([0, 3], [5, 4]))]);

  function shown(): ChartPicture {
    const picture = new ChartPicture('loss');
    picture.accept(answer, step);
    picture.update(context, false);
    ok(picture.current?.kind === 'plot');
    return picture;
  }

  it('is the same object while nothing that it shows is another', () => {
    const picture = shown();
    const before = picture.current;
    const elsewhere = zoomChart(initialArrangement, 'accuracy', [1, 2], undefined);
    picture.update({ ...context, arrangement: { ...elsewhere, isLegendFolded: true } }, true);
    equal(picture.current, before);
  });

  it('goes where the user zooms before the new points come', () => {
    const picture = shown();
    picture.update(
      { ...context, arrangement: zoomChart(initialArrangement, 'loss', [4, 5], undefined) },
      true,
    );
    ok(picture.current?.kind === 'plot');
    deepEqual([picture.current.view.x.from, picture.current.view.x.to], [4, 5]);
  });

  it('loses a line at once when that is hidden', () => {
    const picture = shown();
    picture.update({ ...context, lines: [someLine('a', { isDrawn: false }), someLine('b')] }, true);
    deepEqual(
      picture.drawn.map(({ line }) => line.id),
      ['b'],
    );
  });

  it('stays as it was until points along another axis come', () => {
    const picture = shown();
    const before = picture.current;
    const arrangement = setXAxis(initialArrangement, { kind: 'time' });
    picture.update({ ...context, arrangement }, true);
    equal(picture.current, before);
    picture.accept(chartData([drawnLine('a', points([1e12, 1], [2e12, 2]))]), arrangement.x);
    picture.update({ ...context, arrangement }, false);
    ok(picture.current?.kind === 'plot');
    equal(picture.current.view.x.from, 1e12);
  });

  it('stays as it was until points of other lines come', () => {
    const picture = shown();
    const before = picture.current;
    picture.update({ ...context, lines: [someLine('=0.1')] }, true);
    equal(picture.current, before);
  });
});
