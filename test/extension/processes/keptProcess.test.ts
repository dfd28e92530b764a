import { equal } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { KeptProcess } from '../../../extension/processes/keptProcess';
import { isAlive } from './servers';

/** Says something ten times a second, for ever. */
const talks = 'console.log("ready"); setInterval(() => console.log("more"), 100)';
const waits = 'setInterval(() => undefined, 60_000)';

describe('A program that is kept', () => {
  let kept: KeptProcess;
  let holder: ChildProcess | undefined;

  beforeEach(async () => {
    kept = new KeptProcess({
      ...{ program: process.execPath, args: ['-e', talks] },
      ...{ cwd: tmpdir(), env: process.env },
    });
    await once(kept.stdout, 'data');
  });
  afterEach(async () => {
    holder?.kill('SIGKILL');
    holder = undefined;
    await kept.stop();
  });
  /** A program that holds on to it. */
  const hold = (): ChildProcess =>
    (holder = spawn(process.execPath, ['-e', waits], {
      stdio: ['ignore', 'ignore', 'ignore', kept.lifeline],
    }));

  it('ends once nobody holds on to it', async () => {
    kept.release();
    await kept.ended;
    equal(isAlive(kept.group), false);
  });

  it('goes on while another program holds on to it, and then ends', async () => {
    const other = hold();
    kept.release();
    for (let count = 0; count < 3; count++) await once(kept.stdout, 'data');
    equal(isAlive(kept.group), true);
    other.kill('SIGKILL');
    await kept.ended;
    equal(isAlive(kept.group), false);
  });

  it('ends when it is told to, whoever holds on to it', async () => {
    hold();
    await kept.stop();
    equal(isAlive(kept.group), false);
  });
});
