import { parseArgs } from 'node:util';
import { injectDownloadFaults, questions as downloadQuestions } from './download/suite';
import type { FaultOptions } from './faultOptions';
import { injectHttpFaults } from './http/suite';
import { injectLaunchFaults, questions as launchQuestions } from './launch/suite';
import { questions as lspQuestions } from './lsp/findings';
import { injectLspFaults } from './lsp/suite';
import { injectPaths, questions as pathQuestions } from './paths/suite';
import { injectStoreFaults } from './stores/suite';
import { formatHeading, formatVerdict, oracles, type Verdict } from './verdict';
import { questions } from './xss/conduct';
import { injectMarkup } from './xss/suite';

interface Suite {
  readonly inject: (options: FaultOptions) => Promise<readonly Verdict<string>[]>;
  /** What each verdict answers. */
  readonly questions: readonly string[];
}

const suites: Readonly<Record<string, Suite>> = {
  http: { inject: injectHttpFaults, questions: oracles },
  stores: { inject: injectStoreFaults, questions: oracles },
  download: { inject: injectDownloadFaults, questions: downloadQuestions },
  launch: { inject: injectLaunchFaults, questions: launchQuestions },
  lsp: { inject: injectLspFaults, questions: lspQuestions },
  paths: { inject: injectPaths, questions: pathQuestions },
  xss: { inject: injectMarkup, questions },
};

/** `npm run faults -- http|stores|download|launch|lsp|paths|xss [--short] [--seed S] [--edits N] [--only PATTERN]`: a row per case; answers 1 if any failed. */
async function runFaults(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      short: { type: 'boolean' },
      seed: { type: 'string' },
      edits: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const options: Omit<FaultOptions, 'report'> = {
    isShort: values.short ?? false,
    isTimed: true,
    seed: Number(values.seed ?? 1),
    ...(values.edits === undefined ? {} : { edits: Number(values.edits) }),
    only: new RegExp(values.only ?? '', 'i'),
    note: (line) => {
      console.log(line);
    },
  };
  const verdicts: Verdict<string>[] = [];
  for (const name of positionals.length > 0 ? positionals : Object.keys(suites)) {
    const suite = suites[name];
    if (!suite)
      throw new Error(`There are no faults '${name}'; there are: ${Object.keys(suites).join(', ')}`);
    console.log(
      `${name}, seed ${options.seed}${options.isShort ? ', short' : ''}\n${formatHeading(suite.questions)}`,
    );
    const report = (verdict: Verdict<string>) => {
      console.log(formatVerdict(verdict, suite.questions));
    };
    verdicts.push(...(await suite.inject({ ...options, report })));
  }
  return conclude(verdicts);
}

function conclude(verdicts: readonly Verdict<string>[]): number {
  const block = Math.max(0, ...verdicts.map((verdict) => verdict.block));
  const failed = verdicts.filter(({ wrong }) => wrong.size > 0).length;
  const skipped = verdicts.filter(
    ({ outcome, wrong }) => wrong.size === 0 && outcome.startsWith('skipped'),
  ).length;
  if (block > 0) console.log(`The event loop was never held up for more than ${Math.ceil(block)} ms.`);
  console.log(`${verdicts.length - failed - skipped} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 && verdicts.length > 0 ? 0 : 1;
}

runFaults(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
