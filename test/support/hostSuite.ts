import { join } from 'node:path';
import { format } from 'node:util';
import { projectRoot } from './cache';
import { runMocha } from './runMocha';
import { findTests, timeouts } from './tiers';

/**
 * What VS Code calls inside its extension host, in the browser and on the desktop alike. Who started it says in the
 * environment which tests to run and where to write the tally.
 */
export async function run(): Promise<void> {
  const tally = await runMocha({
    files: findTests(join(projectRoot(), 'out/test'), 'host'),
    timeout: timeouts.host,
    grep: process.env['MLFLOW_LENS_TEST_GREP'],
    results: process.env['MLFLOW_LENS_TEST_RESULTS'],
    print: printMarked,
  });
  if (tally.failed > 0) throw new Error(`${tally.failed} tests failed`);
}

/** Lets who reads the window's log tell mocha's lines from VS Code's own. */
function printMarked(...args: readonly unknown[]): void {
  console.log((process.env['MLFLOW_LENS_TEST_MARK'] ?? '') + format(...args));
}
