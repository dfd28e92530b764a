import { parseArgs } from 'node:util';
import { injectHttpFaults } from './http/suite';
import { formatHeading, formatVerdict, type Verdict } from './verdict';

export interface FaultOptions {
  /** Stalls and budgets of about a second instead of several. */
  readonly isShort: boolean;
  readonly seed: number;
  /** Only cases whose `group name` this matches. */
  readonly only: RegExp;
  /** Called with each verdict as it is reached. */
  readonly report: (verdict: Verdict) => void;
}

const suites: Readonly<Record<string, (options: FaultOptions) => Promise<readonly Verdict[]>>> = {
  http: injectHttpFaults,
};

/** `npm run faults -- http [--short] [--seed S] [--only PATTERN]`: a row per case; answers 1 if any failed. */
export async function runFaults(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { short: { type: 'boolean' }, seed: { type: 'string' }, only: { type: 'string' } },
  });
  const seed = Number(values.seed ?? 1);
  const options = {
    isShort: values.short ?? false,
    seed,
    only: new RegExp(values.only ?? '', 'i'),
    report: (verdict: Verdict) => {
      console.log(formatVerdict(verdict));
    },
  };
  const verdicts: Verdict[] = [];
  for (const name of positionals.length > 0 ? positionals : Object.keys(suites)) {
    const suite = suites[name];
    if (!suite)
      throw new Error(`There are no faults '${name}'; there are: ${Object.keys(suites).join(', ')}`);
    console.log(`${name}, seed ${seed}${options.isShort ? ', short stalls' : ''}\n${formatHeading()}`);
    verdicts.push(...(await suite(options)));
  }
  const failed = verdicts.filter(({ wrong }) => wrong.size > 0).length;
  const block = Math.round(Math.max(...verdicts.map((verdict) => verdict.block)));
  console.log(`The event loop was never held up for more than ${block} ms.`);
  console.log(`${verdicts.length - failed} passed, ${failed} failed, 0 skipped`);
  return failed === 0 ? 0 : 1;
}
