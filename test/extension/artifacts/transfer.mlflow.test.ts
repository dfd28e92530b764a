import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PythonArtifacts } from '../../../extension/artifacts/transferPython';
import { findTransferSource, findUpload, type OpenPython } from '../../../extension/artifacts/transferSource';
import { uploadFiles, type UploadOutcome } from '../../../extension/artifacts/uploadFiles';
import { findPresent, planUpload } from '../../../extension/artifacts/uploadPlan';
import { LocalStore } from '../../../extension/tracking/local/localStore';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import type { TrackingStore } from '../../../extension/tracking/store';
import { projectRoot } from '../../support/cache';
import { runPython, startMlflowServer, withoutMlflow, type MlflowServer } from '../../support/mlflowServer';
import { ensureMlflow, type MlflowVersion } from '../../support/tools';
import { downloadTo, sumsOf, withoutPython } from './transfers';

const never = new AbortController().signal;
const here = join(projectRoot(), 'test/extension/artifacts');
const logScript = join(projectRoot(), 'test/extension/tracking/log_artifacts.py');

interface Subject {
  readonly store: TrackingStore;
  readonly python: Pick<MlflowServer, 'uri' | 'python'>;
  readonly env: Readonly<Record<string, string>>;
  readonly openPython: OpenPython;
  /** Whether it says when a file has changed; the oldest server does not. */
  readonly tellsVersions: boolean;
}

interface Logged {
  readonly runId: string;
  /** By path. */
  readonly sums: Readonly<Record<string, string>>;
}

/** What is to be uploaded: a folder with one of every kind of file. */
const uploaded: Readonly<Record<string, string>> = {
  'plain.txt': 'first line\nsecond line\n',
  'deep/ünï çode + 100%.json': '{}',
  'deep/er/large.bin': '0123456789abcdef'.repeat(2 ** 18),
};

async function lastLine<T>(printing: Promise<string>): Promise<T> {
  return JSON.parse((await printing).trim().split('\n').at(-1) ?? '') as T;
}

