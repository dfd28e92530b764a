import { deepEqual } from 'node:assert/strict';
import type { Verdict } from '../verdict';
import { startCanary, type Canary } from './canary';
import { listViewCases, attackView, hostileViews } from './viewCases';
import { attackWorkbench, workbenchCases } from './workbenchCases';
import type { Question } from './conduct';

const form = { isShort: true, isTimed: false, seed: 1 };
const options = { ...form, only: /./, report: () => undefined, note: () => undefined };

/** The short form of `npm run faults -- xss`, which puts each payload alone into each place. */
describe(`Markup in strangers' texts, seed ${form.seed}`, function () {
  this.timeout(300_000);
  let canary: Canary;
  const verdicts = new Map<string, Verdict<Question>>();

  before(async () => {
    canary = await startCanary();
    for (const view of hostileViews) await gather(attackView(view, canary, options));
    await gather(attackWorkbench(canary, options));
  });
  after(() => canary.stop());

  const gather = async (judged: AsyncIterable<Verdict<Question>>) => {
    for await (const verdict of judged) verdicts.set(`${verdict.group}: ${verdict.name}`, verdict);
  };

  const isOnlyText = (name: string) => {
    it(`${name} is text and nothing else`, () => {
      deepEqual([...(verdicts.get(name)?.wrong ?? [['shown', 'never judged']])], []);
    });
  };
  for (const view of hostileViews) {
    for (const { name } of listViewCases([], form)) isOnlyText(`${view.name}: ${name}`);
  }
  for (const { name } of workbenchCases) isOnlyText(`VS Code: ${name}`);
});
