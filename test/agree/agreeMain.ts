import { parseArgs } from 'node:util';
import { withPinnedNode } from '../support/pinnedNode';
import { compareVerdicts, type Confusion, type Disagreement } from './agreement';
import { corpusCases, type Gathered, mutatedCases, probeCases } from './cases';
import { randomNumbers } from './mutateText';

const mostShown = 20;

/**
 * `npm run agree -- mlproject [--dir D] [--seed S] [--cases N] [--show CODE]`: MLflow's own verdicts beside our diagnostics, on real files (or
 * those of a folder), on probes, and on random edits of both; answers 1 on any disagreement.
 */
async function runAgree(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      dir: { type: 'string' },
      seed: { type: 'string' },
      cases: { type: 'string' },
      show: { type: 'string' },
    },
  });
  const unknown = positionals.find((name) => name !== 'mlproject');
  if (unknown !== undefined) throw new Error(`No agreement '${unknown}'; there is: mlproject`);
  const seed = Number(values.seed ?? 1);
  const corpus = corpusCases(values.dir);
  const probes = values.dir === undefined ? probeCases() : { cases: [], skipped: [] };
  const all = [...corpus.cases, ...probes.cases];
  const mutations = mutatedCases(all, Number(values.cases ?? 2_000), randomNumbers(seed));
  for (const reason of [...corpus.skipped, ...probes.skipped]) console.log(`skipped: ${reason}`);
  const groups: readonly (readonly [string, Gathered['cases']])[] = [
    ['corpus', corpus.cases],
    ['probes', probes.cases],
    [`mutations (seed ${seed})`, mutations],
  ];
  const confusions = await compareVerdicts(groups.map(([, cases]) => cases));
  for (const [index, confusion] of confusions.entries())
    console.log(formatConfusion(groups[index]?.[0] ?? '', confusion, index === 0, values.show));
  return confusions.every(({ missed, wronged }) => missed.length + wronged.length === 0) ? 0 : 1;
}

function formatConfusion(name: string, confusion: Confusion, withFound: boolean, shown?: string): string {
  const { bothReject, bothAccept, missed, wronged, found } = confusion;
  return [
    name,
    `  MLflow rejects: ${bothReject} with an error of ours, ${missed.length} without`,
    `  MLflow accepts: ${bothAccept} without an error of ours, ${wronged.length} with`,
    ...missed.slice(0, mostShown).map(formatDisagreement),
    ...wronged.slice(0, mostShown).map(formatDisagreement),
    ...(withFound ? ['  On files that MLflow accepts:', ...formatFound(found, shown)] : []),
  ].join('\n');
}

/** How many there are of each code; those of one code in full. */
function formatFound(found: Confusion['found'], shown: string | undefined): readonly string[] {
  const byCount = [...found].toSorted((a, b) => b[1].length - a[1].length);
  return byCount.flatMap(([code, findings]) => [
    `    ${String(findings.length).padStart(5)} ${code}`,
    ...(shown !== undefined && code.endsWith(` ${shown}`)
      ? findings.map(({ name, line, message }) => `            ${name}: ${line}\n              ${message}`)
      : []),
  ]);
}

export function formatDisagreement({ name, text, mlflow, ours }: Disagreement): string {
  return `  ${name}\n    MLflow: ${mlflow ?? 'accepts'}\n    ours: ${ours.join('; ') || 'no error'}\n    ${JSON.stringify(text.slice(0, 1_500))}`;
}

withPinnedNode(__filename, () => runAgree(process.argv.slice(2))).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
