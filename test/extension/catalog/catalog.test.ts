import assert from 'node:assert/strict';
import { Catalog, type Scope } from '../../../extension/catalog/catalog';
import { keyOfChange } from '../../../extension/tracking/store';
import { experiment, loggedModel, model, run, version } from './fixtures';
import { MemoryStore } from './memoryStore';

function setUp(pageSize = 100) {
  const store = new MemoryStore();
  const catalog = new Catalog(store, pageSize);
  const scopes: Scope[] = [];
  catalog.onDidChange((scope) => scopes.push(scope));
  const loading: boolean[] = [];
  catalog.onDidChangeLoading((isLoading) => loading.push(isLoading));
  return { store, catalog, scopes, loading };
}

const signal = new AbortController().signal;

describe('Catalog', () => {
  it('asks for pages of the size it was given', async () => {
    const { store, catalog } = setUp(7);
    await Promise.all([catalog.experiments(), catalog.models(), catalog.runs('1')]);
    const sizes = store.calls.map(({ about }) => (about as { pageSize: number }).pageSize);
    assert.deepEqual(sizes, [7, 7, 7]);
  });

  describe('runs', () => {
    it('lists an experiment by one call', async () => {
      const { store, catalog } = setUp();
      store.runs = [run('a', { startedAt: 1 }), run('b', { startedAt: 2, parent: 'a' })];
      const [one, other] = await Promise.all([catalog.runs('1'), catalog.runs('1')]);
      assert.deepEqual(
        one.items.map(({ id }) => id),
        ['b', 'a'],
      );
      assert.equal(one, other);
      assert.equal(store.count(), 1);
    });

    it('asks for all missing parents of a page in one further call', async () => {
      const { store, catalog } = setUp(2);
      store.runs = [
        run('child 1', { startedAt: 9, parent: 'old 1' }),
        run('child 2', { startedAt: 8, parent: 'old 2' }),
        run('old 1', { startedAt: 2 }),
        run('old 2', { startedAt: 1 }),
      ];
      const listing = await catalog.runs('1');
      assert.deepEqual(store.abouts('getRuns'), [['old 1', 'old 2']]);
      assert.deepEqual(
        listing.items.map(({ id }) => id),
        ['child 1', 'child 2', 'old 1', 'old 2'],
      );
      assert.deepEqual([...listing.incompleteParents], ['old 1', 'old 2']);
      assert.equal(listing.hasMore, true);
    });

    it('includes a run of a later page with what it is nested in, and keeps it when all is read again', async () => {
      const { store, catalog, scopes } = setUp(1);
      const nested = run('nested', { startedAt: 2, parent: 'oldest' });
      store.runs = [run('newest', { startedAt: 3 }), nested, run('oldest', { startedAt: 1 })];
      assert.equal(await catalog.includeRun(nested), true);
      const shown = ['newest', 'nested', 'oldest'];
      const ids = async () => (await catalog.runs('1')).items.map(({ id }) => id);
      assert.deepEqual(await ids(), shown);
      assert.deepEqual(scopes, [{ kind: 'runs', experimentId: '1' }]);
      assert.equal(await catalog.includeRun(nested), true);
      assert.equal(scopes.length, 1);
      await catalog.refresh({ kind: 'runs', experimentId: '1' });
      assert.deepEqual(await ids(), shown);
      await catalog.loadMore({ kind: 'runs', experimentId: '1' });
      await catalog.loadMore({ kind: 'runs', experimentId: '1' });
      assert.deepEqual((await ids()).sort(), shown.toSorted());
    });

    it('includes no run that the view hides, and none beside what a search finds', async () => {
      const { store, catalog } = setUp(1);
      const deleted = run('deleted', { startedAt: 1, lifecycle: 'deleted' });
      const old = run('old', { startedAt: 2 });
      store.runs = [run('new', { startedAt: 3 }), old, deleted];
      assert.equal(await catalog.includeRun(deleted), false);
      catalog.setRunSearch('1', { text: 'x', filter: "run_name = 'x'", orderBy: [], label: 'x' });
      assert.equal(await catalog.includeRun(old), false);
      catalog.setRunSearch('1', undefined);
      assert.equal(await catalog.includeRun(old), true);
    });

    it('asks for a parent that does not exist once', async () => {
      const { store, catalog } = setUp(1);
      store.runs = [run('a', { startedAt: 2, parent: 'gone' }), run('b', { startedAt: 1, parent: 'gone' })];
      await catalog.runs('1');
      await catalog.loadMore({ kind: 'runs', experimentId: '1' });
      assert.equal(store.count('getRuns'), 1);
    });

    it('ends with a server that makes up parents for ever', async () => {
      const { store, catalog } = setUp();
      store.runs = [run('0', { parent: '1' })];
      let made = 0;
      store.getRuns = (_, ids) => {
        made++;
        return Promise.resolve(ids.map((id) => run(id, { parent: String(Number(id) + 1) })));
      };
      await catalog.runs('1');
      assert.ok(made <= 10, `${made} calls`);
    });

    it('does not show a deleted parent among the active', async () => {
      const { store, catalog } = setUp(1);
      store.runs = [
        run('child', { startedAt: 2, parent: 'p' }),
        run('p', { startedAt: 1, lifecycle: 'deleted' }),
      ];
      assert.deepEqual(
        (await catalog.runs('1')).items.map(({ id }) => id),
        ['child'],
      );
    });

    it('loads the other children of a parent that came ahead of its page', async () => {
      const { store, catalog, scopes } = setUp(2);
      store.runs = [
        run('newest', { startedAt: 99, parent: 'p' }),
        run('x', { startedAt: 98 }),
        run('y', { startedAt: 97 }),
        run('older', { startedAt: 96, parent: 'p' }),
        run('p', { startedAt: 1 }),
      ];
      await catalog.runs('1');
      await catalog.loadMoreChildren('1', 'p');
      const listing = await catalog.runs('1');
      assert.ok(listing.items.some(({ id }) => id === 'older'));
      assert.ok(!listing.incompleteParents.has('p'));
      assert.deepEqual(scopes, [{ kind: 'runs', experimentId: '1' }]);
    });

    it('keeps the children that were loaded when the next page of them fails', async () => {
      const { store, catalog } = setUp(1);
      store.runs = [
        run('c1', { startedAt: 9, parent: 'p' }),
        run('c2', { startedAt: 8, parent: 'p' }),
        run('c3', { startedAt: 7, parent: 'p' }),
        run('p', { startedAt: 1 }),
      ];
      await catalog.runs('1');
      await catalog.loadMoreChildren('1', 'p');
      store.fail('searchRuns');
      await assert.rejects(catalog.loadMoreChildren('1', 'p'), /Nobody answers/);
      store.mend();
      await catalog.loadMoreChildren('1', 'p');
      const { items } = await catalog.runs('1');
      assert.deepEqual(items.map(({ id }) => id).sort(), ['c1', 'c2', 'p']);
    });

    it('renews parents that came ahead of their page when all is refreshed', async () => {
      const { store, catalog } = setUp(1);
      const child = run('child', { startedAt: 9, parent: 'p' });
      store.runs = [child, run('p', { startedAt: 1, status: 'RUNNING' })];
      await catalog.runs('1');
      store.runs = [child, run('p', { startedAt: 1, status: 'FAILED' })];
      store.forgetCalls();
      await catalog.refresh({ kind: 'runs', experimentId: '1' });
      assert.equal(catalog.findRun('p')?.status, 'FAILED');
      assert.equal(store.count(), 2);
    });

    it('shows runs as roots where their parents cannot be had, and says why', async () => {
      const { store, catalog } = setUp(1);
      store.runs = [run('child', { startedAt: 9, parent: 'p' }), run('p', { startedAt: 1 })];
      store.fail('getRuns');
      const listing = await catalog.runs('1');
      assert.deepEqual(
        listing.items.map(({ id }) => id),
        ['child'],
      );
      assert.match(String(listing.failure), /Nobody answers/);
      store.mend();
      await catalog.refresh({ kind: 'runs', experimentId: '1' });
      assert.equal((await catalog.runs('1')).items.length, 2);
    });

    it('reads a run that is in no list once, and renews it in place', async () => {
      const { store, catalog, scopes } = setUp();
      store.runs = [run('a', { status: 'RUNNING' })];
      await Promise.all([catalog.run('a'), catalog.run('a')]);
      store.runs = [run('a')];
      await catalog.renewRuns('1', ['a'], signal);
      assert.equal((await catalog.run('a')).status, 'FINISHED');
      assert.equal(store.count('getRun'), 1);
      assert.deepEqual(scopes, [{ kind: 'runs', experimentId: '1', runIds: ['a'] }]);
    });

    it('says nothing when a look at unfinished runs brings nothing new', async () => {
      const { store, catalog, scopes, loading } = setUp();
      const metrics = new Map([['loss', { value: NaN, step: 2n ** 60n, timestamp: 1 }]]);
      store.runs = [run('a', { status: 'RUNNING', metrics })];
      await catalog.runs('1');
      loading.length = 0;
      await catalog.renewRuns('1', ['a'], signal);
      assert.deepEqual([scopes, loading], [[], []]);
    });

    it('takes out runs that are gone, and shows a deleted one no more', async () => {
      const { store, catalog, scopes } = setUp();
      store.runs = [run('a', { status: 'RUNNING' }), run('b', { status: 'RUNNING' })];
      await catalog.runs('1');
      store.runs = [run('b', { status: 'RUNNING', lifecycle: 'deleted' })];
      await catalog.renewRuns('1', ['a', 'b'], signal);
      assert.deepEqual(catalog.loadedRuns('1'), []);
      assert.deepEqual(scopes, [{ kind: 'runs', experimentId: '1' }]);
    });

    it('reads artifacts and models anew when a run has finished', async () => {
      const { store, catalog } = setUp();
      store.runs = [run('a', { status: 'RUNNING' })];
      const [running] = (await catalog.runs('1')).items;
      assert.deepEqual(await catalog.artifacts('a', ''), []);
      assert.deepEqual(await catalog.loggedModels(running!), []);
      store.runs = [run('a')];
      store.artifacts.set('a', new Map([['', [{ path: 'x', isDirectory: false, size: 1 }]]]));
      store.loggedModels = [loggedModel('m', { sourceRunId: 'a' })];
      await catalog.renewRuns('1', ['a'], signal);
      assert.equal((await catalog.artifacts('a', '')).length, 1);
      assert.equal((await catalog.loggedModels(running!)).length, 1);
    });

    it('refreshes a run with what belongs to it, and drops one that is gone', async () => {
      const { store, catalog, scopes } = setUp();
      store.runs = [run('a')];
      await catalog.runs('1');
      await catalog.artifacts('a', '');
      await catalog.refreshRun('a');
      await catalog.artifacts('a', '');
      assert.equal(store.count('listArtifacts'), 2);
      assert.deepEqual(scopes, [{ kind: 'runs', experimentId: '1', runIds: ['a'] }]);
      store.runs = [];
      await assert.rejects(catalog.refreshRun('a'), /does not exist/);
      assert.equal(catalog.findRun('a'), undefined);
    });

    it('lets the next one try again when a single read failed', async () => {
      const { store, catalog } = setUp();
      store.fail('listArtifacts');
      await assert.rejects(catalog.artifacts('a', ''));
      store.mend();
      assert.deepEqual(await catalog.artifacts('a', ''), []);
    });
  });

  describe('refresh', () => {
    it('reads the one listing, and what lies under it only when it is asked for', async () => {
      const { store, catalog, scopes } = setUp();
      store.experiments = [experiment('1'), experiment('2')];
      store.runs = [run('a')];
      await catalog.experiments();
      await Promise.all([catalog.runs('1'), catalog.runs('2')]);
      store.forgetCalls();
      await catalog.refresh({ kind: 'experiments' });
      assert.deepEqual(
        store.calls.map(({ method }) => method),
        ['searchExperiments'],
      );
      await catalog.runs('1');
      await catalog.runs('1');
      assert.equal(store.count('searchRuns'), 1);
      assert.deepEqual(scopes, [{ kind: 'experiments' }]);
    });

    it('asks nobody for what nobody has asked for', async () => {
      const { store, catalog } = setUp();
      await catalog.refresh({ kind: 'all' });
      assert.equal(store.count(), 0);
    });

    it('follows a load that is under way, so that it sees what came meanwhile', async () => {
      const { store, catalog } = setUp();
      const release = store.hold();
      const loading = catalog.runs('1');
      const refreshing = catalog.refresh({ kind: 'runs', experimentId: '1' });
      store.runs = [run('a')];
      release();
      await Promise.all([loading, refreshing]);
      assert.equal(store.count(), 2);
      assert.equal(catalog.loadedRuns('1').length, 1);
    });
  });

  it('passes on what the store tells, though nobody lists it, and what is to be read again', async () => {
    const { catalog, scopes } = setUp();
    const told: string[] = [];
    catalog.onDidChangeStore((change) => told.push(keyOfChange(change)));
    await catalog.follow({ kind: 'runs', experimentId: '7' }, () => false);
    assert.deepEqual([told, scopes], [['runs 7'], []]);
    await catalog.refresh({ kind: 'runs', experimentId: '1' });
    await catalog.refresh({ kind: 'experiments' });
    await catalog.refresh({ kind: 'versions', modelName: 'm' });
    assert.deepEqual(told.slice(1), ['runs 1', 'all', 'models']);
  });

  describe('view', () => {
    it('lists anew with the deleted, and a late answer of the old view changes nothing', async () => {
      const { store, catalog, scopes } = setUp();
      store.experiments = [experiment('1'), experiment('2', { lifecycle: 'deleted' })];
      const release = store.hold();
      const early = catalog.experiments();
      catalog.view = 'all';
      release();
      await early;
      assert.equal((await catalog.experiments()).items.length, 2);
      assert.deepEqual(scopes, [{ kind: 'experiments' }]);
      catalog.view = 'all';
      assert.equal(scopes.length, 1);
    });
  });

  describe('models', () => {
    it('gives versions the aliases of their model, without a further call', async () => {
      const { store, catalog } = setUp();
      store.models = [model('m', { aliases: [{ alias: 'champion', version: '1' }] })];
      store.versions = [version('m', '2'), version('m', '1')];
      await catalog.models();
      const { items } = await catalog.versions('m');
      assert.deepEqual(
        items.map(({ aliases }) => aliases),
        [[], ['champion']],
      );
      assert.deepEqual(catalog.findVersion('m', '1')?.aliases, ['champion']);
      assert.equal(store.count(), 2);
    });

    it('asks for a model that is not listed, and does without it', async () => {
      const { store, catalog } = setUp();
      store.versions = [version('m', '1')];
      assert.equal((await catalog.versions('m')).items.length, 1);
      store.models = [model('n', { aliases: [{ alias: 'a', version: '1' }] })];
      store.versions = [version('n', '1')];
      assert.deepEqual((await catalog.versions('n')).items[0]?.aliases, ['a']);
    });

    it('sees a moved alias when the versions are refreshed', async () => {
      const { store, catalog, scopes } = setUp();
      store.models = [model('m', { aliases: [{ alias: 'champion', version: '1' }] })];
      store.versions = [version('m', '2'), version('m', '1')];
      await catalog.models();
      await catalog.versions('m');
      store.models = [model('m', { aliases: [{ alias: 'champion', version: '2' }] })];
      await catalog.refresh({ kind: 'versions', modelName: 'm' });
      assert.deepEqual(
        (await catalog.versions('m')).items.map(({ aliases }) => aliases),
        [['champion'], []],
      );
      assert.deepEqual(catalog.findModel('m')?.aliases, [{ alias: 'champion', version: '2' }]);
      assert.deepEqual(scopes, [{ kind: 'versions', modelName: 'm' }]);
    });
  });

  describe('loading', () => {
    it('tells when the first request begins and the last one ends', async () => {
      const { catalog, loading } = setUp();
      await Promise.all([catalog.experiments(), catalog.models()]);
      assert.deepEqual(loading, [true, false]);
    });

    it('stops in silence, and can be asked again', async () => {
      const { store, catalog, loading } = setUp();
      store.experiments = [experiment('1')];
      const release = store.hold();
      const listing = catalog.experiments();
      const artifacts = catalog.artifacts('a', '');
      await Promise.resolve();
      catalog.stopLoading();
      await assert.rejects(artifacts, { name: 'AbortError' });
      assert.deepEqual(await listing, {
        items: [],
        hasMore: true,
        failure: undefined,
        moreFailure: undefined,
      });
      release();
      await catalog.loadMore({ kind: 'experiments' });
      assert.equal((await catalog.experiments()).items.length, 1);
      assert.deepEqual(loading, [true, false, true, false]);
    });

    it('ends what is under way when it is disposed, and tells nobody of late answers', async () => {
      const { store, catalog, scopes, loading } = setUp();
      store.hold();
      const listing = catalog.experiments();
      await Promise.resolve();
      catalog.dispose();
      await listing;
      assert.deepEqual([scopes, loading], [[], [true, false]]);
    });
  });
});
