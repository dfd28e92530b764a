import { deepEqual } from 'node:assert/strict';
import type { Verdict } from '../verdict';
import { httpFaults, injectHttpFaults } from './suite';

/** The short form of `npm run faults -- http`, which prints what each case came to and measures. */
describe('Between a real MLflow and us', function () {
  this.timeout(300_000);
  const verdicts = new Map<string, Verdict>();

  before(async () => {
    const silent = { report: () => undefined, note: () => undefined };
    const options = { isShort: true, isTimed: false, seed: 1, only: /./, ...silent };
    for (const verdict of await injectHttpFaults(options)) verdicts.set(nameOf(verdict), verdict);
  });

  for (const fault of httpFaults) {
    it(nameOf(fault), () => {
      deepEqual([...(verdicts.get(nameOf(fault))?.wrong ?? [['alive', 'never judged']])], []);
    });
  }
});

function nameOf({ group, name }: { readonly group: string; readonly name: string }): string {
  return `${group}: ${name}`;
}
