import { deepEqual } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPythonVersion } from '../../../extension/processes/pythonVersion';

describe('the version of a Python that is not started', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function environment(name: string, config: string, program = 'python3.10'): Promise<string> {
    const bin = join(folder, name, 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, program), '');
    await symlink(program, join(bin, 'python'));
    if (config !== '') await writeFile(join(folder, name, 'pyvenv.cfg'), config);
    return join(bin, 'python');
  }

  it('is what its virtual environment says, else what the program is called', async () => {
    const pythons = [
      await environment('venv', 'home = /opt/bin\nversion = 3.11.7\n'),
      await environment('virtualenv', 'home = /opt/bin\nversion_info = 3.12.1.final.0\n'),
      await environment('conda', ''),
      await environment('odd', 'version = none\n', 'py'),
      join(folder, 'gone', 'bin', 'python'),
    ];
    deepEqual(await Promise.all(pythons.map(readPythonVersion)), [
      '3.11.7',
      '3.12.1',
      '3.10',
      undefined,
      undefined,
    ]);
  });
});
