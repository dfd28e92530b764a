import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { installOnce, isInstalled, withLock } from './installOnce';

describe('installing once', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'install-once-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('works once for several that ask at the same time', async () => {
    const tool = join(folder, 'tool');
    let calls = 0;
    const fill = async (into: string): Promise<void> => {
      calls++;
      await writeFile(join(into, 'file'), 'content');
    };
    const answers = await Promise.all([
      installOnce(tool, fill),
      installOnce(tool, fill),
      installOnce(tool, fill),
    ]);
    deepEqual(answers, [tool, tool, tool]);
    equal(calls, 1);
    equal(await readFile(join(tool, 'file'), 'utf8'), 'content');
  });

  it('starts anew after a failure', async () => {
    const tool = join(folder, 'tool');
    const broken = async (into: string): Promise<void> => {
      await writeFile(join(into, 'half'), '');
      throw new Error('no network');
    };
    await rejects(installOnce(tool, broken), /no network/);
    ok(!isInstalled(tool));
    await installOnce(tool, async (into) => {
      ok(!existsSync(join(into, 'half')));
      await writeFile(join(into, 'whole'), '');
    });
    ok(isInstalled(tool));
  });

  it('breaks the lock of a process that is gone', async () => {
    const lock = join(folder, 'lock');
    await mkdir(lock);
    // No process has this number: it is above the kernel's limit.
    await writeFile(join(lock, 'owner'), `${hostname()} ${2 ** 22 + 1}`);
    equal(await withLock(lock, () => Promise.resolve('mine')), 'mine');
    ok(!existsSync(lock));
  });

  it('breaks a lock that nobody has touched for minutes', async () => {
    const lock = join(folder, 'lock');
    await mkdir(lock);
    await writeFile(join(lock, 'owner'), `elsewhere ${process.pid}`);
    const longAgo = new Date(Date.now() - 5 * 60_000);
    await utimes(lock, longAgo, longAgo);
    equal(await withLock(lock, () => Promise.resolve('mine')), 'mine');
  });
});
