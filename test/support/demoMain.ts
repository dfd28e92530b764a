/**
 * `npm run demo`: has a real MLflow make the store that ships with the demo workspace, by seed.py. Its artifacts lie
 * beside it in `mlartifacts`, where an MLflow server that is started there keeps them.
 */
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './cache';
import { runPython, startMlflowServer } from './mlflowServer';
import { runToEnd } from './processes';
import { ensureDebianFor, ensureMlflow } from './tools';

/** Pages of 1 kB: MLflow's schema has some two hundred tables and indexes, most of them empty. */
const compact =
  'import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute("PRAGMA page_size = 1024"); db.execute("VACUUM")';

async function main(): Promise<void> {
  await ensureDebianFor({ chromium: false, codeServer: false, mlflow: true });
  const { python } = await ensureMlflow('newest');
  const store = await mkdtemp(join(tmpdir(), 'mlflow-demo-'));
  const demo = join(projectRoot(), 'test/support/demo');
  try {
    const server = await startMlflowServer({ version: 'newest', store });
    try {
      await runPython(server, join(projectRoot(), 'test/support/seed.py'), ['--demo']);
    } finally {
      await server.stop();
    }
    await runToEnd(python, ['-c', compact, join(store, 'mlflow.db')]);
    for (const name of ['mlflow.db', 'mlartifacts']) {
      await rm(join(demo, name), { recursive: true, force: true });
      await cp(join(store, name), join(demo, name), { recursive: true });
    }
    console.log(`mlflow.db: ${Math.ceil((await stat(join(demo, 'mlflow.db'))).size / 1024)} kB`);
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
