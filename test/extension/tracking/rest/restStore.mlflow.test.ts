import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TrackingError } from '../../../../extension/tracking/errors';
import type {
  Artifact,
  Experiment,
  LoggedModel,
  ModelVersion,
  Page,
  RegisteredModel,
  Run,
} from '../../../../extension/tracking/model';
import { RestStore } from '../../../../extension/tracking/rest/restStore';
import type { PageRequest } from '../../../../extension/tracking/store';
import { projectRoot } from '../../../support/cache';
import { runPython, seededServer, startMlflowServer, type MlflowServer } from '../../../support/mlflowServer';

/** What list_store.py prints: MLflow's own client's answers. */
interface Listing {
  readonly experiments: readonly unknown[];
  readonly runs: Readonly<Record<string, readonly { readonly id: string }[]>>;
  readonly artifacts: Readonly<Record<string, unknown>>;
  readonly models: readonly { readonly name: string }[];
  readonly versions: Readonly<Record<string, readonly unknown[]>>;
  readonly loggedModels: Readonly<Record<string, readonly { readonly id: string }[]>>;
}

const never = new AbortController().signal;
const script = join(projectRoot(), 'test/extension/tracking/rest/list_store.py');

function open(uri: string, headers: ReadonlyMap<string, string> = new Map()): RestStore {
  return new RestStore({
    baseUri: uri,
    authorize: () => Promise.resolve(headers),
    timeoutMs: 60_000,
    log: () => undefined,
  });
}

