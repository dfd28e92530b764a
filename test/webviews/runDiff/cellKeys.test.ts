import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { moveFrom } from '../../../webviews/runDiff/cellKeys';
import { testSeed } from '../../support/testSeed';

const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false, altKey: false });

describe('Where a key leads from a cell', () => {
  const shape = { lines: 5, columnsOf: (line: number) => (line === 1 ? 1 : 4) };

  it('is the next cell, or the last there is', () => {
    deepEqual(moveFrom({ line: 0, column: 3 }, shape, key('ArrowDown')), { line: 1, column: 0 });
    deepEqual(moveFrom({ line: 2, column: 1 }, shape, key('ArrowRight')), { line: 2, column: 2 });
    deepEqual(moveFrom({ line: 2, column: 1 }, shape, key('End')), { line: 2, column: 3 });
    deepEqual(moveFrom({ line: 2, column: 1 }, shape, key('End', true)), { line: 4, column: 3 });
    deepEqual(moveFrom({ line: 2, column: 1 }, shape, key('PageDown')), { line: 4, column: 1 });
    equal(moveFrom({ line: 2, column: 1 }, shape, key('a')), undefined);
  });

  it('is always a cell', () => {
    const names = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'];
    const widths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        widths,
        fc.nat(30),
        fc.nat(12),
        fc.constantFrom(...names),
        fc.boolean(),
        (all, line, column, name, far) => {
          const to = moveFrom(
            { line, column },
            { lines: all.length, columnsOf: (at) => all[at] ?? 0 },
            key(name, far),
          );
          ok(to && to.line >= 0 && to.line < all.length && to.column >= 0 && to.column < (all[to.line] ?? 0));
        },
      ),
      { seed: testSeed, numRuns: 1000 },
    );
  });
});
