import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PythonArtifacts } from '../../../extension/artifacts/transferPython';
import type { OpenPython } from '../../../extension/artifacts/transferSource';
import { LocalStore } from '../../../extension/tracking/local/localStore';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import { startMlflowServer, withoutMlflow, type MlflowServer } from '../../support/mlflowServer';
import { ensureMlflow, type MlflowVersion } from '../../support/tools';
import { withoutPython } from './transfers';
import { transfers } from './transferSuite';

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

  for (const [place, what] of [
    ['s3://bucket/run', 'boto3'],
    ['gs://bucket/run', 'google-cloud-storage'],
    ['wasbs://box@account.blob.core.windows.net/run', 'azure-storage-blob and azure-identity'],
    ['abfss://box@account.dfs.core.windows.net/run', 'azure-storage-file-datalake and azure-identity'],
  ] as const)
    it(`at ${place} say that MLflow’s Python lacks ${what}`, async () => {
      const scheme = place.slice(0, place.indexOf(':'));
      const never = new AbortController().signal;
      const message = `MLflow needs ${what} for artifacts at ${scheme}:, and ${python} does not have it: install it there.`;
      await assert.rejects((await openPython(place)).list('', never), { message });
    });
});
