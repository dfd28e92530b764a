import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Attention } from '../../../extension/catalog/attention';
import { Catalog } from '../../../extension/catalog/catalog';
import { RunWatcher } from '../../../extension/catalog/runWatcher';
import { run } from './fixtures';
import { MemoryStore } from './memoryStore';

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

async function pass(milliseconds: number): Promise<void> {
  mock.timers.tick(milliseconds);
  await settle();
}

function setUp() {
  const store = new MemoryStore();
  const catalog = new Catalog(store, 1000);
  const attention = new Attention();
  attention.set('view', true);
  const watcher = new RunWatcher({ catalog: () => catalog, attention, interval: () => 5000 });
  return { store, catalog, attention, watcher };
}

describe('RunWatcher', () => {
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => {
    mock.timers.reset();
  });

  it('asks for the unfinished runs of an open experiment in one call a tick, until all are finished', async () => {
    const { store, catalog, watcher } = setUp();
    store.runs = [run('a', { status: 'RUNNING' }), run('b', { status: 'SCHEDULED' }), run('c')];
    watcher.watchExperiment('1');
    await catalog.runs('1');
    watcher.wake();
    await pass(5000);
    assert.deepEqual(store.abouts('getRuns'), [['a', 'b']]);
    store.runs = [run('a'), run('b'), run('c')];
    await pass(5000);
    assert.equal(store.count('getRuns'), 2);
    await pass(60_000);
    assert.equal(store.count('getRuns'), 2);
    assert.deepEqual(
      catalog.loadedRuns('1').map(({ status }) => status),
      ['FINISHED', 'FINISHED', 'FINISHED'],
    );
  });

  it('asks nothing where all are finished, the experiment is closed, or nobody looks', async () => {
    const { store, catalog, attention, watcher } = setUp();
    store.runs = [run('a', { status: 'RUNNING' })];
    await catalog.runs('1');
    const watch = watcher.watchExperiment('1');
    watch.dispose();
    watch.dispose();
    await pass(60_000);
    watcher.watchExperiment('1');
    attention.set('view', false);
    await pass(60_000);
    assert.equal(store.count('getRuns'), 0);
    attention.set('panel', true);
    await settle();
    assert.equal(store.count('getRuns'), 1);
  });

  it('keeps one watched run fresh that is in no list', async () => {
    const { store, catalog, watcher } = setUp();
    store.runs = [run('a', { status: 'RUNNING' })];
    await catalog.run('a');
    const one = watcher.watchRun('1', 'a');
    const other = watcher.watchRun('1', 'a');
    await pass(5000);
    one.dispose();
    await pass(5000);
    assert.equal(store.count('getRuns'), 2);
    other.dispose();
    await pass(60_000);
    assert.equal(store.count('getRuns'), 2);
  });

  it('backs off while the server fails, and tells nobody', async () => {
    const { store, catalog, watcher } = setUp();
    store.runs = [run('a', { status: 'RUNNING' })];
    await catalog.runs('1');
    watcher.watchExperiment('1');
    store.fail('getRuns');
    await pass(5000);
    await pass(5000);
    assert.equal(store.count('getRuns'), 1);
    await pass(5000);
    assert.equal(store.count('getRuns'), 2);
    assert.equal((await catalog.runs('1')).failure, undefined);
  });

  it('asks for at most 100 runs at once, watched ones always, the others in turn', async () => {
    const { store, catalog, watcher } = setUp();
    store.runs = Array.from({ length: 250 }, (_, index) => run(`run ${index}`, { status: 'RUNNING' }));
    await catalog.runs('1');
    watcher.watchExperiment('1');
    watcher.watchRun('1', 'run 249');
    for (let tick = 0; tick < 4; tick++) await pass(5000);
    const asked = store.abouts('getRuns') as string[][];
    assert.ok(asked.every((ids) => ids.length === 100 && ids.includes('run 249')));
    assert.equal(new Set(asked.flat()).size, 250);
  });
});
