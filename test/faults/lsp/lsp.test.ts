import { deepEqual } from 'node:assert/strict';
import type { FaultOptions } from '../faultOptions';
import { Findings } from './findings';
import { listLspTrials } from './suite';

/** The short form of `npm run faults -- lsp`, which prints what each trial came to and measures. */
describe('The language server lives through', () => {
  const silent = { report: () => undefined, note: () => undefined };
  const options: FaultOptions = { isShort: true, isTimed: false, seed: 1, only: /./, ...silent };
  for (const { group, name, run } of listLspTrials(options)) {
    it(`${group}: ${name}`, async function () {
      this.timeout(120_000);
      const findings = new Findings();
      const outcome = await run(findings, options);
      if (outcome.startsWith('skipped')) this.skip();
      deepEqual([...findings.wrong], []);
    });
  }
});
