import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureExtensions } from '../../support/codeServer';
import { ensureDebugpy, ensureMlflow } from '../../support/tools';

/**
 * A fresh folder of extensions: ours, and one that gives VS Code the debug type `debugpy` of the extension Python Debugger, which no
 * package registry has. What debugs is the same: the adapter of the package debugpy.
 */
export async function extensionsWithDebugger(): Promise<string> {
  const [ours, debugpy, { python }] = await Promise.all([
    ensureExtensions(),
    ensureDebugpy(),
    ensureMlflow('newest'),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'code-server-extensions-'));
  for (const name of await readdir(ours)) await cp(join(ours, name), join(folder, name), { recursive: true });
  const name = 'tests.debugger-1.0.0';
  await mkdir(join(folder, name));
  const adapter = { runtime: python, program: join(debugpy, 'debugpy', 'adapter') };
  const contributes = {
    debuggers: [{ type: 'debugpy', label: 'Python Debugger', languages: ['python'], ...adapter }],
    breakpoints: [{ language: 'python' }],
  };
  const manifest = { ...{ name: 'debugger', publisher: 'tests', version: '1.0.0' }, contributes };
  await writeFile(
    join(folder, name, 'package.json'),
    JSON.stringify({ ...manifest, engines: { vscode: '*' } }),
  );
  const list = join(folder, 'extensions.json');
  const installed = JSON.parse(await readFile(list, 'utf8')) as { relativeLocation: string }[];
  const added = { identifier: { id: 'tests.debugger' }, version: '1.0.0', relativeLocation: name };
  await writeFile(
    list,
    JSON.stringify(
      [...installed, added].map((one) => ({
        ...one,
        location: { $mid: 1, path: join(folder, one.relativeLocation), scheme: 'file' },
      })),
    ),
  );
  return folder;
}
