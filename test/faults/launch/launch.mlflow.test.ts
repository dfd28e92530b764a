import { deepEqual } from 'node:assert/strict';
import type { Verdict } from '../verdict';
import { injectLaunchFaults, listAttempts } from './suite';

/** `npm run faults -- launch`, which prints what each case came to. */
describe('A launch stays what it says, and names why it cannot go on, with', function () {
  this.timeout(300_000);
  const verdicts = new Map<string, Verdict<string>>();

  before(async () => {
    const silent = { report: () => undefined, note: () => undefined };
    const options = { isShort: true, isTimed: false, seed: 1, only: /./, ...silent };
    for (const verdict of await injectLaunchFaults(options)) verdicts.set(nameOf(verdict), verdict);
  });

  for (const one of listAttempts('', { isTimed: false })) {
    it(nameOf(one), () => {
      deepEqual([...(verdicts.get(nameOf(one))?.wrong ?? [['started', 'never judged']])], []);
    });
  }
});

function nameOf({ group, name }: { readonly group: string; readonly name: string }): string {
  return `${group}: ${name}`;
}
