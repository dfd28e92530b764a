import { parseArgs } from 'node:util';
import { withPinnedNode } from '../support/pinnedNode';
import { compareVerdicts, type Confusion, type Disagreement } from './agreement';
import { savedModels } from './askMlflow';
import { corpusCases, type Family, type Gathered, mutatedCases, probeCases } from './cases';
import { modelWords, randomNumbers } from './mutateText';

const mostShown = 20;

type Group = readonly [name: string, cases: Gathered['cases']];

/**
 * `npm run agree -- mlproject|mlmodel [--dir D] [--seed S] [--cases N] [--show CODE]`: MLflow's own verdicts beside our diagnostics, on real
 * files (or those of a folder), on probes, and on random edits of both; answers 1 on any disagreement. `mlmodel` also has models that
 * MLflow itself saved loaded, as they are and with random edits: there we may miss what only Python can know.
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
  const family = familyOf(positionals);
  const [seed, count] = [Number(values.seed ?? 1), Number(values.cases ?? 2_000)];
  const described = describedGroups(family, values.dir, seed, count);
  const used = family === 'mlmodel' ? await usedGroups(seed, Math.ceil(count / 5)) : [];
  const groups = [...described, ...used];
  const confusions = await compareVerdicts(groups.map(([, cases]) => cases));
  for (const [index, confusion] of confusions.entries())
    console.log(formatConfusion(groups[index]?.[0] ?? '', confusion, index === 0, values.show));
  const isUsed = (index: number) => index >= described.length;
  return confusions.every(
    ({ missed, wronged }, index) => wronged.length + (isUsed(index) ? 0 : missed.length) === 0,
  )
    ? 0
    : 1;
}

function familyOf([name = 'mlproject', ...more]: readonly string[]): Family {
  if ((name === 'mlproject' || name === 'mlmodel') && more.length === 0) return name;
  throw new Error(`No agreement '${[name, ...more].join(' ')}'; there are: mlproject, mlmodel`);
}

function describedGroups(
  family: Family,
  folder: string | undefined,
  seed: number,
  count: number,
): readonly Group[] {
  const corpus = corpusCases(folder, family);
  const probes = folder === undefined ? probeCases(family) : { cases: [], skipped: [] };
  for (const reason of [...corpus.skipped, ...probes.skipped]) console.log(`skipped: ${reason}`);
  const all = [...corpus.cases, ...probes.cases];
  const words = family === 'mlmodel' ? modelWords : undefined;
  return [
    ['corpus', corpus.cases],
    ['probes', probes.cases],
    [`mutations (seed ${seed})`, mutatedCases(all, count, randomNumbers(seed), words)],
  ];
}

async function usedGroups(seed: number, count: number): Promise<readonly Group[]> {
  const saved = await savedModels();
  const mutations = mutatedCases(saved, count, randomNumbers(seed), modelWords);
  return [
    ['models saved by MLflow, loaded', saved],
    [`mutations of their MLmodels (seed ${seed}), loaded`, mutations],
  ];
}

function formatConfusion(name: string, confusion: Confusion, withFound: boolean, shown?: string): string {
  const { bothReject, bothAccept, missed, wronged, onUse, found } = confusion;
  return [
    name,
    `  MLflow rejects: ${bothReject} with an error of ours, ${missed.length} without`,
    `  MLflow accepts: ${bothAccept} without an error of ours, ${wronged.length} with${onUse.length > 0 ? `, ${onUse.length} with one on use` : ''}`,
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
