import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PythonArtifacts } from '../../../extension/artifacts/transferPython';
import { findTransferSource, findUpload, type OpenPython } from '../../../extension/artifacts/transferSource';
import { uploadFiles, type UploadOutcome } from '../../../extension/artifacts/uploadFiles';
import { findPresent, planUpload } from '../../../extension/artifacts/uploadPlan';
import { LocalStore } from '../../../extension/tracking/local/localStore';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import type { TrackingStore } from '../../../extension/tracking/store';
import { unsureTail } from '../../../extension/ui/writePieces';
import { projectRoot } from '../../support/cache';
import { runPython, startMlflowServer, withoutMlflow, type MlflowServer } from '../../support/mlflowServer';
import { ensureMlflow, type MlflowVersion } from '../../support/tools';
import { until } from '../../support/until';
import { addressOf, startGate, startS3, type S3Server } from './s3Server';
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
    const { store, openPython } = subject();
    const target = join(folder, 'down');
    await mkdir(target);
    const { failures } = await downloadTo(target, { store, runId, path: '', openPython });
    assert.deepEqual(failures, []);
    const expected = Object.entries(sums).map(([path, sum]) => [`all/${path}`, sum]);
    assert.deepEqual(await sumsOf(target), Object.fromEntries(expected));
  });

  it('goes on where it was stopped, if that is still the same file', async () => {
    const { store, openPython, tellsVersions } = subject();
    const target = join(folder, 'resumed');
    await mkdir(target);
    const asked = { store, runId, path: 'large.txt', openPython };
    const stopping = new AbortController();
    let there = 0;
    const stop = (count: number) => {
      there += count;
      if (there > 2 * unsureTail) stopping.abort();
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
    const { store, openPython } = subject();
    const source = await findTransferSource(store, await store.getRun(runId, never), openPython, never);
    const paths = ['plain.txt', 'new.txt', 'deep/er/ünï çode + 1.json', 'no/such/folder.txt'];
    const present = await findPresent(paths, (one) => source.list(one, never));
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

  for (const [place, what] of [
    ['s3://bucket/run', 'boto3'],
    ['gs://bucket/run', 'google-cloud-storage'],
    ['wasbs://box@account.blob.core.windows.net/run', 'azure-storage-blob and azure-identity'],
    ['abfss://box@account.dfs.core.windows.net/run', 'azure-storage-file-datalake and azure-identity'],
  ] as const)
    it(`at ${place} say that MLflow’s Python lacks ${what}`, async () => {
      const scheme = place.slice(0, place.indexOf(':'));
      const message = `MLflow needs ${what} for artifacts at ${scheme}:, and ${python} does not have it: install it there.`;
      await assert.rejects((await openPython(place)).list('', never), { message });
    });
});

describe('Artifacts in S3', function () {
  this.timeout(600_000);
  let s3: S3Server;
  let folder: string;
  let store: LocalStore;
  let python: string;
  const opened: PythonArtifacts[] = [];
  const elsewhere = process.env['TMPDIR'];

  const open = (place: string, env: Readonly<Record<string, string>>): PythonArtifacts => {
    const all = { ...withoutMlflow(process.env), MLFLOW_DISABLE_TELEMETRY: 'true', ...env };
    const one = new PythonArtifacts(place, { python, env: all });
    opened.push(one);
    return one;
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-cloud-'));
    await mkdir(join(folder, 'tmp'));
    // What is fetched lies here for a while.
    process.env['TMPDIR'] = join(folder, 'tmp');
    [{ python }, s3] = await Promise.all([ensureMlflow('newest'), startS3()]);
    const tracking = { uri: join(folder, 'mlruns'), python };
    const env = { ...s3.env, MLFLOW_ALLOW_FILE_STORE: 'true' };
    await runPython(tracking, join(here, 'makeS3Experiment.py'), [], env);
    store = new LocalStore({ kind: 'files', path: tracking.uri });
  });
  after(async () => {
    if (elsewhere === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = elsewhere;
    for (const one of opened) one.dispose();
    store.dispose();
    await s3.stop();
    await rm(folder, { recursive: true, force: true });
  });

  transfers(() => ({
    store,
    python: { uri: join(folder, 'mlruns'), python },
    env: { ...s3.env, MLFLOW_ALLOW_FILE_STORE: 'true', MLFLOW_EXPERIMENT_NAME: 'cloud' },
    openPython: (place) => Promise.resolve(open(place, s3.env)),
    tellsVersions: false,
  }));

  it('tell how much of a file has come, are called off in the middle, and leave nothing behind', async () => {
    await writeFile(join(folder, 'weights.bin'), 'w'.repeat(12 * 2 ** 20));
    await open('s3://bucket/big', s3.env).upload(join(folder, 'weights.bin'), '', never);
    const gate = await startGate(s3.uri);
    const from = open('s3://bucket/big', { ...s3.env, ...addressOf(gate.uri) });
    const run = { id: 'run', artifactUri: 's3://bucket/big' };
    const unread = {
      getRun: () => Promise.resolve(run),
      listArtifacts: () => Promise.reject(new Error('no')),
    };
    const asked = { store: unread as unknown as TrackingStore, runId: 'run', path: 'weights.bin' };
    const target = join(folder, 'gated');
    await mkdir(target);
    let sum = 0;
    const all = { ...asked, openPython: () => Promise.resolve(from) };
    await downloadTo(target, all, never, (count) => {
      sum += count;
      gate.open();
    });
    assert.equal(sum, 12 * 2 ** 20);
    assert.equal((await stat(join(target, 'weights.bin'))).size, sum);
    await gate.stop();

    const closed = await startGate(s3.uri);
    const stopped = open('s3://bucket/big', { ...s3.env, ...addressOf(closed.uri) });
    const stopping = new AbortController();
    const again = { ...asked, openPython: () => Promise.resolve(stopped) };
    const stop = () => {
      stopping.abort();
    };
    await assert.rejects(downloadTo(join(folder, 'tmp'), again, stopping.signal, stop), {
      name: 'AbortError',
    });
    for (const one of opened) one.dispose();
    const fetched = async () =>
      (await readdir(join(folder, 'tmp'))).filter((name) => name.startsWith('mlflow-lens-'));
    await until('all is cleared away', async () => (await fetched()).length === 0);
    await closed.stop();
  });

  it('say that there are no credentials, and what S3 says', async () => {
    const keyless = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
    const nobody = { ...s3.env, ...keyless, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' };
    await assert.rejects(
      open('s3://bucket/root', nobody).list('', never),
      /^UserError: MLflow has no credentials for artifacts at s3: \(Unable to locate credentials\)\. It takes them from/,
    );
    const python = open('s3://nowhere/root', s3.env);
    await assert.rejects(python.list('', never), /The specified bucket does not exist/);
    const fetching = open('s3://bucket/root', s3.env).open('no.txt', () => undefined, never);
    await assert.rejects(fetching, /^UserError: MLflow says: MlflowException: An error occurred \(404\)/);
  });
});
