import { deepEqual } from 'node:assert/strict';
import type { Verdict } from '../verdict';
import { pathCases } from './pathCases';
import { groups, injectPaths } from './suite';

/** `npm run faults -- paths`, which prints what each path came to. */
describe('The path of an artifact', function () {
  this.timeout(300_000);
  const verdicts = new Map<string, Verdict<string>>();

  before(async () => {
    const silent = { report: () => undefined, note: () => undefined };
    const options = { isShort: true, isTimed: false, seed: 1, only: /./, ...silent };
    for (const verdict of await injectPaths(options))
      verdicts.set(`${verdict.group}: ${verdict.name}`, verdict);
  });

  for (const group of groups)
    it(`leads nowhere else, and is answered: ${group}`, () => {
      for (const { name } of pathCases) {
        const key = `${group}: ${name}`;
        deepEqual([...(verdicts.get(key)?.wrong ?? [['answered', 'never judged']])], [], key);
      }
    });
});
