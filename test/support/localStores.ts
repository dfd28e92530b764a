import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot, fingerprint, projectRoot } from './cache';
import { installOnce } from './installOnce';
import { runPython } from './mlflowServer';
import { ensureMlflow, say } from './tools';

/** The store that ships with the demo: an `mlflow.db`, and its artifacts in `mlartifacts` beside it (demoMain). */
export function demoStore(): string {
  return join(projectRoot(), 'test/support/demo');
}

/** The demo store with its artifacts, as a person's folder gets copies. */
export function copyDemoStore(): Readonly<Record<string, string>> {
  return {
    'mlflow.db': join(demoStore(), 'mlflow.db'),
    mlartifacts: join(demoStore(), 'mlartifacts'),
  };
}

/** The folder of an `mlruns` with the demo's content, made once by a real MLflow. Copy it before anything writes to it. */
export async function seededFiles(): Promise<string> {
  const script = join(projectRoot(), 'test/support/seed.py');
  const { python, version } = await ensureMlflow('newest');
  const key = fingerprint(await readFile(script), version);
  return await installOnce(join(cacheRoot(), `seeded-files-${version}-${key}`), async (folder) => {
    say(`Filling an mlruns folder with MLflow ${version} (once)…`);
    const mlruns = join(folder, 'mlruns');
    await mkdir(mlruns);
    await runPython({ uri: mlruns, python }, script, ['--demo'], { MLFLOW_ALLOW_FILE_STORE: 'true' });
  });
}
