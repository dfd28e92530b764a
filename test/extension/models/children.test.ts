import assert from 'node:assert/strict';
import { Catalog } from '../../../extension/catalog/catalog';
import { listChildren } from '../../../extension/models/children';
import type { ModelsNode } from '../../../extension/models/nodes';
import { describeNode, explainNode } from '../../../extension/models/rows';
import { model, run, version } from '../catalog/fixtures';
import { MemoryStore } from '../catalog/memoryStore';

function setUp(pageSize = 100) {
  const store = new MemoryStore();
  const catalog = new Catalog(store, pageSize);
  const row = (node: ModelsNode) => describeNode(catalog, node, 1e12);
  const openPath = async (...path: readonly string[]) => {
    let nodes = await listChildren(catalog, undefined);
    for (const label of path) {
      const node = nodes.find((candidate) => row(candidate).label === label);
      assert.ok(node, `${label} among ${nodes.map((other) => row(other).label).join(', ')}`);
      nodes = await listChildren(catalog, node);
    }
    return nodes;
  };
  const shown = async (...path: readonly string[]) =>
    (await openPath(...path)).map((node) => `${row(node).label}: ${row(node).description ?? ''}`);
  return { store, catalog, row, openPath, shown };
}

const mlmodel = `
flavors: {python_function: {loader_module: mlflow.sklearn}}
signature:
  inputs: '[{"type": "double", "name": "x", "required": false}, {"type": "string", "name": "x"}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 2]}}]'
  params: '[{"name": "t", "type": "double", "default": 0.5, "shape": null}]'
`;

describe('The rows of the Registered Models view', () => {
  it('list models with their newest version and aliases', async () => {
    const { store, shown } = setUp();
    store.models = [
      model('a', {
        latestVersions: [version('a', '9'), version('a', '12')],
        aliases: [{ alias: 'champion', version: '9' }],
      }),
      model('b <b>\u202e'),
    ];
    assert.deepEqual(await shown(), ['a: v12 · @champion → 9', 'b <b>: ']);
  });

  it('list versions newest first with aliases, stage, status and age, by one call', async () => {
    const { store, row, openPath, shown } = setUp();
    store.models = [
      model('a', {
        aliases: [
          { alias: 'x', version: '2' },
          { alias: 'y', version: '2' },
        ],
      }),
    ];
    store.versions = [
      version('a', '3', { status: 'FAILED_REGISTRATION', createdAt: undefined }),
      version('a', '2', { stage: 'Production', createdAt: 1e12 - 3_600_000, runId: 'r' }),
      version('a', '1', { stage: 'None', createdAt: undefined }),
    ];
    assert.deepEqual(await shown('a'), [
      'Version 3: failed',
      'Version 2: @x, @y · Production · 1 h ago',
      'Version 1: ',
    ]);
    assert.deepEqual(
      (await openPath('a')).map((node) => row(node).context),
      ['version hasStage', 'version hasRun hasStage hasAlias', 'version hasStage'],
    );
    assert.equal(store.count('searchModelVersions'), 1);
    assert.equal(store.count('getRegisteredModel'), 0);
  });

  it('show where a version comes from, what it is and its tags', async () => {
    const { store, catalog, openPath, shown } = setUp();
    store.models = [model('a')];
    store.runs = [run('r', { name: 'the run' })];
    store.versions = [
      version('a', '1', {
        runId: 'r',
        description: 'first\nsecond',
        source: 'models:/m-1',
        tags: new Map([
          ['k', 'v'],
          ['mlflow.x', 'y'],
        ]),
      }),
    ];
    await catalog.run('r');
    assert.deepEqual(await shown('a', 'Version 1'), [
      'Source run: the run',
      'Description: first',
      'Source: models:/m-1',
      'Tags: 1',
      'Signature: ',
    ]);
    assert.deepEqual(await shown('a', 'Version 1', 'Tags'), ['k: v']);
    const [sourceRun] = await openPath('a', 'Version 1');
    assert.equal(sourceRun?.kind === 'field' && sourceRun.opens, 'r');
  });

  it('read a signature when it is opened, once', async () => {
    const { store, shown } = setUp();
    store.models = [model('a')];
    store.versions = [version('a', '1')];
    store.files.set('a/1', mlmodel);
    assert.deepEqual(await shown('a', 'Version 1', 'Signature'), [
      'Inputs: 2',
      'Outputs: 1',
      'Parameters: 1',
    ]);
    assert.deepEqual(await shown('a', 'Version 1', 'Signature', 'Inputs'), [
      'x: double, optional',
      'x: string',
    ]);
    assert.deepEqual(await shown('a', 'Version 1', 'Signature', 'Outputs'), ['0: tensor float32 (-1, 2)']);
    assert.deepEqual(await shown('a', 'Version 1', 'Signature', 'Parameters'), ['t: double = 0.5']);
    assert.equal(store.count('readModelVersionFile'), 1);
  });

  it('say so where there is no signature, no file or nothing readable', async () => {
    const { store, shown } = setUp();
    store.models = [model('a')];
    store.versions = [version('a', '3'), version('a', '2'), version('a', '1')];
    store.files.set('a/1', 'flavors: {}');
    store.files.set('a/2', 'signature: {inputs: "[{"}');
    assert.deepEqual(await shown('a', 'Version 1', 'Signature'), ['No signature: ']);
    await assert.rejects(shown('a', 'Version 2', 'Signature'), /inputs are not readable JSON/);
    assert.deepEqual(await shown('a', 'Version 3', 'Signature'), ['No MLmodel file: ']);
  });

  it('keep what was there when the versions cannot be read again, and offer more', async () => {
    const { store, catalog, shown } = setUp(1);
    store.models = [model('a'), model('b')];
    store.versions = [version('a', '2'), version('a', '1')];
    assert.deepEqual(await shown(), ['a: ', 'Load more models…: ']);
    const [newest] = await shown('a');
    store.fail('searchModelVersions');
    await catalog.refresh({ kind: 'versions', modelName: 'a' });
    assert.deepEqual(await shown('a'), ['Nobody answers.: Retry', newest, 'Load more versions…: ']);
    store.versions = [];
    assert.deepEqual((await setUp().openPath()).length, 0);
  });

  it('tell a model’s description, aliases and tags on hovering, as text', async () => {
    const { store, catalog, openPath } = setUp();
    store.models = [model('a', { description: '[x](command:y)', tags: new Map([['k', '<b>']]) })];
    const [node] = await openPath();
    const tip = explainNode(catalog, node!);
    assert.equal(tip?.text, '[x](command:y)');
    assert.ok(tip.facts.some(([name, value]) => name === 'k' && value === '<b>'));
  });
});
