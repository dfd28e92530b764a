import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyEdits,
  composeEdits,
  disjointEdits,
  type Edit,
} from '../../../language-server/features/textEdits';
import { testSeed } from '../../support/testSeed';

describe('Two changes as one', () => {
  const places = fc.array(
    fc.record({ start: fc.nat(), length: fc.nat({ max: 6 }), newText: fc.string({ maxLength: 5 }) }),
    { maxLength: 6 },
  );
  const within = (
    text: string,
    all: readonly { start: number; length: number; newText: string }[],
  ): readonly Edit[] =>
    disjointEdits(
      all.map(({ start, length, newText }) => {
        const from = start % (text.length + 1);
        return { start: from, end: Math.min(from + length, text.length), newText };
      }),
    );

  it(`do what the one and then the other does (seed ${testSeed})`, () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), places, places, (text, one, other) => {
        const first = within(text, one);
        const between = applyEdits(text, first);
        const then = within(between, other);
        const both = composeEdits(first, then);
        equal(applyEdits(text, both), applyEdits(between, then));
        ok(both.every(({ start, end }, index) => start <= end && start >= (both[index - 1]?.end ?? 0)));
      }),
      { seed: testSeed },
    );
  });
});
