import { deepEqual, equal } from 'node:assert/strict';
import { findTrouble, formatTally, sumTallies, type Tally } from './tally';

const tally = (passed: number, failed = 0, skipped = 0): Tally => ({ passed, failed, skipped });

describe('the sum of the tiers', () => {
  it('adds up what each came to', () => {
    const sum = sumTallies(
      [
        { tier: 'plain', tally: tally(3, 1, 2) },
        { tier: 'ui', tally: tally(4, 0, 1) },
      ],
      false,
    );
    deepEqual(sum, tally(7, 1, 3));
  });

  it('counts a tier that crashed as a failure', () => {
    const crashed = { tier: 'host', tally: undefined };
    deepEqual(sumTallies([{ tier: 'plain', tally: tally(3) }, crashed], false), tally(3, 1));
    equal(findTrouble(crashed, true), 'ended before its tests did');
  });

  it('counts a tier that ran nothing as a failure', () => {
    const empty = { tier: 'ui', tally: tally(0, 0, 5) };
    deepEqual(sumTallies([{ tier: 'plain', tally: tally(3) }, empty], false), tally(3, 1, 5));
    equal(findTrouble(empty, false), 'ran no test');
  });

  it('lets a filter leave tiers empty, but not all of them', () => {
    const empty = { tier: 'ui', tally: tally(0) };
    deepEqual(sumTallies([{ tier: 'plain', tally: tally(3) }, empty], true), tally(3));
    equal(findTrouble(empty, true), undefined);
    deepEqual(sumTallies([empty], true), tally(0, 1));
  });

  it('is one line', () => {
    equal(formatTally(tally(7, 1, 3)), '7 passed, 1 failed, 3 skipped');
  });
});
