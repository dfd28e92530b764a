import { equal } from 'node:assert/strict';
import { mapAxis } from '../../../../webviews/metrics/plot/axisMap';
import { nearestLine } from '../../../../webviews/metrics/plot/nearestLine';
import type { PlotLine } from '../../../../webviews/metrics/plot/plotView';

const format = String;
const maps = {
  area: { left: 0, right: 100, top: 0, bottom: 100 },
  x: mapAxis({ from: 0, to: 10, isLog: false, format }, 0, 100),
  y: mapAxis({ from: 0, to: 10, isLog: false, format }, 100, 0),
};

function line(id: string, x: readonly number[], y: readonly number[]): PlotLine {
  const points = { x: Float64Array.from(x), y: Float64Array.from(y) };
  return { id, name: id, color: '', dash: [], marks: [], points };
}

describe('The line near the pointer', () => {
  const low = line('low', [0, 10], [2, 2]);
  const lines = [low, line('steep', [0, 4, 5, 10], [9, 9, 3, 3])];

  it('is the one whose stroke is nearest, between its points too', () => {
    equal(nearestLine(lines, maps, 70, 82), 'low');
    equal(nearestLine(lines, maps, 20, 12), 'steep');
    equal(nearestLine(lines, maps, 45, 40), 'steep');
  });

  it('is none where all are far', () => {
    equal(nearestLine(lines, maps, 80, 10), undefined);
    equal(nearestLine([], maps, 80, 10), undefined);
  });

  it('is the smoothed one where that is what is drawn', () => {
    const smooth = { x: Float64Array.of(0, 10), y: Float64Array.of(6, 6) };
    equal(nearestLine([{ ...low, smooth }], maps, 50, 41), 'low');
    equal(nearestLine([{ ...low, smooth }], maps, 50, 81), undefined);
  });
});
