import { deepEqual } from 'node:assert/strict';
import type { Verdict } from '../verdict';
import { downloadCases } from './downloadCases';
import { injectDownloadFaults } from './suite';

/** `npm run faults -- download`, which prints what each case came to. */
describe('A download leaves nothing half-written behind', function () {
  this.timeout(120_000);
  const verdicts = new Map<string, Verdict<string>>();

  before(async () => {
    const silent = { report: () => undefined, note: () => undefined };
    const options = { isShort: true, isTimed: false, seed: 1, only: /./, ...silent };
    for (const verdict of await injectDownloadFaults(options)) verdicts.set(verdict.name, verdict);
  });

  for (const { name } of downloadCases) {
    it(name, () => {
      deepEqual([...(verdicts.get(name)?.wrong ?? [['started', 'never judged']])], []);
    });
  }
});
