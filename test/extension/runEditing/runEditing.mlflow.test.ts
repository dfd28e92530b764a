import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDescription } from '../../../extension/editing/descriptions';
import type { Edit } from '../../../extension/editing/edit';
import { findKeyProblem } from '../../../extension/editing/limits';
import { composeTagEdits, experimentTags, runTags } from '../../../extension/editing/tagTargets';
import { markKilled } from '../../../extension/projects/markKilled';
import { composePurge, describeDeleted, requirePurgeable } from '../../../extension/runEditing/purge';
import {
  createExperiment,
  createRun,
  renameThing,
  setLifecycle,
} from '../../../extension/runEditing/runEdits';
import { readThings } from '../../../extension/runEditing/targets';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import { projectRoot } from '../../support/cache';
import { administrator, runPython, startMlflowServer, type MlflowServer } from '../../support/mlflowServer';
import { runToEnd } from '../../support/processes';
import { EditingBench } from '../editing/editingBench';

interface ListedRun {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly lifecycle: string;
  readonly tags: Readonly<Record<string, string>>;
}
interface Listed extends Omit<ListedRun, 'status'> {
  readonly runs: readonly ListedRun[];
}

const script = (name: string) => join(projectRoot(), 'test/extension/runEditing', name);

const reader = { username: 'reader', password: 'password67890' } as const;
const hostile = 'a/b:c%41 ☃ שלום \u0007\u202e"q" <b> [x](command:y)';

