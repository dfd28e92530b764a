import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PythonArtifacts } from '../../../extension/artifacts/transferPython';
import { LocalStore } from '../../../extension/tracking/local/localStore';
import type { TrackingStore } from '../../../extension/tracking/store';
import { projectRoot } from '../../support/cache';
import { runPython, withoutMlflow } from '../../support/mlflowServer';
import { ensureMlflow } from '../../support/tools';
import { until } from '../../support/until';
import { addressOf, startGate, startGoogleStorage, startS3, type CloudStorage } from './cloudStorage';
import { downloadTo } from './transfers';
import { transfers } from './transferSuite';

const never = new AbortController().signal;

/** Runs of this machine whose artifacts lie in a cloud's storage, and those who read them there. */
class CloudBench {
  private readonly opened: PythonArtifacts[] = [];

  private constructor(
    readonly cloud: CloudStorage,
    readonly folder: string,
    readonly python: string,
    readonly store: LocalStore,
  ) {}

  static async start(starting: Promise<CloudStorage>): Promise<CloudBench> {
    const folder = await mkdtemp(join(tmpdir(), 'mlflow-cloud-'));
    const [{ python }, cloud] = await Promise.all([ensureMlflow('newest'), starting]);
    const tracking = { uri: join(folder, 'mlruns'), python };
    const env = { ...cloud.env, MLFLOW_ALLOW_FILE_STORE: 'true' };
    const script = join(projectRoot(), 'test/extension/artifacts/makeCloudExperiment.py');
    await runPython(tracking, script, [cloud.root], env);
    return new CloudBench(cloud, folder, python, new LocalStore({ kind: 'files', path: tracking.uri }));
  }

  open(place: string, env: Readonly<Record<string, string>> = this.cloud.env): PythonArtifacts {
    const all = { ...withoutMlflow(process.env), MLFLOW_DISABLE_TELEMETRY: 'true', ...env };
    const one = new PythonArtifacts(place, { python: this.python, env: all });
    this.opened.push(one);
    return one;
  }

  /** What the suite of all transfers needs. */
  get subject() {
    const ofFiles = { MLFLOW_ALLOW_FILE_STORE: 'true', MLFLOW_EXPERIMENT_NAME: 'cloud' };
    return {
      store: this.store,
      python: { uri: join(this.folder, 'mlruns'), python: this.python },
      env: { ...this.cloud.env, ...ofFiles },
      openPython: (place: string) => Promise.resolve(this.open(place)),
      tellsVersions: false,
    };
  }

  closeAll(): void {
    for (const one of this.opened) one.dispose();
  }

  async stop(): Promise<void> {
    this.closeAll();
    this.store.dispose();
    await this.cloud.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

describe('Artifacts in S3', function () {
  this.timeout(600_000);
  let bench: CloudBench;
  const elsewhere = process.env['TMPDIR'];

  before(async () => {
    bench = await CloudBench.start(startS3());
    // What is fetched lies here for a while.
    process.env['TMPDIR'] = join(bench.folder, 'tmp');
    await mkdir(process.env['TMPDIR']);
  });
  after(async () => {
    if (elsewhere === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = elsewhere;
    await bench.stop();
  });

  transfers(() => bench.subject);

  it('tell how much of a file has come, are called off in the middle, and leave nothing behind', async () => {
    const { cloud, folder } = bench;
    await writeFile(join(folder, 'weights.bin'), 'w'.repeat(12 * 2 ** 20));
    await bench.open('s3://bucket/big').upload(join(folder, 'weights.bin'), '', never);
    const gate = await startGate(cloud.uri);
    const from = bench.open('s3://bucket/big', { ...cloud.env, ...addressOf(gate.uri) });
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

    const closed = await startGate(cloud.uri);
    const stopped = bench.open('s3://bucket/big', { ...cloud.env, ...addressOf(closed.uri) });
    const stopping = new AbortController();
    const again = { ...asked, openPython: () => Promise.resolve(stopped) };
    const stop = () => {
      stopping.abort();
    };
    await assert.rejects(downloadTo(join(folder, 'tmp'), again, stopping.signal, stop), {
      name: 'AbortError',
    });
    bench.closeAll();
    const fetched = async () =>
      (await readdir(join(folder, 'tmp'))).filter((name) => name.startsWith('mlflow-lens-'));
    await until('all is cleared away', async () => (await fetched()).length === 0);
    await closed.stop();
  });

  it('say that there are no credentials, and what S3 says', async () => {
    const { env } = bench.cloud;
    const keyless = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
    const nobody = { ...env, ...keyless, HOME: bench.folder, AWS_EC2_METADATA_DISABLED: 'true' };
    await assert.rejects(
      bench.open('s3://bucket/root', nobody).list('', never),
      /^UserError: MLflow has no credentials for artifacts at s3: \(Unable to locate credentials\)\. It takes them from/,
    );
    await assert.rejects(
      bench.open('s3://nowhere/root').list('', never),
      /The specified bucket does not exist/,
    );
    const fetching = bench.open('s3://bucket/root').open('no.txt', () => undefined, never);
    await assert.rejects(fetching, /^UserError: MLflow says: MlflowException: An error occurred \(404\)/);
  });
});

describe('Artifacts in Google Cloud Storage', function () {
  this.timeout(600_000);
  let bench: CloudBench;

  before(async () => {
    bench = await CloudBench.start(startGoogleStorage());
  });
  after(() => bench.stop());

  transfers(() => bench.subject);

  it('say what Google says', async () => {
    await assert.rejects(
      bench.open('gs://nowhere/root').list('', never),
      /^UserError: MLflow says: NotFound: 404/,
    );
    const fetching = bench.open('gs://bucket/root').open('no.txt', () => undefined, never);
    await assert.rejects(fetching, /^UserError: MLflow says: MlflowException: 404/);
  });
});
