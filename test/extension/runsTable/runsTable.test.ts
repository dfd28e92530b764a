import { deepEqual, equal, ok } from 'node:assert/strict';
import { run } from '../catalog/fixtures';
import { MemoryStore } from '../catalog/memoryStore';
import { collect, many, metric, TableUser } from './tables';

const never = new AbortController().signal;

describe('The table of runs', () => {
  let store: MemoryStore;
  let user: TableUser;

  const open = (...args: ConstructorParameters<typeof TableUser> extends [unknown, ...infer R] ? R : never) =>
    (user = new TableUser(store, ...args));

  beforeEach(() => {
    store = new MemoryStore();
  });

  afterEach(() => {
    user.dispose();
  });

  describe('reads', () => {
    it('a small page first, and further as somebody comes near its end', async () => {
      store.runs = many(400);
      open();
      const first = await user.rest();
      deepEqual([first.rowCount, first.hasMore], [50, true]);
      user.table.rows(0, 40, []);
      equal((await user.until((state) => state.kind === 'ready' && !state.hasMore)).kind, 'ready');
      equal(store.count('searchRuns'), 2);
      deepEqual(
        user.table.runIds(0, 1000),
        store.runs.map(({ id }) => id),
      );
    });

    it('all runs when it is asked to, and tells how many there are so far', async () => {
      store.runs = many(3500);
      open();
      await user.rest();
      user.table.readAll();
      const state = user.table.state;
      ok(state.kind === 'ready' && state.reading?.all === true);
      equal((await user.rest()).runCount, 3500);
    });

    it('each run once, though new ones move the pages', async () => {
      store.runs = many(120);
      open();
      await user.rest();
      store.runs.push(run('new', { startedAt: 2e6 }));
      user.table.readAll();
      equal((await user.rest()).runCount, 120);
      await user.table.refresh();
      equal(user.table.runIds(0, 1)[0], 'new');
    });

    it('no more once it is stopped, and sorts what is there', async () => {
      store.runs = many(200, (index) => ({ params: new Map([['lr', String(index % 7)]]) }));
      open();
      await user.rest();
      const release = store.hold();
      user.arrange({ sort: [{ column: 'params.lr', isDescending: true }] });
      await user.until((state) => state.kind === 'ready' && state.reading?.all === true);
      user.table.stopReading();
      release();
      const state = await user.rest();
      deepEqual([state.runCount, state.notes.length], [50, 1]);
      equal(user.cells('params.lr')[0], '6');
    });

    it('the first page again after a failure, when somebody refreshes', async () => {
      store.runs = many(3);
      store.fail('searchRuns');
      open();
      equal((await user.until((state) => state.kind !== 'loading')).kind, 'failed');
      store.mend();
      await user.table.refresh();
      equal((await user.rest()).rowCount, 3);
    });

    it('a later page again after a failure, when somebody wants more', async () => {
      let now = 0;
      store.runs = many(80);
      open({ now: () => now });
      await user.rest();
      store.fail('searchRuns');
      user.table.rows(0, 50, []);
      const failed = await user.until((state) => state.kind === 'ready' && state.notes.length > 0);
      ok(failed.kind === 'ready' && failed.rowCount === 50);
      store.mend();
      now = 10_000;
      user.table.rows(0, 50, []);
      deepEqual((await user.until((state) => state.kind === 'ready' && !state.hasMore)).kind, 'ready');
    });

    it('fails with what is wrong with a filter, and keeps to the next one', async () => {
      store.runs = many(3);
      open({}, { search: { text: 'metrics.loss <' } });
      const state = await user.until(({ kind }) => kind !== 'loading');
      ok(state.kind === 'failed' && state.error instanceof Error);
      await user.show({ search: { text: 'r0001' } });
      equal(user.table.state.kind, 'ready');
    });
  });

  describe('searches', () => {
    beforeEach(() => {
      const data = (name: string) => ({
        name,
        digest: 'd',
        sourceType: '',
        source: '',
        schema: undefined,
        profile: undefined,
        context: undefined,
      });
      store.runs = [
        run('a', { startedAt: 900, status: 'FAILED', userId: 'ann', datasets: [data('iris'), data('x, y')] }),
        run('b', { startedAt: 500, userId: `o'"b`, datasets: [data('iris')] }),
        run('c', { startedAt: 100, userId: 'ann' }),
      ];
    });

    const find = async (search: object): Promise<readonly string[]> => {
      await user.show({ search: { text: '', ...search } });
      return user.table.runIds(0, 10);
    };

    it('by status, time, dataset and user together', async () => {
      open({ now: () => 1000 });
      deepEqual(await find({ status: 'FAILED' }), ['a']);
      deepEqual(await find({ startedWithin: 500 }), ['a', 'b']);
      deepEqual(await find({ dataset: 'iris', user: 'ann' }), ['a']);
      deepEqual(await find({ text: 'run B' }), ['b']);
      deepEqual(await find({}), ['a', 'b', 'c']);
    });

    it('for what the grammar cannot quote', async () => {
      open();
      deepEqual(await find({ user: `o'"b` }), ['b']);
    });

    it('by what it offers', async () => {
      open();
      await user.rest();
      deepEqual(user.table.facets(), {
        statuses: [
          { value: 'FINISHED', count: 2 },
          { value: 'FAILED', count: 1 },
        ],
        users: [
          { value: 'ann', count: 2 },
          { value: `o'"b`, count: 1 },
        ],
        datasets: [
          { value: 'iris', count: 2 },
          { value: 'x, y', count: 1 },
        ],
      });
      deepEqual(user.table.values('datasets.name', 1), ['iris']);
      deepEqual(user.table.values('attributes.user_id', 5), ['ann', `o'"b`]);
    });
  });

  describe('nests', () => {
    it('runs under their parents, and brings those that come pages later', async () => {
      store.runs = [
        ...many(60),
        run('child', { startedAt: 2e6, parent: 'parent' }),
        run('parent', { startedAt: 3, parent: 'top' }),
        run('top', { startedAt: 2 }),
      ];
      open();
      await user.rest();
      deepEqual(user.outline().slice(-2), ['r0048', '+top']);
      await user.show({ open: ['top', 'parent'] });
      deepEqual(user.outline().slice(-3), ['-top', ' -parent', '  child']);
    });

    it('nothing while runs are searched for', async () => {
      store.runs = [run('child', { startedAt: 5, parent: 'top' }), run('top', { startedAt: 2 })];
      open({}, { search: { text: 'run' } });
      await user.rest();
      deepEqual(user.outline(), ['child', 'top']);
    });

    it('circles, orphans and runs that are their own parents as roots', async () => {
      store.runs = [
        run('one', { startedAt: 5, parent: 'two' }),
        run('two', { startedAt: 4, parent: 'one' }),
        run('self', { startedAt: 3, parent: 'self' }),
        run('orphan', { startedAt: 2, parent: 'nobody' }),
      ];
      open({}, { opensAll: true });
      await user.rest();
      deepEqual(user.outline(), ['one', 'two', 'self', 'orphan']);
    });
  });

  it('shows pinned runs at the top and in their place, loaded or not, found or not', async () => {
    store.runs = [...many(60), run('old', { startedAt: 1, userId: 'me' })];
    open({}, { pinnedRuns: ['old', 'gone', 'r0001'] });
    const state = await user.until((one) => one.kind === 'ready' && one.pinnedCount === 2);
    ok(state.kind === 'ready' && state.runCount === 50);
    deepEqual(user.outline().slice(0, 4), ['old', 'r0001', 'r0000', 'r0001']);
    deepEqual(
      user
        .rows()
        .map((row) => row.kind === 'run' && row.isPinned)
        .slice(0, 4),
      [true, true, false, true],
    );
  });

  it('asks for pinned runs that cannot be read no more than once', async () => {
    store.runs = many(3);
    store.fail('getRuns');
    open({}, { pinnedRuns: ['gone'] });
    equal((await user.rest()).rowCount, 3);
    await user.table.refresh();
    await user.rest();
    ok(store.count('getRuns') <= 4);
  });

  it('keeps the version of the columns while rows are folded and sorted', async () => {
    store.runs = [run('child', { startedAt: 5, parent: 'top' }), run('top', { startedAt: 2 })];
    open();
    const before = await user.rest();
    const after = await user.show({ open: ['top'], sort: [{ column: 'params.lr', isDescending: true }] });
    ok(after.version > before.version);
    equal(after.columnsVersion, before.columnsVersion);
  });

  describe('groups', () => {
    beforeEach(() => {
      const values = [1, 2, 3, NaN, 10];
      store.runs = many(5, (index) => ({
        params: new Map(index < 4 ? [['optimizer', index < 3 ? 'adam' : 'sgd']] : []),
        metrics: new Map([['loss', metric(values[index] ?? 0)]]),
      }));
    });

    it('runs by a value, with the mean and deviation of their numbers', async () => {
      open({}, { groupBy: 'params.optimizer', open: ['params.optimizer=sgd'] });
      await user.rest();
      deepEqual(user.outline(), ['+adam (3)', '-sgd (1)', ' r0003', '+∅ (1)']);
      deepEqual(user.cells('metrics.loss'), [
        { count: 3, mean: 2, deviation: 1 },
        { count: 1, text: 'NaN' },
        'NaN',
        { count: 1, mean: 10, text: '10' },
      ]);
      deepEqual(user.cells('attributes.run_id').slice(0, 2), [{ count: 3 }, { count: 1, text: 'r0003' }]);
      deepEqual(user.cells('params.nothing'), [null, null, null, null]);
    });

    it('in the order of their best runs when they are sorted', async () => {
      open({}, { groupBy: 'params.optimizer', sort: [{ column: 'metrics.loss', isDescending: true }] });
      await user.rest();
      deepEqual(user.outline(), ['+∅ (1)', '+adam (3)', '+sgd (1)']);
    });
  });

  describe('sorts', () => {
    it('parameters as numbers where all are', async () => {
      const values = ['10', '9', '1e-05', 'nan', '-inf', '0.5'];
      store.runs = many(7, (index) => ({ params: new Map(index < 6 ? [['lr', values[index] ?? '']] : []) }));
      open({}, { sort: [{ column: 'params.lr', isDescending: false }] });
      await user.rest();
      deepEqual(user.cells('params.lr'), ['-inf', '1e-05', '0.5', '9', '10', 'nan', null]);
      await user.show({ sort: [{ column: 'params.lr', isDescending: true }] });
      deepEqual(user.cells('params.lr'), ['10', '9', '0.5', '1e-05', '-inf', 'nan', null]);
    });

    it('by what the store orders, which is then asked for no more than is seen', async () => {
      store.runs = many(300, (index) => ({ metrics: new Map([['a b', metric((index * 37) % 300)]]) }));
      open({}, { sort: [{ column: 'metrics.a b', isDescending: false }] });
      const state = await user.rest();
      equal(state.runCount, 50);
      deepEqual(user.cells('metrics.a b').slice(0, 3), ['0', '1', '2']);
    });

    it('by the extremes of histories', async () => {
      store.runs = many(3, () => ({ metrics: new Map([['loss', metric(5)]]) }));
      const points = (...values: number[]) => values.map((value, step) => ({ value, step, timestamp: step }));
      store.histories = new Map([
        ['r0000 loss', points(3, 9, 5)],
        ['r0001 loss', points(1, 6, 5)],
        ['r0002 loss', points(NaN, 2, 5)],
      ]);
      open({}, { sort: [{ column: 'min metrics.loss', isDescending: false }] });
      await user.until(() => user.cells('min metrics.loss')[0] === '1');
      deepEqual(user.cells('min metrics.loss'), ['1', '2', '3']);
      await user.show({ sort: [{ column: 'best metrics.loss', isDescending: true }] });
      deepEqual(user.cells('max metrics.loss'), ['9', '5', '6']);
    });
  });

  describe('follows', () => {
    it('runs that changed, and leaves the versions where nothing did', async () => {
      store.runs = many(3, () => ({ status: 'RUNNING', metrics: new Map([['loss', metric(1)]]) }));
      open();
      const before = await user.rest();
      deepEqual((user.rows(), user.table.unfinished()).length, 3);
      user.table.follow();
      await user.table.refresh();
      equal((await user.rest()).version, before.version);
      store.runs[1] = { ...store.runs[1]!, status: 'FINISHED', metrics: new Map([['loss', metric(0.5)]]) };
      await user.catalog.renewRuns('1', ['r0001'], never);
      user.table.follow(['r0001']);
      const after = await user.until((state) => state.kind === 'ready' && state.version > before.version);
      ok(after.kind === 'ready' && after.columnsVersion > before.columnsVersion);
      deepEqual(user.cells('metrics.loss'), ['1', '0.5', '1']);
      equal(user.table.unfinished().length, 2);
    });

    it('runs that came and went', async () => {
      store.runs = many(3);
      open();
      await user.rest();
      store.runs = [run('new', { startedAt: 2e6 }), ...store.runs.slice(1)];
      user.table.follow();
      await user.until(() => user.table.runIds(0, 1)[0] === 'new');
      deepEqual(user.table.runIds(0, 9), ['new', 'r0001', 'r0002']);
      equal(user.table.state.kind === 'ready' && user.table.state.runCount, 3);
    });
  });

  it('tells the statistics and the course of a metric', async () => {
    store.runs = many(3, (index) => ({ metrics: new Map(index < 2 ? [['loss', metric(index)]] : []) }));
    store.histories.set('r0000 loss', [
      { value: 4, step: 0, timestamp: 0 },
      { value: Infinity, step: 1, timestamp: 1 },
      { value: 2, step: 2, timestamp: 2 },
    ]);
    open();
    await user.rest();
    const runIds = ['r0000', 'r0002'];
    const [first, last] = await user.table.trends({ metric: 'loss', runIds, pixels: 10 }, never);
    deepEqual([first?.min, first?.max, first?.best], ['2', '4', '2']);
    deepEqual([...(first?.points.x ?? [])], [0, 2]);
    deepEqual([last?.runId, last?.min, last?.points.x.length], ['r0002', undefined, 0]);
    store.fail('getMetricHistory');
    const [broken] = await user.table.trends({ metric: 'loss', runIds: ['r0001'], pixels: 10 }, never);
    equal(broken?.cause, 'Nobody answers.');
  });

  it('finds rows by the beginning of a name, going round', async () => {
    store.runs = ['Alpha', 'beta', 'alps'].map((name, index) => run(name, { name, startedAt: 10 - index }));
    open();
    await user.rest();
    deepEqual(
      [
        user.table.findRow('AL', 0),
        user.table.findRow('al', 1),
        user.table.findRow('be', 2),
        user.table.findRow('z', 0),
      ],
      [0, 2, 1, -1],
    );
  });

  it('hands runs over in their order, or those that are named', async () => {
    store.runs = many(250, (index) => ({ params: new Map([['lr', `0.${index}`]]) }));
    open();
    await user.rest();
    user.table.readAll();
    await user.rest();
    const all = await collect(user.table.exportRows([], ['params.lr', 'trend metrics.x'], never));
    deepEqual(
      all
        .flat()
        .map(({ id, cells }) => [id, ...cells])
        .slice(0, 2),
      [
        ['r0000', '0.0', null],
        ['r0001', '0.1', null],
      ],
    );
    equal(all.flat().length, 250);
    const some = await collect(user.table.exportRows(['r0007', 'gone'], ['params.lr'], never));
    deepEqual(some.flat(), [{ id: 'r0007', name: 'run r0007', cells: ['0.7'] }]);
  });
});
