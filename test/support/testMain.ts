/** `npm test`: installs what is missing, runs the tiers, and ends with one line that sums up. */
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureExtensions } from './codeServer';
import { runHostTier } from './hostTier';
import { seededStore } from './mlflowServer';
import { runToEnd } from './processes';
import { findTrouble, formatTally, sumTallies, type Tally, type TierOutcome, type TierResult } from './tally';
import { tierNames, type Tier } from './tiers';
import {
  ensureChromium,
  ensureCodeServer,
  ensureDebianFor,
  ensureMlflow,
  ensureNode,
  outsideNpm,
  say,
  withNode,
} from './tools';

interface Wanted {
  readonly tiers: readonly Tier[];
  readonly grep: string | undefined;
}

type TierRun = TierResult & Pick<TierOutcome, 'failures'>;

async function main(): Promise<void> {
  const wanted = readArguments();
  await installFor(wanted.tiers);
  report(await runTiers(wanted), wanted.grep !== undefined);
}

/**
 * The plain tier alone, then those with windows, and beside them the one with MLflow servers: both wait a good deal. What
 * that one says is shown when it has ended.
 */
async function runTiers({ tiers, grep }: Wanted): Promise<readonly TierRun[]> {
  const results: TierRun[] = [];
  const run = async (tier: Tier, isBeside = false): Promise<void> => {
    const outcome = await runTier(tier, grep, isBeside);
    results.push({ tier, tally: outcome?.tally, failures: outcome?.failures ?? [] });
  };
  const inTurn = tiers.filter((tier) => tier !== 'mlflow');
  if (inTurn[0] === 'plain') await run('plain');
  const beside = tiers.includes('mlflow') ? run('mlflow', inTurn.length > 0) : undefined;
  for (const tier of inTurn) if (tier !== 'plain') await run(tier);
  await beside;
  return results;
}

function readArguments(): Wanted {
  const { values, positionals } = parseArgs({
    options: { grep: { type: 'string' } },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => !tierNames.some((tier) => tier === name));
  if (unknown !== undefined) throw new Error(`No tier "${unknown}"; there are ${tierNames.join(', ')}.`);
  const named = tierNames.filter((tier) => positionals.includes(tier));
  return { tiers: named.length > 0 ? named : tierNames, grep: values.grep };
}

/** All that the tiers stand on, here and not in a test, whose time is limited. */
async function installFor(tiers: readonly Tier[]): Promise<void> {
  const needsMlflow = tiers.some((tier) => tier !== 'plain');
  const needsWindow = tiers.some((tier) => tier === 'host' || tier === 'ui');
  await ensureDebianFor({ chromium: needsWindow, codeServer: needsWindow, mlflow: needsMlflow });
  await ensureNode();
  const installs = await Promise.allSettled([
    needsMlflow ? installMlflow(tiers.includes('mlflow')) : undefined,
    needsWindow ? ensureChromium() : undefined,
    needsWindow
      ? ensureCodeServer().then(() => (tiers.includes('ui') ? ensureExtensions() : undefined))
      : undefined,
  ]);
  for (const install of installs) if (install.status === 'rejected') throw install.reason;
}

async function installMlflow(both: boolean): Promise<void> {
  // One after the other: pip and a seeding server keep a core busy each.
  await ensureMlflow('newest');
  await seededStore('newest');
  if (!both) return;
  await ensureMlflow('oldest');
  await seededStore('oldest');
}

/** Runs a tier in a process of its own; answers what came of it, or nothing when it did not come to write that. */
async function runTier(
  tier: Tier,
  grep: string | undefined,
  isBeside: boolean,
): Promise<TierOutcome | undefined> {
  const title = `\n── ${tier} ──\n`;
  if (!isBeside) process.stdout.write(title);
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-results-'));
  const results = join(folder, 'tally.json');
  const env = {
    MLFLOW_LENS_TEST_RESULTS: results,
    ...(grep === undefined ? {} : { MLFLOW_LENS_TEST_GREP: grep }),
  };
  try {
    const said = isBeside ? join(folder, 'said') : undefined;
    const trouble = await (tier === 'host' ? runHostTier(env) : runPlainTier(tier, env, said)).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    if (said !== undefined) process.stdout.write(title + (await readFile(said, 'utf8')));
    const outcome = await readOutcome(results);
    // That it failed is no news where tests did.
    if (!outcome && trouble !== undefined) say(trouble);
    return outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `said` is the file that gets what it says, our own terminal unless there is one. */
async function runPlainTier(tier: Tier, env: NodeJS.ProcessEnv, said: string | undefined): Promise<void> {
  const node = await ensureNode();
  const file = said === undefined ? undefined : await open(said, 'w');
  try {
    const main = ['--enable-source-maps', join(__dirname, 'tierMain.js'), tier];
    await runToEnd(node.executable, [...main, ...(file ? ['beside'] : [])], {
      env: { ...outsideNpm(), ...withNode(node), ...env },
      output: file?.fd ?? 'inherit',
    });
  } finally {
    await file?.close();
  }
}

async function readOutcome(file: string): Promise<TierOutcome | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as TierOutcome;
  } catch {
    return undefined;
  }
}

/** What failed is said once more: a log is read from its end, or only its end is kept. */
function report(results: readonly TierRun[], isFiltered: boolean): void {
  const failures = results.flatMap(({ tier, failures }) =>
    failures.map((failure) => `✘ ${tier}: ${failure}\n`),
  );
  const lines = results.map(
    (result) => `${result.tier.padEnd(7)}${findTrouble(result, isFiltered) ?? describeTally(result.tally)}`,
  );
  const sum = sumTallies(results, isFiltered);
  process.stdout.write(`\n${[...failures, ...lines].join('\n')}\n${formatTally(sum)}\n`);
  process.exitCode = sum.failed > 0 ? 1 : 0;
}

/** Not in the words of the closing line, which shall be the only one of its kind. */
const describeTally = (tally: Tally | undefined): string =>
  tally ? `✔ ${tally.passed}  ✘ ${tally.failed}  – ${tally.skipped}` : '';

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.stdout.write(`${formatTally({ passed: 0, failed: 1, skipped: 0 })}\n`);
  process.exitCode = 1;
});
