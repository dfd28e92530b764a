/** `npm run test:electron`: the host tier inside a desktop VS Code. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { projectRoot } from './cache';
import { makeWorkspace } from './hostTier';
import { seededStore } from './mlflowServer';
import { formatTally, type TierOutcome } from './tally';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { grep: { type: 'string' }, version: { type: 'string' } } });
  // Here and not in a test, whose time is limited.
  await seededStore('newest');
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-electron-'));
  const results = join(folder, 'tally.json');
  try {
    const workspace = await makeWorkspace(folder);
    await runTests({
      version: values.version ?? 'stable',
      extensionDevelopmentPath: projectRoot(),
      extensionTestsPath: join(projectRoot(), 'out/test/support/hostSuite'),
      extensionTestsEnv: {
        MLFLOW_LENS_TEST_RESULTS: results,
        ...(values.grep === undefined ? {} : { MLFLOW_LENS_TEST_GREP: values.grep }),
      },
      launchArgs: [
        workspace,
        '--disable-extensions',
        '--disable-workspace-trust',
        '--user-data-dir',
        join(folder, 'user'),
      ],
    });
  } finally {
    await printTally(results);
    await rm(folder, { recursive: true, force: true });
  }
}

async function printTally(results: string): Promise<void> {
  const written = await readFile(results, 'utf8').catch(() => undefined);
  if (written !== undefined) console.log(formatTally((JSON.parse(written) as TierOutcome).tally));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
