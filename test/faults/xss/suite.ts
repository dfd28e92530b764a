import type { FaultOptions } from '../faultOptions';
import type { Verdict } from '../verdict';
import { startCanary, type Canary } from './canary';
import type { Question } from './conduct';
import { attackView, hostileViews } from './viewCases';
import { attackWorkbench } from './workbenchCases';

/** The XSS rows of reference/PERFORMANCE.md §7d. */
export async function injectMarkup(options: FaultOptions): Promise<readonly Verdict<Question>[]> {
  const canary = await startCanary();
  const verdicts: Verdict<Question>[] = [];
  try {
    for await (const verdict of attackAll(canary, options)) {
      options.report(verdict);
      verdicts.push(verdict);
    }
  } finally {
    await canary.stop();
  }
  return verdicts;
}

async function* attackAll(canary: Canary, options: FaultOptions): AsyncGenerator<Verdict<Question>> {
  for (const view of hostileViews) yield* attackView(view, canary, options);
  yield* attackWorkbench(canary, options);
}