async function readAll<T>(
  search: (request: PageRequest) => Promise<Page<T>>,
  pageSize: number,
): Promise<T[]> {
  const items: T[] = [];
  let pageToken: string | undefined;
  do {
    const page = await search({ pageSize, pageToken });
    items.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return items;
}

// The script's shapes, from ours.

function describeExperiment({ tags, ...experiment }: Experiment): unknown {
  return { ...experiment, tags: Object.fromEntries(tags) };
}

function describeRun(run: Run): unknown {
  const metrics = [...run.metrics].map(([key, { value, step, timestamp }]): [string, unknown] => [
    key,
    [Number.isFinite(value) ? value : String(value), String(step), timestamp],
  ]);
  return {
    ...run,
    endedAt: run.endedAt ?? null,
    params: Object.fromEntries(run.params),
    metrics: Object.fromEntries(metrics),
    tags: Object.fromEntries(run.tags),
    datasets: run.datasets.map(({ name, digest }) => [name, digest]),
    modelOutputs: run.modelOutputs.map(({ modelId, step }) => [modelId, String(step)]),
  };
}

function describeModel({ tags, aliases, latestVersions, ...model }: RegisteredModel): unknown {
  return {
    ...model,
    tags: Object.fromEntries(tags),
    aliases: Object.fromEntries(aliases.map(({ alias, version }) => [alias, version])),
    latestVersions: latestVersions.map(({ version }) => version).sort(),
  };
}

function describeVersion(version: ModelVersion): unknown {
  const { version: number, description, createdAt, updatedAt, stage, source, status } = version;
  const tags = Object.fromEntries(version.tags);
  const runId = version.runId ?? null;
  return { version: number, description, createdAt, updatedAt, stage, source, runId, status, tags };
}

function describeLoggedModel({ id, name, status, modelType, createdAt, ...model }: LoggedModel): unknown {
  const params = Object.fromEntries(model.params);
  const tags = Object.fromEntries(model.tags);
  return { id, name, status, modelType, sourceRunId: model.sourceRunId ?? null, createdAt, tags, params };
}

for (const version of ['newest', 'oldest'] as const) {
  describe(`RestStore with the ${version} MLflow`, function () {
    this.timeout(600_000);
    let server: MlflowServer;
    let store: RestStore;
    let expected: Listing;

    before(async () => {
      server = await seededServer(version);
      store = open(server.uri);
      expected = JSON.parse(await runPython(server, script)) as Listing;
    });
    after(async () => {
      store.dispose();
      await server.stop();
    });

    it('connects, and tells the version where the server does', async () => {
      const info = await store.connect(never);
      assert.equal(info.version, version === 'newest' ? server.version : undefined);
    });

    it('lists the experiments that MLflow’s own client lists, in pages', async () => {
      const search = (page: PageRequest): Promise<Page<Experiment>> =>
        store.searchExperiments({ ...page, view: 'all' }, never);
      const experiments = await readAll(search, 2);
      assert.ok(experiments.length >= 3);
      assert.deepEqual(experiments.map(describeExperiment), expected.experiments);
      const active = await store.searchExperiments({ pageSize: 1000, view: 'active' }, never);
      const deleted = await store.searchExperiments({ pageSize: 1000, view: 'deleted' }, never);
      assert.ok(deleted.items.length > 0);
      assert.equal(active.items.length + deleted.items.length, experiments.length);
    });

    it('lists the runs with all their data, in small pages and in one', async () => {
      for (const [experimentId, runs] of Object.entries(expected.runs)) {
        const search = (page: PageRequest): Promise<Page<Run>> =>
          store.searchRuns({ ...page, experimentIds: [experimentId], view: 'all' }, never);
        const described = (await readAll(search, 1000)).map(describeRun);
        assert.deepEqual(described, runs);
        const paged = await readAll(search, 30);
        assert.deepEqual(
          paged.map(({ id }) => id),
          runs.map(({ id }) => id),
        );
      }
    });

    it('gets runs by id, those of the experiment only, deleted ones too', async () => {
      for (const [experimentId, runs] of Object.entries(expected.runs)) {
        const ids = runs.map(({ id }) => id);
        const others = [
          '0'.repeat(32),
          'no such run',
          "it's",
          ...Object.values(expected.runs)
            .flat()
            .map(({ id }) => id),
        ];
        const found = await store.getRuns(experimentId, [...ids, ...others.slice(0, 20)], never);
        assert.deepEqual(found.map(({ id }) => id).sort(), [...ids].sort());
      }
    });

    it('gets one run, and says when there is none', async () => {
      const [run] = Object.values(expected.runs).flat();
      assert.equal((await store.getRun(run!.id, never)).id, run!.id);
      await assert.rejects(
        store.getRun('0'.repeat(32), never),
        (error) =>
          error instanceof TrackingError && error.kind === 'notFound' && error.message.includes('not found'),
      );
    });

    it('lists artifacts, folder by folder', async () => {
      const list = async (runId: string, path = ''): Promise<readonly Artifact[]> => {
        const artifacts = await store.listArtifacts(runId, path, never);
        const folders = artifacts.filter(({ isDirectory }) => isDirectory);
        const inside = await Promise.all(folders.map((folder) => list(runId, folder.path)));
        return [...artifacts, ...inside.flat()];
      };
      for (const [runId, artifacts] of Object.entries(expected.artifacts)) {
        const described = (await list(runId)).map(({ path, isDirectory, size }) => [
          path,
          isDirectory,
          size ?? null,
        ]);
        assert.deepEqual(described.sort(), artifacts);
      }
      const [run] = Object.keys(expected.artifacts);
      assert.deepEqual(await store.listArtifacts(run!, 'no/such/folder', never), []);
    });

    it('lists registered models without prompts, in pages, and gets one', async () => {
      const models = await readAll((page) => store.searchRegisteredModels(page, never), 2);
      assert.ok(models.length >= 5);
      assert.deepEqual(models.map(describeModel), expected.models);
      const [first] = models;
      assert.deepEqual(await store.getRegisteredModel(first!.name, never), first);
    });

    it('lists model versions, newest first, and reads their MLmodel', async () => {
      let filesRead = 0;
      for (const { name } of expected.models) {
        const versions = await readAll((page) => store.searchModelVersions({ ...page, name }, never), 3);
        assert.deepEqual(versions.map(describeVersion), expected.versions[name]);
        for (const one of versions.slice(0, 1)) {
          const file = await store.readModelVersionFile(one, 'MLmodel', never);
          if (file !== undefined) filesRead += Number(file.includes('flavors:'));
          assert.equal(await store.readModelVersionFile(one, 'no such file', never), undefined);
        }
      }
      assert.ok(filesRead > 0);
    });

    it('lists logged models where there are any', async () => {
      for (const experimentId of Object.keys(expected.runs)) {
        const models = await readAll((page) => store.searchLoggedModels({ ...page, experimentId }, never), 2);
        const wanted = expected.loggedModels[experimentId] ?? [];
        assert.deepEqual(models.map(describeLoggedModel), wanted);
        const sourceRunId = models[0]?.sourceRunId;
        if (sourceRunId === undefined) continue;
        const ofRun = await store.searchLoggedModels({ experimentId, sourceRunId, pageSize: 10 }, never);
        assert.deepEqual(
          ofRun.items,
          models.filter((model) => model.sourceRunId === sourceRunId),
        );
        for (const model of models) await hasFiles(model);
      }
    });

    /** Asked by its id, as a whole and by its files. */
    async function hasFiles(model: LoggedModel): Promise<void> {
      assert.deepEqual(await store.getLoggedModel(model.id, never), model);
      const files = (await store.listLoggedModelFiles(model.id, '', never)).map(({ path }) => path);
      const text = await store.readLoggedModelFile(model.id, 'MLmodel', never);
      assert.equal(text?.includes('flavors:') ?? false, files.includes('MLmodel'));
      assert.equal(await store.readLoggedModelFile(model.id, 'no such file', never), undefined);
    }

    it('sets a tag of an experiment to any text and takes it away', async () => {
      const key = 'mlflow.lens.view.my best runs';
      const editor = await store.editor('runs');
      const find = async () => {
        const { items } = await store.searchExperiments({ pageSize: 1000, view: 'active' }, never);
        return items.find(({ id }) => id === '0')?.tags.get(key);
      };
      for (const value of ['{"a":1}', `</script>\n\t\u{1f3b2}${'x'.repeat(4900)}`]) {
        await editor.setExperimentTag('0', key, value, never);
        assert.equal(await find(), value);
      }
      await editor.deleteExperimentTag('0', key, never);
      assert.equal(await find(), version === 'newest' ? undefined : '');
      await assert.rejects(
        editor.setExperimentTag('12345', key, 'x', never),
        (error) => error instanceof TrackingError && error.kind === 'notFound',
      );
    });

    it('passes on what MLflow says of a wrong filter', async () => {
      await assert.rejects(
        store.searchRuns({ experimentIds: ['0'], view: 'all', filter: 'nonsense', pageSize: 1 }, never),
        (error) =>
          error instanceof TrackingError && error.kind === 'rejected' && error.message.includes('says: '),
      );
    });
  });
}

describe('RestStore with MLflow’s own sign-in', function () {
  this.timeout(600_000);
  let server: MlflowServer | undefined;
  let password = '';

  before(async () => {
    server = await startMlflowServer({ auth: true });
    const settings = await readFile(join(server.store, 'basic_auth.ini'), 'utf8');
    password = /^admin_password = (.*)$/m.exec(settings)?.[1] ?? '';
  });
  after(() => server?.stop());

  async function connect(credentials: string | undefined): Promise<unknown> {
    assert.ok(server);
    const basic = credentials === undefined ? undefined : Buffer.from(credentials).toString('base64');
    const store = open(server.uri, new Map(basic === undefined ? [] : [['authorization', `Basic ${basic}`]]));
    try {
      return await store.connect(never);
    } catch (error) {
      return error;
    } finally {
      store.dispose();
    }
  }

  it('connects with the right password', async () => {
    assert.deepEqual(await connect(`admin:${password}`), { version: server?.version });
  });

  for (const credentials of [undefined, 'admin:wrong']) {
    it(`says what is missing with ${credentials ?? 'no credentials'}`, async () => {
      const failure = await connect(credentials);
      assert.ok(failure instanceof TrackingError);
      assert.equal(failure.kind, 'unauthorized');
      assert.match(failure.message, /401, Basic/);
    });
  }
});

describe('RestStore with an MLflow below a path', function () {
  this.timeout(600_000);
  let server: MlflowServer;

  before(async () => {
    server = await startMlflowServer({ args: ['--static-prefix', '/team/ml'] });
  });
  after(async () => {
    await server.stop();
  });

  it('finds it with the path, and says so without', async () => {
    const right = open(`${server.uri}/team/ml/`);
    const wrong = open(server.uri);
    try {
      assert.deepEqual(await right.connect(never), { version: server.version });
      await assert.rejects(
        wrong.connect(never),
        (error) =>
          error instanceof TrackingError && error.kind === 'notMlflow' && error.message.includes('path'),
      );
    } finally {
      right.dispose();
      wrong.dispose();
    }
  });
});
