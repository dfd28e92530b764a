import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrackingError } from '../../../../extension/tracking/errors';
import { LocalStore } from '../../../../extension/tracking/local/localStore';
import type { StoreChange } from '../../../../extension/tracking/store';
import { demoStore } from '../../../support/localStores';

const never = new AbortController().signal;

/** The demo's mlflow.db, as a real MLflow made it. */
describe('A LocalStore', () => {
  let store: LocalStore;
  let experimentId: string;

  before(async () => {
    store = new LocalStore({ kind: 'sqlite', path: join(demoStore(), 'mlflow.db') });
    await store.connect(never);
    const { items } = await store.searchExperiments({ view: 'active', pageSize: 100 }, never);
    experimentId = items.find(({ name }) => name === 'churn-model')?.id ?? '';
  });

  after(() => {
    store.dispose();
  });

  const search = { view: 'active', pageSize: 100 } as const;

  it('answers from its worker thread as if it were here: Maps, numbers and pages', async () => {
    const query = { ...search, experimentIds: [experimentId], filter: 'metrics.auc > 0.9', pageSize: 3 };
    const page = await store.searchRuns({ ...query, orderBy: ['metrics.auc DESC'] }, never);
    assert.equal(page.items.length, 3);
    assert.equal(page.items[0]?.name, 'churn-classifier-v2');
    assert.equal(page.items[0].metrics.get('auc')?.value, 0.92);
    assert.ok(page.nextPageToken);
  });

  it('gives a whole history as columns', async () => {
    const { items } = await store.searchRuns({ ...search, experimentIds: [experimentId] }, never);
    const run = items.find(({ metrics }) => metrics.has('val_auc'));
    const history = await store.getMetricHistory(run?.id ?? '', 'val_auc', never);
    assert.equal(history.values.length, 20);
    assert.deepEqual([...history.steps], [...Array(20).keys()]);
    assert.equal(history.values.at(-1), run?.metrics.get('val_auc')?.value);
  });

  it('finds the artifacts that a server kept beside the database', async () => {
    const { items } = await store.searchRuns({ ...search, experimentIds: [experimentId] }, never);
    const run = items.find(({ name }) => name === 'trial-0');
    const names = (await store.listArtifacts(run?.id ?? '', '', never)).map(({ path }) => path);
    assert.deepEqual(names, ['log.txt', 'predictions.csv', 'report']);
  });

  it('reads the MLmodel of a version whose source is a logged model', async () => {
    const version = { name: 'churn-classifier', version: '2' };
    assert.match((await store.readModelVersionFile(version, 'MLmodel', never)) ?? '', /signature:/);
    assert.equal(await store.readModelVersionFile(version, 'no such file', never), undefined);
  });

  it('reads a logged model by its id, and lists and reads its files', async () => {
    const { items } = await store.searchRuns({ ...search, experimentIds: [experimentId] }, never);
    const modelId = items.flatMap(({ modelOutputs }) => modelOutputs)[0]?.modelId ?? '';
    const model = await store.getLoggedModel(modelId, never);
    assert.equal(model.id, modelId);
    const files = (await store.listLoggedModelFiles(modelId, '', never)).map(({ path }) => path);
    assert.ok(files.includes('MLmodel'), files.join());
    assert.match((await store.readLoggedModelFile(modelId, 'MLmodel', never)) ?? '', /flavors:/);
    assert.equal(await store.readLoggedModelFile(modelId, 'no such file', never), undefined);
    await assert.rejects(store.getLoggedModel('m-none', never), { kind: 'notFound' });
    assert.deepEqual(await store.listLoggedModelFiles('m-none', '', never), []);
  });

  it('fails with the kind of error that its reader threw', async () => {
    await assert.rejects(
      store.getRun('no such run', never),
      (error) => error instanceof TrackingError && error.kind === 'notFound',
    );
    const query = { ...search, experimentIds: [experimentId], filter: 'metrics.auc >' };
    await assert.rejects(
      store.searchRuns(query, never),
      (error) => error instanceof TrackingError && error.kind === 'rejected',
    );
  });

  it('lets go at once of what nobody wants any more, and answers the next', async () => {
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    const asked = store.searchExperiments(search, controller.signal);
    controller.abort(reason);
    await assert.rejects(asked, (error) => error === reason);
    assert.ok((await store.searchExperiments(search, never)).items.length > 0);
  });

  it('ends what is under way when it is disposed, and answers nothing more', async () => {
    const other = new LocalStore({ kind: 'sqlite', path: join(demoStore(), 'mlflow.db') });
    const asked = other.connect(never);
    other.dispose();
    await assert.rejects(asked, { name: 'AbortError' });
    await assert.rejects(other.connect(never), { name: 'AbortError' });
  });

  it('tells of what another program commits', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-local-'));
    const path = join(folder, 'mlflow.db');
    await cp(join(demoStore(), 'mlflow.db'), path);
    const watching = new LocalStore({ kind: 'sqlite', path });
    try {
      await watching.connect(never);
      const told = new Promise<StoreChange>((resolve) => {
        watching.watch(resolve);
      });
      // Answered after the wish to be told has arrived.
      await watching.searchExperiments(search, never);
      const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
      const writer = new DatabaseSync(path);
      writer.exec("UPDATE runs SET status = 'FAILED'");
      writer.close();
      assert.deepEqual(await told, { kind: 'all' });
    } finally {
      watching.dispose();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
