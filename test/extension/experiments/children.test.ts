import assert from 'node:assert/strict';
import { Catalog } from '../../../extension/catalog/catalog';
import { listChildren } from '../../../extension/experiments/children';
import type { ExperimentsNode } from '../../../extension/experiments/nodes';
import { describeNode, explainNode } from '../../../extension/experiments/rows';
import { experiment, loggedModel, run } from '../catalog/fixtures';
import { MemoryStore } from '../catalog/memoryStore';

const look = { now: 1e12, keyMetric: '' };

function setUp(pageSize = 100) {
  const store = new MemoryStore();
  store.experiments = [experiment('1')];
  const catalog = new Catalog(store, pageSize);
  const open = (node?: ExperimentsNode) => listChildren(catalog, node);
  const row = (node: ExperimentsNode) => describeNode(catalog, node, look);
  const labels = (nodes: readonly ExperimentsNode[]) => nodes.map((node) => row(node).label);
  /** Opens the row of that label under each row in turn. */
  const openPath = async (...path: readonly string[]) => {
    let nodes = await open();
    for (const label of path) {
      const node = nodes.find((candidate) => row(candidate).label === label);
      assert.ok(node, `${label} among ${labels(nodes).join(', ')}`);
      nodes = await open(node);
    }
    return nodes;
  };
  return { store, catalog, open, row, labels, openPath };
}

const point = (value: number, step: number | bigint = 0) => ({ value, step, timestamp: 1 });

