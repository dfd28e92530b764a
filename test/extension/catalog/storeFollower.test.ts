import assert from 'node:assert/strict';
import { Attention } from '../../../extension/catalog/attention';
import { Catalog, type Scope } from '../../../extension/catalog/catalog';
import { StoreFollower } from '../../../extension/catalog/storeFollower';
import { experiment, model, run } from './fixtures';
import { MemoryStore } from './memoryStore';

const all = { kind: 'all' } as const;

async function setUp() {
  const store = new MemoryStore();
  store.experiments = [experiment('1')];
  store.runs = [run('a', { startedAt: 1 }), run('b', { startedAt: 2, status: 'RUNNING' })];
  store.models = [model('m')];
  const catalog = new Catalog(store, 100);
  await Promise.all([catalog.experiments(), catalog.runs('1'), catalog.models()]);
  store.forgetCalls();
  const scopes: Scope[] = [];
  catalog.onDidChange((scope) => scopes.push(scope));
  const loading: boolean[] = [];
  catalog.onDidChangeLoading((isLoading) => loading.push(isLoading));
  const attention = new Attention();
  attention.set('view', true);
  const seen = new Set(['1']);
  const follower = new StoreFollower({ catalog, attention, isSeen: (id) => seen.has(id) });
  return { store, catalog, scopes, loading, attention, seen, follower };
}

/** Until nothing of what was begun is under way. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
}

describe('What others change in a store', () => {
  it('is read again quietly, and told run by run where the rows stay in place', async () => {
    const { store, catalog, scopes, loading, follower } = await setUp();
    store.runs = [run('a', { startedAt: 1 }), run('b', { startedAt: 2 })];
    follower.take(all);
    await settle();
    assert.deepEqual(scopes, [{ kind: 'runs', experimentId: '1', runIds: ['b'] }]);
    assert.equal(catalog.findRun('b')?.status, 'FINISHED');
    assert.deepEqual(loading, []);
  });

  it('is told of a whole listing where runs came, went or moved', async () => {
    const { store, scopes, follower } = await setUp();
    store.runs = [...store.runs, run('c', { startedAt: 3 })];
    follower.take({ kind: 'runs', experimentId: '1' });
    await settle();
    assert.deepEqual(scopes, [{ kind: 'runs', experimentId: '1' }]);
  });

  it('is told of experiments and models too, and not at all where nothing changed', async () => {
    const { store, scopes, follower } = await setUp();
    follower.take(all);
    await settle();
    assert.deepEqual(scopes, []);
    assert.ok(store.count('searchRuns') > 0);
    store.experiments = [experiment('2'), experiment('1')];
    store.models = [model('m', { description: 'new' })];
    follower.take(all);
    await settle();
    assert.deepEqual(new Set(scopes.map(({ kind }) => kind)), new Set(['experiments', 'models']));
  });

  it('costs nothing for runs that nobody sees: they are read when they are next shown', async () => {
    const { store, catalog, seen, follower } = await setUp();
    seen.clear();
    follower.take({ kind: 'runs', experimentId: '1' });
    await settle();
    assert.equal(store.count(), 0);
    store.runs = [];
    assert.deepEqual((await catalog.runs('1')).items, []);
  });

  it('waits until somebody looks, and is then read once', async () => {
    const { store, attention, follower } = await setUp();
    attention.set('view', false);
    for (let count = 0; count < 5; count++) follower.take({ kind: 'runs', experimentId: '1' });
    await settle();
    assert.equal(store.count(), 0);
    attention.set('view', true);
    await settle();
    assert.equal(store.count('searchRuns'), 1);
  });

  it('is not read twice at once: what comes meanwhile follows', async () => {
    const { store, catalog, follower } = await setUp();
    const release = store.hold();
    follower.take({ kind: 'runs', experimentId: '1' });
    await settle();
    store.runs = [run('late', { startedAt: 9 })];
    for (let count = 0; count < 5; count++) follower.take({ kind: 'runs', experimentId: '1' });
    await settle();
    assert.equal(store.count('searchRuns'), 1);
    release();
    await settle();
    assert.equal(store.count('searchRuns'), 2);
    assert.deepEqual(
      catalog.loadedRuns('1').map(({ id }) => id),
      ['late'],
    );
  });

  it('shows a failure with the listing, which stays', async () => {
    const { store, catalog, scopes, follower } = await setUp();
    store.fail('searchRuns');
    follower.take({ kind: 'runs', experimentId: '1' });
    await settle();
    assert.equal(catalog.loadedRuns('1').length, 2);
    assert.deepEqual(scopes, [{ kind: 'runs', experimentId: '1' }]);
  });
});
