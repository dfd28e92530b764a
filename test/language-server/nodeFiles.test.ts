import { deepEqual, equal } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { nodeFiles } from '../../language-server/nodeFiles';

describe('Files of this machine', () => {
  let folder: string;
  const uri = (name: string) => pathToFileURL(join(folder, name)).href;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-'));
    await writeFile(join(folder, 'a b%.yaml'), 'é');
    await mkdir(join(folder, 'inner'));
    await symlink('inner', join(folder, 'link'));
    await symlink('nowhere', join(folder, 'broken'));
    await promisify(execFile)('mkfifo', [join(folder, 'pipe')]);
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('are told apart', async () => {
    equal(await nodeFiles.kindOf(uri('a b%.yaml')), 'file');
    equal(await nodeFiles.kindOf(uri('link')), 'directory');
    equal(await nodeFiles.kindOf(uri('gone')), 'missing');
    equal(await nodeFiles.kindOf(uri('broken')), 'missing');
    equal(await nodeFiles.kindOf(uri('a b%.yaml/below')), 'missing');
  });

  it('are read if they are not too long, and nothing else is', async () => {
    equal(await nodeFiles.readText(uri('a b%.yaml'), 2), 'é');
    equal(await nodeFiles.readText(uri('a b%.yaml'), 1), undefined);
    for (const name of ['gone', 'inner', 'pipe']) equal(await nodeFiles.readText(uri(name), 100), undefined);
  });

  it('are listed with what links lead to', async () => {
    const listed = await nodeFiles.list(uri(''));
    deepEqual(listed.map(({ name, kind }) => `${name} ${kind}`).sort(), [
      'a b%.yaml file',
      'inner directory',
      'link directory',
    ]);
    deepEqual(await nodeFiles.list(uri('gone')), []);
  });

  for (const strange of [
    '',
    'untitled:a',
    'file://elsewhere/a',
    'file:///a%2Fb',
    'file:///%00',
    'file:///%',
  ]) {
    it(`are not what ${JSON.stringify(strange)} means`, async () => {
      equal(await nodeFiles.readText(strange, 100), undefined);
      deepEqual(await nodeFiles.list(strange), []);
    });
  }
});
