import assert from 'node:assert/strict';
import type { Edit } from '../../../extension/editing/edit';
import { experimentTags, runTags } from '../../../extension/editing/tagTargets';
import { TrackingError } from '../../../extension/tracking/errors';
import { experiment, model, run, version } from '../catalog/fixtures';
import { EditableStore, EditingBench } from './editingBench';

function rename(id: string, name: string, before = `run ${id}`): Edit {
  return {
    part: 'runs',
    label: `rename “${before}” to “${name}”`,
    apply: (editor, signal) => editor.renameRun(id, name, signal),
    changes: [{ kind: 'runs', experimentId: '1' }],
    preview: { kind: 'run', id, change: (it) => ({ ...it, name }) },
    inverse: () => rename(id, before, name),
  };
}

function remove(id: string): Edit {
  return {
    part: 'runs',
    label: `delete ${id}`,
    apply: (editor, signal) => editor.deleteRun(id, signal),
    changes: [{ kind: 'runs', experimentId: '1' }],
    preview: { kind: 'run', id, change: (it) => ({ ...it, lifecycle: 'deleted' }) },
    inverse: () => restore(id),
  };
}

function restore(id: string): Edit {
  return {
    part: 'runs',
    label: `restore ${id}`,
    apply: (editor, signal) => editor.restoreRun(id, signal),
    changes: [{ kind: 'runs', experimentId: '1' }],
  };
}

async function setUp(ids: readonly string[] = ['a', 'b', 'c']) {
  const bench = new EditingBench(new EditableStore());
  bench.store.runs = ids.map((id, index) => run(id, { startedAt: 100 - index }));
  const { catalog } = bench.session;
  await catalog.runs('1');
  bench.store.forgetCalls();
  const names = async () => (await catalog.runs('1')).items.map(({ name }) => name);
  return { bench, catalog, names };
}

