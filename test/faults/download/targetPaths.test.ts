import { deepEqual, ok } from 'node:assert/strict';
import { downloadHostilePath } from './targetPaths';

/** What may not become a file: it leads out, is encoded to, or is no name at all. */
const hostile: readonly string[] = [
  ...['../x', '..', 'a/../../x', 'a/../../../outside/x', '/etc/x', '//server/x', 'a//x', './x', 'a/./x'],
  ...['%2e%2e/x', '%252e%252e/x', '%25252e%25252e%252fx', '..;/x', 'a/..;/x', '..%2fx', '..%5cx'],
  ...['..\\x', 'a\\..\\..\\x', 'C:\\x', 'C:/x', '\\\\server\\x', 'a\0b', 'linked/x', 'x'.repeat(300)],
];

describe('A download whose store lists a path that leads out', function () {
  this.timeout(60_000);

  it('writes nothing, in or beside the target folder, and says why', async () => {
    for (const path of hostile) {
      const { inside, outside, reason } = await downloadHostilePath(path);
      deepEqual({ path, inside, outside }, { path, inside: [], outside: [] });
      ok(reason, path);
    }
  });

  it('keeps what only looks like it', async () => {
    for (const path of ['a/x', '..x', 'x..', 'ünï 100%', 'a#b', '…']) {
      const { inside } = await downloadHostilePath(path);
      deepEqual(inside, [`a/target/all/${path}`]);
    }
  });
});
