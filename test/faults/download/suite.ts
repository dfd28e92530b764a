import type { FaultOptions } from '../faultOptions';
import type { Verdict } from '../verdict';
import { type DownloadCase, downloadCases } from './downloadCases';
import { DownloadStage } from './stage';

/** The questions that each download is judged by. */
export const questions = [
  'message', // one clear word of what went wrong
  'intact', // nothing half-written has the file's name, and what was there is as it was
  'recovers', // once the fault is over, the same download brings the whole file
  'thrifty', // and does not fetch again what is there already
] as const;

type Question = (typeof questions)[number];

/** Breaks downloads in the ways of reference/PERFORMANCE.md §7d. */
export async function injectDownloadFaults(options: FaultOptions): Promise<readonly Verdict<Question>[]> {
  const verdicts: Verdict<Question>[] = [];
  for (const one of downloadCases.filter(({ name }) => options.only.test(`download ${name}`))) {
    const start = performance.now();
    const stage = await DownloadStage.open(options.seed);
    try {
      const { wrong, outcome } = await judge(one, stage);
      const ms = performance.now() - start;
      const verdict = { group: 'download', name: one.name, wrong, ms, outcome, block: 0 };
      options.report(verdict);
      verdicts.push(verdict);
    } finally {
      await stage.close();
    }
  }
  return verdicts;
}

async function judge(
  one: DownloadCase,
  stage: DownloadStage,
): Promise<{ readonly wrong: Map<Question, string>; readonly outcome: string }> {
  const wrong = new Map<Question, string>();
  const folder = await one.inject(stage);
  if (folder === undefined)
    return { wrong, outcome: 'skipped: this user of this machine cannot bring it about' };
  const outcome = await stage.download(folder);
  if (!one.message.test(outcome)) wrong.set('message', outcome);
  // Where only the kernel writes, nothing of ours can lie.
  if (folder.startsWith(stage.folder)) compare(wrong, 'intact', await stage.look(folder), one.leaves(stage));
  await one.mend(stage, folder);
  const again = await stage.download();
  const expected = { 'model.bin': 'whole', ...one.stays };
  if (again === 'whole') compare(wrong, 'recovers', await stage.look(), expected);
  else wrong.set('recovers', again);
  if (stage.sent > (one.mostSent ?? Infinity)) wrong.set('thrifty', `${stage.sent} bytes were sent again`);
  return { wrong, outcome };
}

function compare(
  wrong: Map<Question, string>,
  question: Question,
  found: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, string | RegExp>>,
): void {
  const names = new Set([...Object.keys(found), ...Object.keys(expected)]);
  for (const name of names) {
    const [is, should] = [found[name], expected[name]];
    const isRight = should instanceof RegExp ? is !== undefined && should.test(is) : is === should;
    if (!isRight) wrong.set(question, `${name}: ${String(is)}, not ${String(should)}`);
  }
}
