import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import Mocha from 'mocha';
import type { Tally, TierOutcome } from './tally';
import { testSeed } from './testSeed';

/** In characters: a log that is cut shall hold all failures. */
const LONGEST_REASON = 1000;

export interface MochaRun {
  readonly files: readonly string[];
  readonly timeout: number;
  /** Only tests whose full title matches this, as a regular expression. */
  readonly grep?: string | undefined;
  /** Where to write the outcome, for who started this process. */
  readonly results?: string | undefined;
  /** What to print with in place of console.log. */
  readonly print?: ((...args: readonly unknown[]) => void) | undefined;
}

/** Runs test files with mocha in this process, prints them, and answers what came of it. A property that fails says its seed. */
export async function runMocha({ files, timeout, grep, results, print }: MochaRun): Promise<Tally> {
  fc.configureGlobal({ seed: testSeed });
  if (print) Mocha.reporters.Base.consoleLog = print;
  const mocha = new Mocha({ timeout, reporter: 'spec', color: process.stdout.isTTY });
  if (grep !== undefined) mocha.grep(grep);
  for (const file of files) mocha.addFile(file);
  const outcome = await new Promise<TierOutcome>((resolve) => {
    const failed: string[] = [];
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      resolve({ tally: { passed: passes, failed: failures, skipped: pending }, failures: failed });
    });
    runner.on('fail', (test, error: unknown) =>
      failed.push(`${test.fullTitle()}\n${String(error).slice(0, LONGEST_REASON)}`),
    );
  });
  if (results !== undefined) writeFileSync(results, JSON.stringify(outcome));
  return outcome.tally;
}