describe('The rows of the Experiments view', () => {
  it('open an experiment by one call, and what lies in a run by none', async () => {
    const { store, openPath } = setUp();
    store.runs = [run('a', { params: new Map([['lr', '0.1']]) })];
    await openPath('experiment 1');
    assert.deepEqual(
      store.calls.map(({ method }) => method),
      ['searchExperiments', 'searchRuns'],
    );
    store.forgetCalls();
    await openPath('experiment 1', 'run a', 'Parameters');
    assert.equal(store.count(), 0);
  });

  it('nest runs, roots newest first', async () => {
    const { store, openPath, labels } = setUp();
    store.runs = [
      run('old', { startedAt: 1 }),
      run('new', { startedAt: 5 }),
      run('child', { startedAt: 9, parent: 'old' }),
      run('grandchild', { startedAt: 10, parent: 'child' }),
    ];
    assert.deepEqual(labels(await openPath('experiment 1')), ['run new', 'run old']);
    assert.deepEqual(labels(await openPath('experiment 1', 'run old')), ['Artifacts', 'run child']);
    assert.deepEqual(labels(await openPath('experiment 1', 'run old', 'run child')), [
      'Artifacts',
      'run grandchild',
    ]);
  });

  it('show the sections that hold something, in their order', async () => {
    const { store, openPath, labels, row } = setUp();
    const dataset = {
      name: 'iris',
      digest: 'd1',
      sourceType: 'local',
      source: '{}',
      schema: undefined,
      profile: undefined,
      context: 'training',
    };
    store.runs = [
      run('a', {
        params: new Map([
          ['b', '1'],
          ['a', '2'],
        ]),
        metrics: new Map([
          ['loss', point(0.25, 2n ** 60n)],
          ['system/cpu', point(99)],
          ['acc', point(NaN)],
        ]),
        tags: {
          team: 'x',
          'mlflow.source.name': 'src/train.py',
          'mlflow.runName': 'x',
          'mlflow.internal': 'y',
        },
        datasets: [dataset, { ...dataset, context: 'eval' }],
        modelInputs: ['m-2'],
        modelOutputs: [{ modelId: 'm-1', step: 4 }],
        userId: 'ann',
      }),
    ];
    store.loggedModels = [loggedModel('m-1', { name: 'forest', modelType: 'sklearn', sourceRunId: 'a' })];
    const sections = await openPath('experiment 1', 'run a');
    assert.deepEqual(labels(sections), ['Parameters', 'Metrics', 'Tags', 'Artifacts', 'Datasets', 'Models']);
    assert.deepEqual(
      sections.map((node) => row(node).description),
      ['2', '3', '3', undefined, '2', '2'],
    );
    const shown = async (section: string) => {
      const nodes = await openPath('experiment 1', 'run a', section);
      return nodes.map((node) => `${row(node).label}: ${row(node).description ?? ''}`);
    };
    assert.deepEqual(await shown('Parameters'), ['a: 2', 'b: 1']);
    assert.deepEqual(await shown('Metrics'), ['acc: NaN', 'loss: 0.25', 'system/cpu: 99']);
    assert.deepEqual(await shown('Tags'), ['Source: train.py', 'User: ann', 'team: x']);
    assert.deepEqual(await shown('Datasets'), ['iris: training · d1', 'iris: eval · d1']);
    assert.deepEqual(await shown('Models'), ['forest: sklearn · step 4', 'm-2: input']);
  });

  it('list artifacts when they are opened, folders first', async () => {
    const { store, openPath, row } = setUp();
    store.runs = [run('a')];
    store.artifacts.set(
      'a',
      new Map([
        ['', [file('b10.txt', 10), file('b9.txt', 2048), folder('z'), folder('model')]],
        ['model', [file('model/MLmodel', 5), file('model/MLmodel', 5)]],
      ]),
    );
    const shown = async (...path: string[]) =>
      (await openPath('experiment 1', 'run a', 'Artifacts', ...path)).map((node) => [
        row(node).label,
        row(node).description,
      ]);
    assert.deepEqual(await shown(), [
      ['model', undefined],
      ['z', undefined],
      ['b9.txt', '2 KB'],
      ['b10.txt', '10 B'],
    ]);
    assert.deepEqual(await shown('model'), [['MLmodel', '5 B']]);
    assert.deepEqual(await shown('z'), [['Empty folder', undefined]]);
  });

  it('say that there is more, at the end of each listing and under a parent that came ahead', async () => {
    const { store, openPath, labels } = setUp(2);
    store.experiments = [experiment('1'), experiment('2'), experiment('3')];
    store.runs = [
      run('c1', { startedAt: 9, parent: 'p' }),
      run('c2', { startedAt: 8, parent: 'p' }),
      run('c3', { startedAt: 7, parent: 'p' }),
      run('p', { startedAt: 1 }),
    ];
    assert.deepEqual(labels(await openPath()), ['experiment 1', 'experiment 2', 'Load more experiments…']);
    assert.deepEqual(labels(await openPath('experiment 1')), ['run p', 'Load more runs…']);
    assert.deepEqual(labels(await openPath('experiment 1', 'run p')), [
      'Artifacts',
      'run c1',
      'run c2',
      'Load more nested runs…',
    ]);
  });

  it('keep what was there below the reason why it could not be read again', async () => {
    const { store, catalog, openPath, labels } = setUp();
    store.runs = [run('a')];
    await openPath('experiment 1');
    store.fail('searchRuns');
    await catalog.refresh({ kind: 'runs', experimentId: '1' });
    assert.deepEqual(labels(await openPath('experiment 1')), ['Nobody answers.', 'run a']);
  });

  it('say so where an experiment has no runs', async () => {
    const { openPath, labels } = setUp();
    assert.deepEqual(labels(await openPath('experiment 1')), ['No runs']);
  });

  it('have ids of their own, whatever the keys, and the same after a refresh', async () => {
    const { store, catalog, open } = setUp();
    const keys = ['a/b', 'a%2Fb', '__proto__', 'constructor', '', ' ', 'params', '\ud800'];
    const map = new Map(keys.map((key) => [key, key]));
    store.experiments = [experiment('1'), experiment('1/x'), experiment('2')];
    store.runs = [
      run('x', { params: map, tags: Object.fromEntries(keys.slice(0, 2).map((key) => [key, key])) }),
      run('params', { parent: 'x', params: map }),
      run('x', { experimentId: '2', params: map }),
    ];
    const walk = async (node?: ExperimentsNode): Promise<string[]> => {
      const below = await Promise.all(
        (await open(node)).map(async (child) => [child.id, ...(await walk(child))]),
      );
      return below.flat();
    };
    const ids = await walk();
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length > 30);
    await catalog.refresh({ kind: 'experiments' });
    assert.deepEqual(await walk(), ids);
  });

  it('tell of the parent of a run only where it is not the row above', async () => {
    const { store, openPath, row } = setUp();
    store.runs = [run('orphan', { parent: 'elsewhere' })];
    const [fact] = await openPath('experiment 1', 'run orphan', 'Tags');
    assert.deepEqual(
      [row(fact!).label, row(fact!).description, row(fact!).context],
      ['Parent run', 'elsewhere', 'value opensRun'],
    );
  });

  it('name their parents, up to the experiment', async () => {
    const { store, openPath } = setUp();
    store.runs = [run('p'), run('c', { parent: 'p', params: new Map([['k', 'v']]) })];
    const [param] = await openPath('experiment 1', 'run p', 'run c', 'Parameters');
    const chain: string[] = [];
    for (let node = param; node; node = node.parent) chain.push(node.kind);
    assert.deepEqual(chain, ['value', 'section', 'run', 'run', 'experiment']);
  });

  it('show 5,000 parameters, and not more rows than anybody scrolls through', async () => {
    const { store, openPath, row } = setUp();
    const many = (count: number) => new Map(Array.from({ length: count }, (_, index) => [`p${index}`, 'x']));
    store.runs = [run('a', { params: many(5000) }), run('b', { params: many(10_500) })];
    assert.equal((await openPath('experiment 1', 'run a', 'Parameters')).length, 5000);
    const rows = await openPath('experiment 1', 'run b', 'Parameters');
    assert.equal(row(rows.at(-1)!).label, 'and 500 more, not shown');
  });
});

