import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrackingError } from '../../../extension/tracking/errors';
import { LocalStore } from '../../../extension/tracking/local/localStore';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import type { TrackingStore } from '../../../extension/tracking/store';
import { projectRoot } from '../../support/cache';
import { runPython, startMlflowServer, type MlflowServer } from '../../support/mlflowServer';
import { ensureMlflow, type MlflowVersion } from '../../support/tools';

const never = new AbortController().signal;
const script = join(projectRoot(), 'test/extension/tracking/log_artifacts.py');
const enough = 50 * 2 ** 20;

interface Logged {
  readonly runId: string;
  /** By path. */
  readonly sums: Readonly<Record<string, string>>;
}

async function logArtifacts(...args: Parameters<typeof runPython>): Promise<Logged> {
  const printed = await runPython(...args);
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Logged;
}

/** What a store must answer, whatever kind it is. */
function readsArtifacts(subject: () => { readonly store: TrackingStore; readonly logged: Logged }): void {
  const read = (path: string, limit = enough) => {
    const { store, logged } = subject();
    return store.readArtifact(logged.runId, path, limit, never);
  };

  it('gives every file byte by byte, also an empty one, a page of HTML and one with a strange name', async () => {
    for (const [path, sum] of Object.entries(subject().logged.sums)) {
      const bytes = await read(path);
      assert.ok(bytes, path);
      assert.equal(createHash('sha256').update(bytes).digest('hex'), sum, path);
    }
  });

  it('has none where nothing was logged', async () => {
    assert.equal(await read('no such file'), undefined);
    assert.equal(await read('deep/no such file'), undefined);
  });

  it('stops at the limit', async () => {
    await assert.rejects(read('large.txt', 2 ** 20), isOfKind('tooLarge'));
    assert.equal((await read('large.txt', 8 * 2 ** 20))?.byteLength, 8 * 2 ** 20);
  });

  for (const path of ['../meta.yaml', 'deep/../../x', '/etc/hosts', '%2e%2e/x', '%252e%252e/x', 'a\0b']) {
    it(`does not leave the artifacts by ${JSON.stringify(path)}`, async () => {
      const found = await read(path).catch((error: unknown) => error);
      assert.ok(found === undefined || found instanceof TrackingError, String(found));
    });
  }

  it('says that there is no such run', async () => {
    const { store } = subject();
    const found = await store
      .readArtifact('0'.repeat(32), 'plain.txt', enough, never)
      .catch((error: unknown) => error);
    assert.ok(found === undefined || found instanceof TrackingError, String(found));
  });
}

function isOfKind(kind: string) {
  return (error: unknown) => error instanceof TrackingError && error.kind === kind;
}

for (const version of ['newest', 'oldest'] satisfies readonly MlflowVersion[]) {
  describe(`The artifacts of a run, read from the ${version} MLflow and from its files`, function () {
    this.timeout(600_000);
    let server: MlflowServer;
    let logged: Logged;
    let remote: RestStore;
    let local: LocalStore;

    before(async () => {
      server = await startMlflowServer({ version });
      logged = await logArtifacts(server, script);
      const authorize = () => Promise.resolve(new Map<string, string>());
      remote = new RestStore({ baseUri: server.uri, authorize, timeoutMs: 60_000, log: () => undefined });
      local = new LocalStore({ kind: 'sqlite', path: join(server.store, 'mlflow.db') });
    });
    after(async () => {
      remote.dispose();
      local.dispose();
      await server.stop();
    });

    describe('over REST', () => {
      readsArtifacts(() => ({ store: remote, logged }));
    });
    describe('beside its database', () => {
      readsArtifacts(() => ({ store: local, logged }));
    });
  });
}

describe('The artifacts of a run in an mlruns folder', function () {
  this.timeout(600_000);
  let folder: string;
  let store: LocalStore;
  let logged: Logged;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlruns-artifacts-'));
    const path = join(folder, 'mlruns');
    const { python } = await ensureMlflow('newest');
    logged = await logArtifacts({ uri: path, python }, script, [], { MLFLOW_ALLOW_FILE_STORE: 'true' });
    store = new LocalStore({ kind: 'files', path });
  });
  after(async () => {
    store.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  readsArtifacts(() => ({ store, logged }));
});