describe('Editing', () => {
  it('shows an edit at once, and then what the store has', async () => {
    const { bench, catalog, names } = await setUp();
    let open = (): void => undefined;
    bench.store.beforeChange = () => new Promise((resolve) => (open = resolve));
    const done = bench.editing.run(bench.session, 'rename', [rename('a', 'new')]);
    assert.deepEqual(await names(), ['new', 'run b', 'run c']);
    assert.equal(catalog.findRun('a')?.name, 'new');
    assert.deepEqual(bench.scopes, [{ kind: 'runs', experimentId: '1', runIds: ['a'] }]);
    open();
    const outcome = await done;
    assert.equal(outcome.done.length, 1);
    assert.deepEqual(await names(), ['new', 'run b', 'run c']);
    assert.equal(bench.store.count('searchRuns'), 1);
    assert.deepEqual(bench.errors, []);
  });

  it('takes back what the store refuses, and tells why in one message', async () => {
    const { bench, names } = await setUp();
    bench.store.refuse('a');
    await bench.editing.run(bench.session, 'rename', [rename('a', 'new')]);
    assert.deepEqual(await names(), ['run a', 'run b', 'run c']);
    assert.deepEqual(bench.errors, ['The account lacks the permission.']);
    assert.deepEqual(bench.offers, []);
  });

  it('shows what the store made of it', async () => {
    const { bench, names } = await setUp();
    const edit: Edit = {
      part: 'runs',
      label: 'rename',
      apply: (editor, signal) => editor.renameRun('a', 'kept', signal),
      changes: [{ kind: 'runs', experimentId: '1' }],
      preview: { kind: 'run', id: 'a', change: (it) => ({ ...it, name: 'shown' }) },
    };
    await bench.editing.run(bench.session, 'rename', [edit]);
    assert.deepEqual((await names())[0], 'kept');
  });

  it('reads anew even where a reading is under way that began before', async () => {
    const { bench, catalog, names } = await setUp();
    const open = bench.store.hold();
    const stale = catalog.refresh({ kind: 'runs', experimentId: '1' });
    const edits = bench.editing.run(bench.session, 'rename', [rename('a', 'new')]);
    open();
    await Promise.all([stale, edits]);
    assert.equal((await names())[0], 'new');
    assert.equal(bench.store.count('searchRuns'), 2);
  });

  it('takes deleted runs out of the list at once, and Undo brings all of them back together', async () => {
    const { bench, names } = await setUp();
    const done = bench.editing.run(bench.session, 'delete 2 runs', [remove('a'), remove('b')], {
      isLoud: true,
    });
    assert.deepEqual(await names(), ['run c']);
    await done;
    assert.deepEqual(await names(), ['run c']);
    assert.deepEqual(
      bench.offers.map(({ label, isLoud }) => [label, isLoud]),
      [['delete 2 runs', true]],
    );
    await bench.editing.undo();
    assert.deepEqual(await names(), ['run a', 'run b', 'run c']);
    assert.deepEqual(bench.undone, ['delete 2 runs']);
    await assert.rejects(bench.editing.undo(), /no change to undo/);
  });

  it('undoes the change that is shown, also while the store is still at it', async () => {
    const { bench, names } = await setUp();
    await bench.editing.run(bench.session, 'rename', [rename('a', 'new')]);
    let open = (): void => undefined;
    bench.store.beforeChange = () => new Promise((resolve) => (open = resolve));
    const deleted = bench.editing.run(bench.session, 'delete', [remove('b')]);
    const undone = bench.editing.undo();
    assert.deepEqual(await names(), ['new', 'run c']);
    bench.store.beforeChange = () => Promise.resolve();
    open();
    await Promise.all([deleted, undone]);
    assert.deepEqual(bench.undone, ['delete b']);
    assert.deepEqual(await names(), ['new', 'run b', 'run c']);
  });

  it('undoes the change that was offered, not one that came later', async () => {
    const { bench, names } = await setUp();
    await bench.editing.run(bench.session, 'rename', [rename('a', 'A')]);
    await bench.editing.run(bench.session, 'rename', [rename('b', 'B')]);
    await bench.offers[0]?.undo();
    assert.deepEqual(await names(), ['run a', 'B', 'run c']);
    await bench.editing.undo();
    assert.deepEqual(await names(), ['run a', 'run b', 'run c']);
  });

  it('does the others where one fails, and names the first causes', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `r${index}`);
    const { bench } = await setUp(ids);
    for (const id of ids.slice(2)) bench.store.refuse(id, new TrackingError('rejected', `${id} is odd`));
    const outcome = await bench.editing.run(
      bench.session,
      'rename all',
      ids.map((id) => rename(id, `${id}!`)),
    );
    assert.deepEqual([outcome.done.length, outcome.failed.length, outcome.left.length], [2, 18, 0]);
    assert.equal(bench.errors.length, 1);
    const [message = ''] = bench.errors;
    assert.match(message, /^18 of 20 changes failed\. rename “run r2” to “r2!”: r2 is odd\./);
    assert.match(message, /r4 is odd\. And 15 more\.$/);
    assert.equal(bench.logged.length, 18);
    assert.equal(bench.store.runs.filter(({ name }) => name.endsWith('!')).length, 2);
  });

  it('does not ask a store that is gone for all the rest', async () => {
    const { bench, names } = await setUp();
    bench.store.refuse('a', new TrackingError('refused', 'Nobody answers.'));
    const outcome = await bench.editing.run(bench.session, 'delete', [remove('a'), remove('b'), remove('c')]);
    assert.deepEqual([outcome.failed.length, outcome.left.length], [1, 2]);
    assert.match(bench.errors[0] ?? '', /Nobody answers\. 2 more were not tried\./);
    assert.deepEqual(await names(), ['run a', 'run b', 'run c']);
  });

  it('stops where the user cancels, and can take back what was done', async () => {
    const { bench, names } = await setUp();
    let count = 0;
    bench.store.beforeChange = () => {
      if (++count === 2) bench.cancel.abort();
      return Promise.resolve();
    };
    const outcome = await bench.editing.run(bench.session, 'delete', [remove('a'), remove('b'), remove('c')]);
    assert.deepEqual([outcome.done.length, outcome.left.length], [1, 2]);
    assert.deepEqual(await names(), ['run b', 'run c']);
    assert.deepEqual(bench.errors, []);
    assert.equal(bench.offers.length, 1);
  });

  it('changes the same thing by one edit at a time, in their order', async () => {
    const { bench, names } = await setUp();
    let atOnce = 0;
    bench.store.beforeChange = async () => {
      assert.equal(++atOnce, 1);
      await new Promise(setImmediate);
      atOnce--;
    };
    const first = bench.editing.run(bench.session, 'rename', [rename('a', 'one')]);
    const second = bench.editing.run(bench.session, 'rename', [rename('a', 'two', 'one')]);
    assert.equal((await names())[0], 'two');
    await Promise.all([first, second]);
    assert.equal((await names())[0], 'two');
    assert.equal(bench.store.runs.find(({ id }) => id === 'a')?.name, 'two');
  });

  it('changes nothing where the user went elsewhere meanwhile', async () => {
    const { bench, names } = await setUp();
    bench.state = { kind: 'none' };
    await assert.rejects(
      bench.editing.run(bench.session, 'rename', [rename('a', 'new')]),
      /Another connection/,
    );
    assert.deepEqual(await names(), ['run a', 'run b', 'run c']);
    assert.equal(bench.store.runs[0]?.name, 'run a');
  });

  it('shows nothing before the way to change the store is opened, since that may be a question', async () => {
    const { bench } = await setUp();
    const { catalog } = bench.session;
    bench.store.models = [model('m')];
    await catalog.models();
    const edit: Edit = {
      part: 'registry',
      label: 'delete m',
      apply: (editor, signal) => editor.deleteModel('m', signal),
      changes: [{ kind: 'models' }],
      preview: { kind: 'model', name: 'm', change: () => undefined },
    };
    await assert.rejects(bench.editing.run(bench.session, 'delete m', [edit]), /only read/);
    assert.deepEqual(bench.scopes, []);
    assert.equal((await catalog.models()).items.length, 1);
  });
});