describe('The look of a run', () => {
  const rowOf = (given: Parameters<typeof run>[1], keyMetric = '') => {
    const catalog = { findRun: () => run('a', given), findExperiment: () => undefined };
    const parent = { kind: 'experiment', id: 'e', parent: undefined, experimentId: '1' } as const;
    const node = { kind: 'run', id: 'r', parent, experimentId: '1', runId: 'a' } as const;
    const see = { now: 1e12, keyMetric };
    return { row: describeNode(catalog, node, see), tip: explainNode(catalog, node, see) };
  };

  it('tells duration, age and the first metric by name that is not the machine’s', () => {
    const metrics = new Map([
      ['system/cpu', point(1)],
      ['val', point(2)],
      ['loss', point(1 / 3)],
    ]);
    const { row } = rowOf({
      startedAt: 1e12 - 3_600_000 * 3,
      endedAt: 1e12 - 3_600_000 * 3 + 72_000,
      metrics,
    });
    assert.equal(row.description, '1m 12s · 3 h ago · loss 0.333333');
    assert.equal(row.spoken, 'Run run a, finished, 1m 12s, 3 h ago, loss 0.333333');
  });

  it('tells the metric that the user chose, and none if the run lacks it', () => {
    const metrics = new Map([
      ['loss', point(1)],
      ['val', point(2)],
    ]);
    const given = { startedAt: undefined, endedAt: undefined, metrics };
    assert.equal(rowOf(given, 'val').row.description, 'val 2');
    assert.equal(rowOf(given, 'other').row.description, '');
  });

  it('shows each status, and deletion above all', () => {
    const look = (given: Parameters<typeof run>[1]) => {
      const { icon, context } = rowOf(given).row;
      return [icon?.kind === 'codicon' ? icon.id : '', context];
    };
    assert.deepEqual(look({ status: 'RUNNING' }), ['loading~spin', 'run unfinished']);
    assert.deepEqual(look({ status: 'SCHEDULED' }), ['clock', 'run unfinished']);
    assert.deepEqual(look({ status: 'FAILED' }), ['error', 'run']);
    assert.deepEqual(look({ status: 'KILLED' }), ['circle-slash', 'run']);
    assert.deepEqual(look({ status: 'UNKNOWN' }), ['question', 'run']);
    assert.deepEqual(look({ lifecycle: 'deleted' }), ['trash', 'run deleted']);
    assert.match(rowOf({ lifecycle: 'deleted' }).row.description ?? '', /^deleted/);
  });

  it('warns of a run that lies damaged in the store, and still tells what could be read', () => {
    const { row, tip } = rowOf({ problem: 'meta.yaml is cut off', startedAt: 1e12, endedAt: undefined });
    assert.equal(row.icon?.kind === 'codicon' && row.icon.id, 'warning');
    assert.equal(row.description, 'meta.yaml is cut off · just now');
    assert.match(row.spoken, /meta\.yaml is cut off/);
    assert.deepEqual(tip?.facts[0], ['Problem', 'meta.yaml is cut off']);
  });

  it('counts the time of a run that goes on', () => {
    const { row } = rowOf({ status: 'RUNNING', startedAt: 1e12 - 61_000, endedAt: undefined });
    assert.equal(row.description, '1m 1s · 1 min ago');
  });

  it('names a run without a name, or with nothing to see in it, by its id', () => {
    assert.equal(rowOf({ name: '' }).row.label, 'a');
    assert.equal(rowOf({ name: '\u200b\u202e' }).row.label, 'a');
  });

  it('says on hovering what MLflow’s own tags mean', () => {
    const { tip } = rowOf({
      tags: { 'mlflow.source.git.commit': 'a'.repeat(40), 'mlflow.note.content': '# Hi\n\n[x](command:y)' },
    });
    assert.ok(tip?.facts.some(([name, value]) => name === 'Commit' && value === 'a'.repeat(40)));
    assert.equal(tip?.text, '# Hi\n\n[x](command:y)');
  });
});

function file(path: string, size: number) {
  return { path, size, isDirectory: false };
}

function folder(path: string) {
  return { path, size: undefined, isDirectory: true };
}
