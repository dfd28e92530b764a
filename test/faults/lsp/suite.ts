import type { FaultOptions } from '../faultOptions';
import { Hang } from '../measuredProcess';
import type { Verdict } from '../verdict';
import { documentTrials } from './documentTrials';
import { Findings, type Question } from './findings';
import { fuzzTrials } from './fuzzTrials';
import type { LspTrial } from './lspTrial';
import { protocolTrials } from './protocolTrials';

/** Edits in the full form and in the short one. */
const edits = { full: 20_000, short: 1_500 } as const;

/** The rows about the language server in reference/PERFORMANCE.md §7d. */
export function listLspTrials(
  options: Pick<FaultOptions, 'isShort' | 'seed' | 'edits'>,
): readonly LspTrial[] {
  const count = options.edits ?? (options.isShort ? edits.short : edits.full);
  return [...documentTrials, ...protocolTrials, ...fuzzTrials(options.seed, count)];
}

/** Harms the language server by what is in a document, by the protocol and by random edits. */
export async function injectLspFaults(options: FaultOptions): Promise<readonly Verdict<Question>[]> {
  const verdicts: Verdict<Question>[] = [];
  for (const trial of listLspTrials(options)) {
    if (!options.only.test(`${trial.group} ${trial.name}`)) continue;
    const verdict = await attempt(trial, options);
    options.report(verdict);
    verdicts.push(verdict);
  }
  return verdicts;
}

async function attempt(trial: LspTrial, options: FaultOptions): Promise<Verdict<Question>> {
  const { group, name, run } = trial;
  const findings = new Findings();
  const start = performance.now();
  let outcome = '';
  try {
    outcome = await run(findings, options);
  } catch (error) {
    findings.add(
      error instanceof Hang ? 'prompt' : 'alive',
      error instanceof Error ? error.message : String(error),
    );
  }
  return { group, name, wrong: findings.wrong, ms: performance.now() - start, outcome, block: 0 };
}
