import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd } from '../../support/processes';
import { ensureMlflow } from '../../support/tools';

export const wheelName = 'greeting-1.0-py3-none-any.whl';

/** Makes a wheel of one module, so that an environment can be given something without a network. */
export async function writeWheel(folder: string, module: string, text: string): Promise<void> {
  const { python } = await ensureMlflow('newest');
  const parts = await mkdtemp(join(tmpdir(), 'mlflow-wheel-'));
  const info = `${module}-1.0.dist-info`;
  const files = {
    [`${module}.py`]: text,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${module}\nVersion: 1.0\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  };
  const record = [...Object.keys(files), `${info}/RECORD`].map((path) => `${path},,\n`).join('');
  await mkdir(join(parts, info));
  for (const [path, content] of Object.entries({ ...files, [`${info}/RECORD`]: record }))
    await writeFile(join(parts, path), content);
  const target = join(folder, `${module}-1.0-py3-none-any.whl`);
  await runToEnd(python, ['-m', 'zipfile', '-c', target, `${module}.py`, info], { cwd: parts });
  await rm(parts, { recursive: true });
}
