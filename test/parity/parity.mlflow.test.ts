import { deepEqual, equal, ok } from 'node:assert/strict';
import { compareKind } from './parity';

/** 1,000 searches in all; `npm run parity` tries any other seed. A server takes its time, so it gets one seed. */
const rounds = [
  { kind: 'sqlite', seed: 1 },
  { kind: 'files', seed: 1 },
  { kind: 'rest', seed: 1 },
  { kind: 'sqlite', seed: 2 },
  { kind: 'files', seed: 2 },
] as const;

const sizes = { cases: 200, runs: 50 };

describe('What our stores answer', function () {
  this.timeout(300_000);

  for (const { kind, seed } of rounds) {
    it(`is to the last bit what MLflow’s own client answers: ${kind}, seed ${seed}`, async () => {
      const report = await compareKind(kind, { seed, ...sizes });
      equal(report.cases, sizes.cases);
      ok(report.entities > sizes.runs);
      deepEqual(report.differences.slice(0, 10), [], `${report.differences.length} differences`);
      ok(!report.isTouched, 'reading changed the store');
    });
  }
});