describe('Changing experiments and runs on a server with two users', function () {
  this.timeout(600_000);
  const never = new AbortController().signal;
  const benches: EditingBench<RestStore>[] = [];
  let server: MlflowServer;

  before(async () => {
    server = await startMlflowServer({ auth: true });
    const reply = await fetch(`${server.uri}/api/2.0/mlflow/users/create`, {
      method: 'POST',
      headers: { authorization: basic(administrator), 'content-type': 'application/json' },
      body: JSON.stringify(reader),
    });
    assert.equal(reply.status, 200);
  });
  afterEach(() => {
    for (const bench of benches.splice(0)) bench.dispose();
  });
  after(() => server.stop());

  function signIn(user: typeof administrator | typeof reader): EditingBench<RestStore> {
    const authorize = () => Promise.resolve(new Map([['authorization', basic(user)]]));
    const options = { baseUri: server.uri, authorize, timeoutMs: 60_000, log: () => undefined };
    const bench = new EditingBench(new RestStore(options));
    bench.session.catalog.view = 'all';
    benches.push(bench);
    return bench;
  }

  async function list(): Promise<readonly Listed[]> {
    const credentials = {
      MLFLOW_TRACKING_USERNAME: administrator.username,
      MLFLOW_TRACKING_PASSWORD: administrator.password,
    };
    return JSON.parse(await runPython(server, script('list_runs.py'), [], credentials)) as readonly Listed[];
  }

  /** An experiment with that many runs, as the tree would have it. */
  async function make(bench: EditingBench<RestStore>, name: string, runs: number) {
    let experimentId = '';
    const ids: string[] = [];
    await run(
      bench,
      createExperiment(name, (id) => (experimentId = id)),
    );
    await bench.session.catalog.experiments();
    for (let index = 0; index < runs; index++)
      await run(
        bench,
        createRun(experimentId, `${name} ${index}`, (id) => ids.push(id)),
      );
    await bench.session.catalog.runs(experimentId);
    return { experimentId, ids };
  }

  async function run(bench: EditingBench<RestStore>, ...edits: readonly Edit[]) {
    return await bench.editing.run(bench.session, edits[0]?.label ?? '', edits);
  }

  it('creates, renames, tags, describes, ends, deletes and restores, as MLflow’s client then sees it', async () => {
    const bench = signIn(administrator);
    const { catalog } = bench.session;
    const { experimentId, ids } = await make(bench, hostile, 3);
    const [first = '', second = '', third = ''] = ids;
    const things = async () => readThings(catalog, [{ experimentId }, ...ids.map((runId) => ({ runId }))]);

    const [, one, other, last] = await things();
    assert.ok(one && other && last?.kind === 'run');
    await run(bench, renameThing(one, `renamed ${hostile}`));
    const runs = await Promise.all(ids.map((id) => catalog.run(id)));
    await run(bench, ...composeTagEdits(runs.map(runTags), 'team: a/b', hostile));
    await run(bench, runTags(await catalog.run(first)).setTag('team: a/b', undefined));
    const experiment = catalog.findExperiment(experimentId);
    assert.ok(experiment);
    await run(bench, experimentTags(experiment).setTag('kept', 'x'.repeat(5000)));
    const note = await readDescription(bench.session, { kind: 'run', runId: first });
    await run(bench, note.edit('# Title\n\n<script>alert(1)</script>'));
    await run(
      bench,
      (await readDescription(bench.session, { kind: 'experiment', experimentId })).edit('notes'),
    );
    assert.equal(await markKilled(bench.session, bench.editing, last.run, never), true);
    await run(bench, setLifecycle(other, 'deleted'));
    assert.equal(catalog.findRun(second)?.lifecycle, 'deleted');

    assert.deepEqual(bench.errors, []);
    const found = (await list()).find(({ id }) => id === experimentId);
    assert.equal(found?.name, hostile);
    assert.equal(found.tags['kept']?.length, 5000);
    assert.equal(found.tags['mlflow.note.content'], 'notes');
    const runOf = (id: string) => found.runs.find((it) => it.id === id);
    assert.equal(runOf(first)?.name, `renamed ${hostile}`);
    assert.equal(runOf(first)?.tags['mlflow.note.content'], '# Title\n\n<script>alert(1)</script>');
    assert.equal(runOf(first)?.tags['team: a/b'], undefined);
    assert.equal(runOf(third)?.tags['team: a/b'], hostile);
    assert.deepEqual([runOf(second)?.lifecycle, runOf(third)?.status], ['deleted', 'KILLED']);
  });

  it('takes all of it back by Undo', async () => {
    const bench = signIn(administrator);
    const { catalog } = bench.session;
    const { experimentId, ids } = await make(bench, 'undone', 2);
    const [first = ''] = ids;
    const before = (await list()).find(({ id }) => id === experimentId);
    const offered = bench.offers.length;
    const [experiment, one] = await readThings(catalog, [{ experimentId }, { runId: first }]);
    assert.ok(experiment && one?.kind === 'run');
    await run(bench, renameThing(experiment, 'other'));
    await run(bench, renameThing(one, 'other'));
    await run(bench, runTags(one.run).setTag('new', 'x'));
    await run(bench, runTags(await catalog.run(first)).setTag('new', 'y'));
    const runs = await readThings(
      catalog,
      ids.map((runId) => ({ runId })),
    );
    await run(bench, ...runs.map((thing) => setLifecycle(thing, 'deleted')));
    await run(bench, setLifecycle(experiment, 'deleted'));
    for (let left = bench.offers.length - offered; left > 0; left--) await bench.editing.undo();
    assert.deepEqual(bench.errors, []);
    assert.deepEqual(
      (await list()).find(({ id }) => id === experimentId),
      before,
    );
  });

  it('takes back at once what a user lacks the permission for, with one clear error', async () => {
    const owner = signIn(administrator);
    const { experimentId, ids } = await make(owner, 'not yours', 3);
    const bench = signIn(reader);
    const { catalog } = bench.session;
    await catalog.experiments();
    await catalog.runs(experimentId);
    const [experiment, ...runs] = await readThings(catalog, [
      { experimentId },
      ...ids.map((runId) => ({ runId })),
    ]);
    assert.ok(experiment);
    const shown: (string | undefined)[] = [];
    catalog.onDidChange(() => shown.push(catalog.findExperiment(experimentId)?.name));
    await run(bench, renameThing(experiment, 'mine'));
    assert.equal(shown[0], 'mine');
    assert.equal(catalog.findExperiment(experimentId)?.name, 'not yours');
    assert.equal(bench.errors.length, 1);
    assert.match(bench.errors[0] ?? '', /does not allow this \(403\): the account lacks the permission/);
    const outcome = await run(bench, ...runs.map((thing) => setLifecycle(thing, 'deleted')));
    assert.equal(outcome.failed.length, 3);
    assert.equal(bench.errors.length, 2);
    assert.match(bench.errors[1] ?? '', /^3 of 3 changes failed\. delete run .*\(403\).* And 2 more\.$/);
    assert.deepEqual(
      (await catalog.runs(experimentId)).items.map(({ lifecycle }) => lifecycle),
      ['active', 'active', 'active'],
    );
    assert.deepEqual(bench.offers, []);
  });

  it('shows what others did meanwhile where that is why a change is refused', async () => {
    const [mine, theirs] = [signIn(administrator), signIn(administrator)];
    const { experimentId, ids } = await make(mine, 'shared', 1);
    await theirs.session.catalog.experiments();
    const targets = [{ experimentId }, { runId: ids[0] ?? '' }];
    const [, thing] = await readThings(theirs.session.catalog, targets);
    const [experiment] = await readThings(mine.session.catalog, targets);
    assert.ok(thing && experiment);
    await run(theirs, setLifecycle(thing, 'deleted'));
    await run(mine, renameThing(thing, 'too late'));
    assert.match(mine.errors.join(), /active/);
    assert.equal(mine.session.catalog.findRun(ids[0] ?? '')?.lifecycle, 'deleted');
    await make(theirs, 'taken', 0);
    await run(mine, renameThing(experiment, 'taken'));
    assert.equal(mine.errors.length, 2);
    assert.equal(mine.session.catalog.findExperiment(experimentId)?.name, 'shared');
  });

  it('deletes for good what is deleted in a store on this machine, and nothing else', async () => {
    const bench = signIn(administrator);
    const { ids } = await make(bench, 'purged', 1);
    const [thing] = await readThings(bench.session.catalog, [{ runId: ids[0] ?? '' }]);
    assert.ok(thing);
    await run(bench, setLifecycle(thing, 'deleted'));
    assert.match((await describeDeleted(bench.store, never)) ?? '', /\d runs?$/);
    assert.throws(() => requirePurgeable({ uri: server.uri }), /deletes nothing for good/);

    const folder = await mkdtemp(join(tmpdir(), 'mlflow-purged-'));
    const path = join(folder, 'mlflow.db');
    const local = { uri: `sqlite:///${path}`, python: server.python };
    try {
      const kept = (await runPython(local, script('make_deleted.py'))).trim();
      const purge = composePurge({ ...local, path, server: local.uri }, server.python, process.env);
      await runToEnd(purge.program, [...purge.args], { cwd: purge.cwd, env: purge.env });
      const listed = JSON.parse(await runPython(local, script('list_runs.py'))) as readonly Listed[];
      assert.deepEqual(
        listed.flatMap(({ name, runs }) => [name, ...runs.map(({ id }) => id)]),
        ['Default', kept],
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('refuses the keys of tags that MLflow refuses, and no others', async () => {
    const bench = signIn(administrator);
    const { ids } = await make(bench, 'keys', 1);
    const editor = await bench.store.editor('runs');
    const keys = [
      'a',
      'a/b',
      'a:b',
      'a b',
      'ä.ñ-1',
      '数',
      'a.',
      'a//b',
      '/a',
      'a/',
      '.',
      '..a',
      'a/../b',
      'a/.b',
    ];
    keys.push('%', 'a,b', 'a\u0301', '☃', 'x'.repeat(250), 'x'.repeat(251), '__proto__', './a');
    for (const key of keys) {
      const refusal = await editor.setRunTag(ids[0] ?? '', key, 'v', never).then(
        () => undefined,
        (error: unknown) => String(error),
      );
      assert.equal(findKeyProblem(key) === undefined, refusal === undefined, `${key}: ${String(refusal)}`);
    }
  });
});

function basic({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
