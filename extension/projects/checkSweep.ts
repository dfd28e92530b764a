import { Pace } from '../histories/pace';
import type { SweepPoint } from './composeSweep';
import { describePoint } from './sweepProcess';

/**
 * Why a sweep could not run, by the first of its runs that `findProblem` has something against; undefined where none is. There may
 * be ten thousand: others get their turn meanwhile.
 */
export async function findPointProblem(
  points: readonly SweepPoint[],
  findProblem: (point: SweepPoint) => string | undefined,
): Promise<string | undefined> {
  const pace = new Pace();
  for (const point of points) {
    const problem = findProblem(point);
    if (problem !== undefined) return `${describePoint(point)}: ${problem}`;
    await pace.rest();
  }
  return undefined;
}
