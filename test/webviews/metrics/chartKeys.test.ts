import { deepEqual, equal } from 'node:assert/strict';
import { commandOf } from '../../../webviews/metrics/chartKeys';
import { panTo, partOf, placeIn, zoomRange } from '../../../webviews/metrics/zooming';

describe('The keys of a chart', () => {
  const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) =>
    commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

  it('walk points and lines', () => {
    deepEqual(press('ArrowRight'), { kind: 'step', move: 'next' });
    deepEqual(press('ArrowDown'), { kind: 'line', isUp: false });
    deepEqual(press('End'), { kind: 'edge', part: 1 });
    deepEqual(press('T'), { kind: 'table' });
  });

  it('leave alone what is not theirs', () => {
    for (const key of ['x', 'Tab', 'toString', '/']) equal(press(key), undefined);
    equal(press('f', { ctrlKey: true }), undefined);
    equal(press('ArrowLeft', { altKey: true }), undefined);
  });
});

describe('A range that the keyboard moves', () => {
  it('is zoomed around a place that stays where it is', () => {
    deepEqual(zoomRange([0, 100], 25, 0.5, false), [12.5, 62.5]);
    const [from, to] = zoomRange([1, 10_000], 100, 0.5, true);
    deepEqual([Math.round(from), Math.round(to)], [10, 1000]);
  });

  it('moves no more than it takes to have a place in it', () => {
    const range = [10, 20] as const;
    equal(panTo(range, 15, false), range);
    deepEqual(panTo(range, 5, false), [5, 15]);
    deepEqual(panTo(range, 22, false), [12, 22]);
  });

  it('tells places by their part', () => {
    equal(placeIn([10, 20], 0.5, false), 15);
    equal(Math.round(placeIn([1, 100], 0.5, true)), 10);
    equal(partOf([10, 20], 12, false), 0.2);
    equal(partOf([5, 5], 5, false), 0.5);
  });
});
