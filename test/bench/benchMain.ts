import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { withPinnedNode } from '../support/pinnedNode';
import { measureActivation } from './activation';
import { measureCharts } from './charts';
import { measureConsistency } from './consistency';
import { measureDownload } from './download';
import { measureLanguage } from './language';
import { measureRest } from './rest';
import { formatTable, type BenchOptions, type BenchResult } from './result';
import { measureStores } from './stores';
import { measureTable } from './table/table';

const suites: Readonly<Record<string, (options: BenchOptions) => Promise<readonly BenchResult[]>>> = {
  rest: measureRest,
  activation: measureActivation,
  stores: measureStores,
  consistency: measureConsistency,
  charts: measureCharts,
  table: measureTable,
  language: measureLanguage,
  download: measureDownload,
};

/**
 * `npm run bench -- rest|activation|stores|consistency|charts|table|language|download… [--runs N] [--reps N] [--seconds N] [--megabytes N] [--only REGEXP]
 * [--json F]`: prints a table; 1 on a missed goal.
 */
async function runBenches(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      megabytes: { type: 'string' },
      only: { type: 'string' },
      reps: { type: 'string' },
      runs: { type: 'string' },
      seconds: { type: 'string' },
    },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(suites);
  const options = {
    repetitions: Number(values.reps ?? 5),
    runs: Number(values.runs ?? 100_000),
    seconds: Number(values.seconds ?? 60),
    megabytes: Number(values.megabytes ?? 1024),
    only: new RegExp(values.only ?? ''),
  };
  const results: BenchResult[] = [];
  for (const name of names) {
    const suite = suites[name];
    if (!suite) throw new Error(`There is no bench '${name}'; there are: ${Object.keys(suites).join(', ')}`);
    results.push(...(await suite(options)));
  }
  console.log(formatTable(results));
  if (values.json) await writeFile(values.json, JSON.stringify(results, undefined, 2));
  return results.every(({ pass }) => pass) ? 0 : 1;
}

withPinnedNode(__filename, () => runBenches(process.argv.slice(2))).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
