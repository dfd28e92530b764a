import { deepEqual } from 'node:assert/strict';
import type { Verdict } from '../verdict';
import { injectStoreFaults, listStoreTrials } from './suite';

const form = { isShort: true, seed: 1 };

/** The short form of `npm run faults -- stores`, which prints what each trial came to and measures. */
describe(`A local store, seed ${form.seed}`, function () {
  this.timeout(300_000);
  const verdicts = new Map<string, Verdict>();

  before(async () => {
    const silent = { report: () => undefined, note: () => undefined };
    const options = { ...form, isTimed: false, only: /./, ...silent };
    for (const verdict of await injectStoreFaults(options)) verdicts.set(nameOf(verdict), verdict);
  });

  for (const trial of listStoreTrials(form)) {
    it(nameOf(trial), () => {
      deepEqual([...(verdicts.get(nameOf(trial))?.wrong ?? [['alive', 'never judged']])], []);
    });
  }
});

function nameOf({ group, name }: { readonly group: string; readonly name: string }): string {
  return `${group}: ${name}`;
}
