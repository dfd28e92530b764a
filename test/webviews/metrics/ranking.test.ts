import { deepEqual, equal } from 'node:assert/strict';
import type { ExactPoint, Real } from '../../../webviews/protocol/metrics';
import { bestNear, describePoint, nearestLine, rankPoints } from '../../../webviews/metrics/ranking';
import { someLine } from './someLines';

function point(id: string, value: Real): ExactPoint {
  return { id, runId: id, x: 500, value, step: '500', loggedAt: 0 };
}

describe('The lines at a cursor', () => {
  const lines = ['a', 'b', 'c', 'd'].map((id) => someLine(id));
  const points = [point('a', 'NaN'), point('b', 0.2), point('c', 0.1), point('d', 'Infinity')];
  const ids = (ranked: ReturnType<typeof rankPoints>) => ranked.map(({ line }) => line.id);

  it('are ordered from the best value to the worst, and no number is last', () => {
    deepEqual(ids(rankPoints(points, lines, 'lower')), ['c', 'b', 'd', 'a']);
    deepEqual(ids(rankPoints(points, lines, 'higher')), ['d', 'b', 'c', 'a']);
  });

  it('leave out points of lines that are gone', () => {
    deepEqual(ids(rankPoints([point('gone', 1), point('a', 2)], lines, 'lower')), ['a']);
  });

  it('are near as the eye sees it, also on a log axis', () => {
    const ranked = rankPoints([point('a', 1), point('b', 100)], lines, 'lower');
    equal(nearestLine(ranked, 20, false)?.line.id, 'a');
    equal(nearestLine(ranked, 20, true)?.line.id, 'b');
    equal(nearestLine(rankPoints([point('a', 'NaN')], lines, 'lower'), 1, false), undefined);
  });

  it('are entered at the best of those that reach there', () => {
    const ended = { ...point('a', 0.1), x: 30 };
    const ranked = rankPoints([ended, point('b', 0.3), point('c', 0.2)], lines, 'lower');
    equal(bestNear(ranked, 499)?.line.id, 'c');
    equal(bestNear(ranked, 20)?.line.id, 'a');
    equal(bestNear([], 20), undefined);
  });

  it('are told with their place among the others', () => {
    const ranked = rankPoints(points, lines, 'lower');
    equal(describePoint(ranked, 'c', { kind: 'step' }), 'run c, 0.1 at step 500, 1 of 4, best');
    equal(
      describePoint(ranked, 'b', { kind: 'metric', metric: 'epoch' }),
      'run b, 0.2 at step 500, epoch 500, 2 of 4',
    );
    equal(describePoint(ranked.slice(0, 1), 'c', { kind: 'step' }), 'run c, 0.1 at step 500');
    equal(describePoint(ranked, 'gone', { kind: 'step' }), 'No point here');
  });
});
