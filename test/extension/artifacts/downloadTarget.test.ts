import { equal, rejects } from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreeName, prepareTarget } from '../../../extension/artifacts/downloadTarget';

describe('The place of a download', () => {
  let root: string;
  let folder: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'mlflow-target-'));
    folder = join(root, 'chosen');
    await mkdir(join(folder, 'real'), { recursive: true });
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('gets the folders that it lacks', async () => {
    equal(await prepareTarget(folder, 'real/new/deep/file'), join(folder, 'real/new/deep/file'));
    equal((await readdir(join(folder, 'real/new'))).length, 1);
  });

  it('may lie behind a link that stays inside, and behind no other', async () => {
    await symlink('real', join(folder, 'inside'));
    await symlink('..', join(folder, 'above'));
    await symlink('/nowhere', join(folder, 'broken'));
    equal(await prepareTarget(folder, 'inside/file'), join(folder, 'inside/file'));
    for (const link of ['above', 'broken']) {
      await rejects(
        prepareTarget(folder, `${link}/file`),
        /is a link that leads out of the folder you chose/,
      );
    }
  });

  it('is no folder, nor below a file', async () => {
    await writeFile(join(folder, 'taken'), '');
    await rejects(prepareTarget(folder, 'real'), /is a folder, which no file takes the place of/);
    await rejects(prepareTarget(folder, 'taken/file'), /is a file, so no folder can have that name/);
  });
});

describe('findFreeName', () => {
  it('numbers a name before its ending', () => {
    const used = new Set(['model.tar.gz', 'model (1).tar.gz', 'README', '.env', 'v1.2 of it']);
    const free = (name: string) => findFreeName(name, (one) => used.has(one));
    equal(free('model.tar.gz'), 'model (2).tar.gz');
    equal(free('README'), 'README (1)');
    equal(free('.env'), '.env (1)');
    equal(free('other.bin'), 'other.bin');
  });
});
