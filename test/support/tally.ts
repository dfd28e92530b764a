/** What a tier of tests came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What the process that ran a tier's tests hands to who started it. */
export interface TierOutcome {
  readonly tally: Tally;
  /** Of each test that failed its whole title, and why. */
  readonly failures: readonly string[];
}

/** A tier by name, with its tally; none when it ended before it could write one. */
export interface TierResult {
  readonly tier: string;
  readonly tally: Tally | undefined;
}

/** The sum. A tier that crashed counts as one failure; so does one that ran nothing, unless a filter may be why. */
export function sumTallies(results: readonly TierResult[], isFiltered: boolean): Tally {
  const counted = results.map(({ tally }) => countTier(tally, isFiltered));
  const sum = addTallies(counted);
  const ranNothing = sum.passed + sum.failed === 0;
  return ranNothing ? { ...sum, failed: 1 } : sum;
}

/** Why a tier counts as failed though none of its tests did; undefined when it does not. */
export function findTrouble({ tally }: TierResult, isFiltered: boolean): string | undefined {
  if (!tally) return 'ended before its tests did';
  return tally.passed + tally.failed === 0 && !isFiltered ? 'ran no test' : undefined;
}

/** The closing line. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function countTier(tally: Tally | undefined, isFiltered: boolean): Tally {
  if (!tally) return { passed: 0, failed: 1, skipped: 0 };
  if (tally.passed + tally.failed > 0 || isFiltered) return tally;
  return { ...tally, failed: 1 };
}

function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, next) => ({
      passed: sum.passed + next.passed,
      failed: sum.failed + next.failed,
      skipped: sum.skipped + next.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
