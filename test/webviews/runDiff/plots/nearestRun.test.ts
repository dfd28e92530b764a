import { equal } from 'node:assert/strict';
import { nearestRun } from '../../../../webviews/runDiff/plots/nearestRun';

describe('The run that is pointed at', () => {
  const line = {
    run: 3,
    paths: [
      [
        { x: 0, y: 0 },
        { x: 100, y: 100 },
      ],
    ],
  };
  const dot = { run: 7, paths: [[{ x: 60, y: 40 }]] };

  it('is the one whose line or dot is nearest', () => {
    equal(nearestRun([line, dot], { x: 50, y: 52 }), 3);
    equal(nearestRun([line, dot], { x: 59, y: 41 }), 7);
  });

  it('is none where nothing is near', () => {
    equal(nearestRun([line, dot], { x: 100, y: 0 }), undefined);
    equal(nearestRun([line], { x: 130, y: 130 }), undefined);
    equal(nearestRun([], { x: 0, y: 0 }), undefined);
    equal(nearestRun([{ run: 1, paths: [[]] }], { x: 0, y: 0 }), undefined);
  });

  it('is not between the parts of a broken line', () => {
    const broken = { run: 1, paths: [[{ x: 0, y: 0 }], [{ x: 100, y: 0 }]] };
    equal(nearestRun([broken], { x: 50, y: 0 }), undefined);
  });
});
