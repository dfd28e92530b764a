/** Runs one tier's files in this process, which the runner starts afresh for each tier; `beside` others, those come first. */
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './cache';
import { runMocha } from './runMocha';
import { findTests, tierNames, timeouts } from './tiers';

async function main(): Promise<void> {
  const tier = tierNames.find((name) => name === process.argv[2]);
  if (!tier) throw new Error(`No tier of the name ${String(process.argv[2])}`);
  // Whoever waits for a window is less patient than who waits for a server.
  if (process.argv[3] === 'beside') setPriority(5);
  const tally = await runMocha({
    files: findTests(join(projectRoot(), 'out/test'), tier),
    timeout: timeouts[tier],
    grep: process.env['MLFLOW_LENS_TEST_GREP'],
    results: process.env['MLFLOW_LENS_TEST_RESULTS'],
  });
  // A handle that a test forgot shall not keep the run from ending.
  process.exit(tally.failed > 0 ? 1 : 0);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
