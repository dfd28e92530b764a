import { parseArgs } from 'node:util';
import { withPinnedNode } from '../support/pinnedNode';
import type { Difference } from './compareStore';
import { compareKind, parityKinds, type ParityReport } from './parity';

const mostShown = 10;

/**
 * `npm run parity -- [sqlite|files|rest…] [--seed S] [--cases N] [--runs R]`: our stores beside MLflow's own client, on
 * random stores with random searches; answers 1 on any difference.
 */
async function runParity(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { seed: { type: 'string' }, cases: { type: 'string' }, runs: { type: 'string' } },
  });
  const unknown = positionals.find((name) => !parityKinds.some((kind) => kind === name));
  if (unknown !== undefined) throw new Error(`No store '${unknown}'; there are: ${parityKinds.join(', ')}`);
  const kinds = parityKinds.filter((kind) => positionals.length === 0 || positionals.includes(kind));
  const options = {
    seed: Number(values.seed ?? 1),
    cases: Number(values.cases ?? 700),
    runs: Number(values.runs ?? 60),
  };
  console.log(`seed ${options.seed}, ${options.cases} searches of each store, ${options.runs} runs in it`);
  let isSame = true;
  for (const kind of kinds) {
    const report = await compareKind(kind, options);
    console.log(formatReport(report));
    isSame &&= report.differences.length === 0 && !report.isTouched;
  }
  return isSame ? 0 : 1;
}

function formatReport({ kind, cases, entities, differences, isTouched }: ParityReport): string {
  const touched = isTouched ? '; the store was changed by our reading' : '';
  return [
    `${kind.padEnd(6)} ${cases} searches, ${entities} other answers: ${differences.length} differences${touched}`,
    ...differences.slice(0, mostShown).map(formatDifference),
    ...(differences.length > mostShown ? [`  … and ${differences.length - mostShown} more`] : []),
  ].join('\n');
}

export function formatDifference({ what, at, mlflow, ours }: Difference): string {
  return `  ${what}${at ? ` at ${at}` : ''}\n    MLflow: ${JSON.stringify(mlflow)}\n    ours:   ${JSON.stringify(ours)}`;
}

withPinnedNode(__filename, () => runParity(process.argv.slice(2))).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
