import { deepEqual } from 'node:assert/strict';
import { cycleSort, moveColumn, sortBy } from '../../../webviews/runsTable/columnOrder';

const shown = ['a', 'b', 'c', 'd', 'e'];

describe('The order of columns', () => {
  it('names a moved column and those before it, and no more', () => {
    deepEqual(moveColumn({ order: [], pinnedColumns: [] }, shown, 2, 1), { order: ['a', 'c', 'b'] });
    deepEqual(moveColumn({ order: [], pinnedColumns: [] }, shown, 0, 2), { order: ['b', 'c', 'a'] });
  });

  it('keeps what was named before', () => {
    deepEqual(moveColumn({ order: ['a', 'b', 'gone'], pinnedColumns: [] }, shown, 1, 0), {
      order: ['b', 'a', 'gone'],
    });
  });

  it('moves pinned columns among themselves, and the others among the others', () => {
    const arrangement = { order: [], pinnedColumns: ['a', 'b', 'gone'] };
    deepEqual(moveColumn(arrangement, shown, 0, 4), { pinnedColumns: ['b', 'a', 'gone'] });
    deepEqual(moveColumn(arrangement, shown, 3, 0), { order: ['d', 'c'] });
  });
});

describe('Sorting by a column', () => {
  const up = { column: 'a', isDescending: false };
  const down = { column: 'a', isDescending: true };
  const other = { column: 'b', isDescending: true };

  it('goes up, down and away', () => {
    deepEqual(cycleSort([], 'a', false), [up]);
    deepEqual(cycleSort([up], 'a', false), [down]);
    deepEqual(cycleSort([down], 'a', false), []);
    deepEqual(cycleSort([other], 'a', false), [up]);
  });

  it('comes after the others where it is added', () => {
    deepEqual(cycleSort([other], 'a', true), [other, up]);
    deepEqual(cycleSort([up, other], 'a', true), [down, other]);
    deepEqual(cycleSort([down, other], 'a', true), [other]);
  });

  it('takes a direction from the menu', () => {
    deepEqual(sortBy([other, down], 'a', false, true), [other, up]);
    deepEqual(sortBy([other], 'a', true, false), [down]);
  });
});