/** What transfers must do, whatever kind of store it is. */
function transfers(subject: () => Subject): void {
  let folder: string;
  let runId: string;
  let sums: Readonly<Record<string, string>>;

  before(async () => {
    const { python, env } = subject();
    folder = await mkdtemp(join(tmpdir(), 'mlflow-transfer-'));
    ({ runId, sums } = await lastLine<Logged>(runPython(python, logScript, [], env)));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('downloads all of a run, byte by byte, and leaves nothing else', async () => {
    const { store } = subject();
    const target = join(folder, 'down');
    await mkdir(target);
    const { failures } = await downloadTo(target, { store, runId, path: '' });
    assert.deepEqual(failures, []);
    const expected = Object.entries(sums).map(([path, sum]) => [`all/${path}`, sum]);
    assert.deepEqual(await sumsOf(target), Object.fromEntries(expected));
  });

  it('goes on where it was stopped, if that is still the same file', async () => {
    const { store, tellsVersions } = subject();
    const target = join(folder, 'resumed');
    await mkdir(target);
    const asked = { store, runId, path: 'large.txt' };
    const stopping = new AbortController();
    const stop = () => {
      stopping.abort();
    };
    await assert.rejects(downloadTo(target, asked, stopping.signal, stop), { name: 'AbortError' });
    const kept: number[] = [];
    const { failures } = await downloadTo(target, asked, never, (count, isNew) => {
      if (!isNew) kept.push(count);
    });
    assert.deepEqual(failures, []);
    assert.deepEqual(await sumsOf(target), { 'large.txt': sums['large.txt'] });
    assert.equal(
      kept.some((count) => count > 0),
      tellsVersions,
    );
  });

  it('uploads a folder, which MLflow’s own client then reads', async () => {
    const { store, python, env, openPython } = subject();
    const source = join(folder, 'up');
    for (const [path, text] of Object.entries(uploaded)) {
      await mkdir(join(source, path, '..'), { recursive: true });
      await writeFile(join(source, path), text);
    }
    const before = await sumsOf(source);
    const { done, failures } = await upload(store, [source], 'deep', openPython);
    assert.deepEqual(failures, []);
    assert.equal(done.length, Object.keys(uploaded).length);
    const found = await lastLine<typeof sums>(runPython(python, join(here, 'sumArtifacts.py'), [runId], env));
    const added = Object.entries(before).map(([path, sum]) => [`deep/up/${path}`, sum]);
    assert.deepEqual(found, { ...sums, ...Object.fromEntries(added) });
  });

  it('knows which artifacts are there already', async () => {
    const { store } = subject();
    const paths = ['plain.txt', 'new.txt', 'deep/er/ünï çode + 1.json', 'no/such/folder.txt'];
    const present = await findPresent(paths, (one) => store.listArtifacts(runId, one, never));
    assert.deepEqual([...present], ['plain.txt', 'deep/er/ünï çode + 1.json']);
  });

  async function upload(
    store: TrackingStore,
    sources: readonly string[],
    to: string,
    openPython: OpenPython,
  ): Promise<UploadOutcome> {
    const run = await store.getRun(runId, never);
    const { files } = await planUpload(sources, to, never);
    return await uploadFiles(files, await findUpload(store, run, openPython, never), () => undefined, never);
  }
}

function openStore({ uri }: Pick<MlflowServer, 'uri'>): RestStore {
  const authorize = () => Promise.resolve(new Map<string, string>());
  return new RestStore({ baseUri: uri, authorize, timeoutMs: 60_000, log: () => undefined });
}

describe('Artifacts of a server', function () {
  this.timeout(600_000);

  for (const [what, version, args] of [
    ['that keeps them itself', 'newest', []],
    ['of the oldest version', 'oldest', []],
    ['that has them on its own disk', 'newest', ['--default-artifact-root', 'ROOT']],
  ] satisfies readonly (readonly [string, MlflowVersion, readonly string[]])[]) {
    describe(what, () => {
      let server: MlflowServer;
      let store: RestStore;
      let root: string;

      before(async () => {
        root = await mkdtemp(join(tmpdir(), 'mlflow-root-'));
        server = await startMlflowServer({ version, args: args.map((arg) => (arg === 'ROOT' ? root : arg)) });
        store = openStore(server);
      });
      after(async () => {
        store.dispose();
        await server.stop();
        await rm(root, { recursive: true, force: true });
      });

      transfers(() => ({
        store,
        python: server,
        env: {},
        openPython: withoutPython,
        tellsVersions: version === 'newest',
      }));
    });
  }
});

describe('Artifacts of a local store', function () {
  this.timeout(600_000);
  let folder: string;
  let store: LocalStore;
  let python: string;
  const opened: PythonArtifacts[] = [];

  /** As the command opens it. */
  const openPython: OpenPython = (place) => {
    const env = { ...withoutMlflow(process.env), MLFLOW_DISABLE_TELEMETRY: 'true' };
    const one = new PythonArtifacts(place, { python, env });
    opened.push(one);
    return Promise.resolve(one);
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-local-'));
    ({ python } = await ensureMlflow('newest'));
    store = new LocalStore({ kind: 'files', path: join(folder, 'mlruns') });
  });
  after(async () => {
    for (const one of opened) one.dispose();
    store.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  transfers(() => ({
    store,
    python: { uri: join(folder, 'mlruns'), python },
    env: { MLFLOW_ALLOW_FILE_STORE: 'true' },
    openPython,
    tellsVersions: true,
  }));

  it('are reached by MLflow’s own Python where they lie in a cloud’s storage', async () => {
    const logged = join(folder, 'elsewhere');
    await mkdir(join(logged, 'deep'), { recursive: true });
    await writeFile(join(logged, 'deep/a.txt'), 'a');
    await writeFile(join(logged, 'empty'), '');
    // A folder stands for the cloud that cannot be had here: from the source on, all is the same.
    const unreadable = {
      getRun: () => Promise.resolve({ id: 'run', artifactUri: 's3://bucket/run' }),
      listArtifacts: () => Promise.reject(new Error('There is no boto3.')),
    } as unknown as TrackingStore;
    const target = join(folder, 'fetched');
    await mkdir(target);
    const asked = { store: unreadable, runId: 'run', path: '', openPython: () => openPython(logged) };
    assert.deepEqual((await downloadTo(target, asked)).failures, []);
    const here = await sumsOf(logged);
    assert.deepEqual(await sumsOf(join(target, 'all')), here);
  });

  it('say what MLflow’s Python lacks', async () => {
    const run = { id: 'run', artifactUri: 's3://bucket/run' };
    const failing = {
      listArtifacts: () => Promise.reject(new Error('no')),
      openArtifact: () => Promise.reject(new Error('no')),
    };
    const source = await findTransferSource(failing, run, openPython, never);
    await assert.rejects(
      source.list('', never),
      /MLflow needs boto\w+ for artifacts at s3:, and .* does not have it/,
    );
  });
});
