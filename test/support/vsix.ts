import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot, projectRoot } from './cache';
import { installOnce } from './installOnce';
import { runToEnd } from './processes';
import { ensureNode, outsideNpm } from './tools';

const PACKAGED = [
  'dist',
  'media',
  'syntaxes',
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  '.vscodeignore',
];
const KEPT_MS = 24 * 60 * 60_000;

/** Packages what is in dist/ as it is now; the same contents are packaged once. Answers the VSIX file. */
export async function ensureVsix(): Promise<string> {
  const root = projectRoot();
  const folder = join(cacheRoot(), `vsix-${await hashContents(root)}`);
  await installOnce(folder, async () => {
    await sweepOld('vsix-');
    await packageExtension(root, join(folder, 'mlflow-lens.vsix'));
  });
  return join(folder, 'mlflow-lens.vsix');
}

/** Writes the extension, as built in dist/, to a VSIX file. */
export async function packageExtension(root: string, file: string): Promise<string> {
  const node = await ensureNode();
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  return runToEnd(node.executable, [vsce, ...args, '--out', file], { cwd: root, env: outsideNpm() });
}

/** Removes what earlier builds left in the cache, but not what a run of today may still use. */
export async function sweepOld(prefix: string): Promise<void> {
  const names = (await readdir(cacheRoot())).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    const path = join(cacheRoot(), name);
    const seen = await stat(path).catch(() => undefined);
    if (seen && Date.now() - seen.mtimeMs > KEPT_MS) await rm(path, { recursive: true, force: true });
  }
}

async function hashContents(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of PACKAGED) {
    for (const file of await filesUnder(join(root, name))) hash.update(file).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 12);
}

async function filesUnder(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return [];
  if (found.isFile()) return [path];
  const inside = await Promise.all((await readdir(path)).sort().map((name) => filesUnder(join(path, name))));
  return inside.flat();
}