describe('Previews of a catalog', () => {
  it('move an alias from one version to another', async () => {
    const { bench, catalog } = await setUp();
    bench.store.models = [model('m', { aliases: [{ alias: 'best', version: '1' }] })];
    bench.store.versions = [version('m', '2'), version('m', '1')];
    const aliases = async () => (await catalog.versions('m')).items.map((one) => one.aliases);
    assert.deepEqual(await aliases(), [[], ['best']]);
    const preview = {
      kind: 'model',
      name: 'm',
      change: (it: ReturnType<typeof model>) => ({ ...it, aliases: [{ alias: 'best', version: '2' }] }),
    } as const;
    catalog.lay([preview]);
    assert.deepEqual(await aliases(), [['best'], []]);
    catalog.lift([preview]);
    assert.deepEqual(await aliases(), [[], ['best']]);
  });

  it('archive all other versions of a model by one preview', async () => {
    const { bench, catalog } = await setUp();
    bench.store.versions = ['3', '2', '1'].map((one) => version('m', one, { stage: 'Staging' }));
    catalog.lay([
      {
        kind: 'version',
        name: 'm',
        change: (it) => ({ ...it, stage: it.version === '2' ? 'Production' : 'Archived' }),
      },
    ]);
    const stages = (await catalog.versions('m')).items.map(({ stage }) => stage);
    assert.deepEqual(stages, ['Archived', 'Production', 'Archived']);
    assert.equal(catalog.findVersion('m', '1')?.stage, 'Archived');
  });

  it('fire once for many runs of an experiment', async () => {
    const { bench, catalog } = await setUp();
    const previews = ['a', 'b'].map(
      (id) => ({ kind: 'run', id, change: (it: ReturnType<typeof run>) => ({ ...it, name: 'x' }) }) as const,
    );
    catalog.lay(previews);
    assert.deepEqual(bench.scopes, [{ kind: 'runs', experimentId: '1', runIds: ['a', 'b'] }]);
    catalog.lift(previews);
    catalog.lift(previews);
    assert.equal(bench.scopes.length, 2);
  });
});

describe('Tags of things', () => {
  it('are set and taken away, and Undo gives the value back that they had', async () => {
    const { bench, catalog } = await setUp();
    bench.store.runs = [run('a', { tags: { team: 'x' } })];
    await catalog.refresh({ kind: 'runs', experimentId: '1' });
    const target = async () => runTags(await catalog.run('a'));
    const change = async (key: string, value: string | undefined) =>
      bench.editing.run(bench.session, 'tags', [(await target()).setTag(key, value)]);
    await change('team', 'y');
    await change('new', '');
    await change('team', undefined);
    assert.deepEqual([...(await target()).tags], [['new', '']]);
    assert.deepEqual(
      bench.offers.map(({ label }) => label),
      [
        'change tag “team” of run “run a”',
        'add tag “new” of run “run a”',
        'delete tag “team” of run “run a”',
      ],
    );
    for (let left = 3; left > 0; left--) await bench.editing.undo();
    assert.deepEqual([...(await target()).tags], [['team', 'x']]);
  });

  it('say whose they are in one safe line', () => {
    const name = 'a\n\u202eb [x](command:y)';
    assert.equal(experimentTags(experiment('1', { name })).name, 'experiment “a⏎b [x](command:y)”');
  });
});
