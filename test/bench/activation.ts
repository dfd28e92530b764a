import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench, type Workbench } from '../support/browser';
import { projectRoot } from '../support/cache';
import { startCodeServer, type CodeServer } from '../support/codeServer';
import { until } from '../support/until';
import type { BenchOptions } from './result';
import { compare, limit, type BenchResult } from './result';

const ours = 'MLflow Lens';
const git = 'Git';
const json = 'JSON Language Features';

/**
 * What VS Code itself says activation took ("Show Running Extensions"), ours beside two that come with it, in the same
 * window; that nothing activates where nothing is to be seen; and the sizes.
 */
export async function measureActivation({ repetitions }: BenchOptions): Promise<readonly BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-bench-'));
  await writeFile(join(folder, 'data.json'), '{}');
  const codeServer = await startCodeServer({ folder });
  const [mine, gits, jsons]: [number[], number[], number[]] = [[], [], []];
  let activeUnasked = 0;
  try {
    for (let round = 0; round < repetitions; round++) {
      if ((await activationTimes(codeServer, [git], false)).has(ours)) activeUnasked++;
      const times = await activationTimes(codeServer, [ours, git, json], true);
      mine.push(times.get(ours) ?? NaN);
      gits.push(times.get(git) ?? NaN);
      jsons.push(times.get(json) ?? NaN);
    }
  } finally {
    await codeServer.stop();
  }
  return [
    compare("activation: ours / Git's", 'ms', mine, gits, 1),
    compare("activation: ours / JSON Language Features'", 'ms', mine, jsons, 0.5),
    compare(
      'activation: windows where it activated with nothing to see (+1)',
      '',
      [activeUnasked + 1],
      [1],
      1,
    ),
    limit('activation: dist/extension.js', 'kB', (await sizeOf('dist/extension.js')) / 1000, 100),
    limit('activation: VSIX', 'kB', (await sizeOf(await newestVsix())) / 1000, 1000),
  ];
}

/** Milliseconds by extension, of a fresh window; with `look`, once our view and a JSON file are open. */
async function activationTimes(
  codeServer: CodeServer,
  awaited: readonly string[],
  look: boolean,
): Promise<ReadonlyMap<string, number>> {
  const workbench = await openWorkbench(codeServer);
  try {
    if (look) {
      await openFile(workbench, 'data.json');
      await workbench.openMlflowView();
    }
    await workbench.runCommand('Developer: Show Running Extensions');
    return await until('the running extensions are listed', async () => {
      const times = await runningExtensions(workbench);
      return awaited.every((name) => times.has(name)) && times;
    });
  } finally {
    await workbench.close();
  }
}

async function openFile({ page }: Workbench, name: string): Promise<void> {
  await page.keyboard.press('Control+P');
  await page.keyboard.type(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab', { hasText: name }).first().waitFor();
}

async function runningExtensions({ page }: Workbench): Promise<ReadonlyMap<string, number>> {
  const rows = await page
    .locator('.runtime-extensions-editor .monaco-list-row')
    .evaluateAll((found) =>
      found.map((row) => [
        row.querySelector('.name')?.textContent ?? '',
        row.querySelector('.activation-time')?.textContent ?? '',
      ]),
    );
  return new Map(
    rows.flatMap(([name, time]) => {
      const milliseconds = /(\d+)\s*ms/.exec(time ?? '')?.[1];
      return name && milliseconds !== undefined ? [[name, Number(milliseconds)] as const] : [];
    }),
  );
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(join(projectRoot(), path))).size;
}

async function newestVsix(): Promise<string> {
  const found = (await readdir(projectRoot())).filter((name) => name.endsWith('.vsix')).sort();
  const newest = found.at(-1);
  if (!newest) throw new Error('There is no VSIX: run `npm run package` first.');
  return newest;
}
