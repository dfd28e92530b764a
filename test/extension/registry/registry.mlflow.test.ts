import { deepEqual, equal, match } from 'node:assert/strict';
import {
  createModel,
  deleteModel,
  deleteVersion,
  type Registration,
  registerVersion,
  renameModel,
} from '../../../extension/registry/modelEdits';
import { resolveSource } from '../../../extension/registry/modelSource';
import {
  moveAlias,
  moveAllToStages,
  moveToStage,
  type MoveRecord,
} from '../../../extension/registry/moveEdits';
import type { Move } from '../../../extension/ui/reviews';
import { readDescription } from '../../../extension/editing/descriptions';
import { modelTags, versionTags } from '../../../extension/editing/tagTargets';
import { listRollbacks } from '../../../extension/registry/listRollbacks';
import { findAliasProblem, findModelNameProblem } from '../../../extension/registry/registryNames';
import { readText } from '../../../extension/runDiff/documentText';
import { administrator, type MlflowServer, startMlflowServer } from '../../support/mlflowServer';
import { PythonClient, RegistryBench } from './registryBench';

function record(move: Move, onRefused = throwIt): MoveRecord {
  const review = { by: 'ada', at: '2026-03-02T09:00:00.000Z', note: 'Better on March’s data', move };
  return { review, onRefused };
}

function throwIt(cause: Error): void {
  throw cause;
}

describe('The registry of a server, edited, as MLflow’s own client has it then', function () {
  this.timeout(300_000);
  let server: MlflowServer;
  let python: PythonClient;
  let ada: RegistryBench;
  let reader: RegistryBench;
  let made: { readonly runId: string; readonly modelId: string };

  const shown = (name: string) => python.show(name);
  const store = () => ada.session.store;
  const undo = () => ada.editing.undo();

  async function register(given: Partial<Registration> = {}): Promise<string> {
    let number = '';
    const uri = given.source ?? `runs:/${made.runId}/model`;
    const source = await resolveSource(ada.session.catalog, uri);
    const registration = { name: 'churn', isNew: false, ...given, ...source };
    await ada.edit(registerVersion(store(), registration, (version) => (number = version)));
    return number;
  }

  async function seen() {
    const { catalog } = ada.session;
    const { items } = await catalog.versions('churn');
    return items.map(({ version, aliases, stage }) => [version, ...aliases, stage].join(' '));
  }

  before(async () => {
    server = await startMlflowServer({ auth: true });
    python = new PythonClient(server);
    made = (await python.ask('make')) as typeof made;
    await python.ask('user', 'reader', 'reader password 1');
    ada = new RegistryBench(server, administrator.username, administrator.password);
    reader = new RegistryBench(server, 'reader', 'reader password 1');
  });
  after(async () => {
    ada.dispose();
    reader.dispose();
    python.dispose();
    await server.stop();
  });
  afterEach(() => {
    deepEqual(ada.errors.splice(0), []);
  });

  it('has a model from a run’s artifacts, then one that was logged, then a copy', async () => {
    equal(await register({ isNew: true }), '1');
    equal(await register({ source: `models:/${made.modelId}` }), '2');
    const copied = { name: 'copies', isNew: true, source: 'models:/churn/1', description: 'From churn' };
    equal(await register({ ...copied, tags: new Map([['team', 'growth']]) }), '1');
    const { versions } = (await shown('churn')) ?? {};
    equal(versions?.['1']?.runId, made.runId);
    match(versions['1'].source, new RegExp(`${made.runId}/artifacts/model$`));
    equal(versions['2']?.source, `models:/${made.modelId}`);
    const copy = (await shown('copies'))?.versions['1'];
    deepEqual(
      [copy?.source, copy?.description, copy?.tags, copy?.runId],
      ['models:/churn/1', 'From churn', { team: 'growth' }, made.runId],
    );
  });

  it('tells versions apart by what they take, in their order or whatever that is, and by what they require', async () => {
    const { catalog } = ada.session;
    const subject = { connectionUri: server.uri, modelName: 'churn' };
    const columns = async (version: string, isSorted: boolean) =>
      (await readText(catalog, { kind: 'signature', ...subject, version, isSorted })).split('\n').slice(2, 4);
    const requirements = (version: string) =>
      readText(catalog, { kind: 'version', ...subject, version, file: 'requirements.txt' });
    for (const version of ['1', '2']) {
      const names = (await columns(version, false)).map((line) => line.replace(/: .*/, ''));
      deepEqual(names, await python.ask('inputs', 'churn', version));
    }
    deepEqual(await columns('1', true), await columns('2', true));
    deepEqual(await columns('1', false), (await columns('2', false)).toReversed());
    deepEqual(
      [await requirements('1'), await requirements('2')],
      ['scikit-learn==1.5.2\n', 'scikit-learn==1.6.0\n'],
    );
  });

  it('takes nothing of a new model where its version is refused', async () => {
    const bad = { name: 'half', isNew: true, source: 'runs:/nowhere/model' };
    await ada.edit(registerVersion(store(), bad, () => undefined));
    match(ada.errors.splice(0).join(), /nowhere/);
    equal(await shown('half'), undefined);
  });

  it('creates, renames and deletes a model; each but deleting is taken back', async () => {
    for (const name of ["odd % name, ünï “q” 's"]) {
      await ada.edit(createModel(store(), name));
      await ada.edit(renameModel(name, `${name} 2`));
      deepEqual((await shown(`${name} 2`))?.versions, {});
      await undo();
      deepEqual([await shown(`${name} 2`), (await shown(name))?.versions], [undefined, {}]);
      await ada.edit(deleteModel(name));
      equal(await shown(name), undefined);
    }
  });

  it('does not take a created model back once somebody has put a version into it', async () => {
    await ada.edit(createModel(store(), 'shared'));
    const uri = `models:/${made.modelId}`;
    const other = new RegistryBench(server, administrator.username, administrator.password);
    const source = await resolveSource(other.session.catalog, uri);
    await other.edit(
      registerVersion(other.session.store, { name: 'shared', isNew: false, ...source }, () => undefined),
    );
    other.dispose();
    await undo();
    match(ada.errors.splice(0).join(), /has versions by now/);
    deepEqual(Object.keys((await shown('shared'))?.versions ?? {}), ['1']);
  });

  it('moves an alias with a review, tells who had it before, and takes both back', async () => {
    const name = 'churn';
    await ada.edit(moveAlias(store(), { name, alias: 'champion', before: undefined, to: '1' }));
    const move = { name, alias: 'champion', before: '1', to: '2' };
    await ada.edit(moveAlias(store(), move, record({ kind: 'alias', alias: 'champion', before: '1' })));
    const after = await shown(name);
    deepEqual(after?.aliases, { champion: '2' });
    deepEqual(after.versions['2']?.reviews, [
      {
        by: 'ada',
        at: '2026-03-02T09:00:00.000Z',
        note: 'Better on March’s data',
        kind: 'alias',
        alias: 'champion',
        before: '1',
      },
    ]);
    deepEqual(await seen(), ['2 champion None', '1 None']);
    const { items } = await ada.session.catalog.versions(name);
    const [rollback] = listRollbacks([{ alias: 'champion', version: '2' }], items);
    equal(rollback?.to, '1');
    await undo();
    const back = await shown(name);
    deepEqual([back?.aliases, back?.versions['2']?.reviews], [{ champion: '1' }, []]);
  });

  it('moves an alias though the registry refuses the tag that tells of it, and says so', async () => {
    const move = { name: 'churn', alias: 'champion', before: '1', to: '2' };
    const refused: string[] = [];
    const { review } = record({ kind: 'alias', alias: 'champion', before: '1' });
    // More than MLflow takes as the value of a tag.
    const long = { ...review, note: 'x'.repeat(200_000) };
    await ada.edit(
      moveAlias(store(), move, { review: long, onRefused: ({ message }) => refused.push(message) }),
    );
    equal(refused.length, 1);
    const after = await shown('churn');
    deepEqual([after?.aliases, after?.versions['2']?.reviews], [{ champion: '2' }, []]);
    await undo();
    deepEqual((await shown('churn'))?.aliases, { champion: '1' });
  });

  it('moves no alias that somebody else has moved meanwhile, and shows where it is', async () => {
    await ada.session.catalog.versions('churn');
    await python.ask('move', 'churn', 'champion', '2');
    await ada.edit(moveAlias(store(), { name: 'churn', alias: 'champion', before: '1', to: undefined }));
    match(ada.errors.splice(0).join(), /points at version 2 by now/);
    deepEqual(await seen(), ['2 champion None', '1 None']);
  });

  it('moves a version to a stage with its review and archives the other, and takes that back', async () => {
    const { items } = await ada.session.catalog.versions('churn');
    const [two, one] = items;
    if (!one || !two) throw new Error('two versions');
    await ada.edit(moveToStage(one, 'Production'));
    const move = {
      kind: 'stage',
      stage: 'Production',
      before: 'None',
      others: ['1'],
      archived: true,
    } as const;
    await ada.edit(moveToStage(two, 'Production', [{ ...one, stage: 'Production' }], record(move)));
    const stages = async () =>
      Object.values((await shown('churn'))?.versions ?? {}).map(({ stage }) => stage);
    deepEqual((await stages()).sort(), ['Archived', 'Production']);
    deepEqual(await seen(), ['2 champion Production', '1 Archived']);
    const back = [
      { version: '1', from: 'Archived', to: 'Production' },
      { version: '2', from: 'Production', to: 'None' },
    ];
    await ada.edit(moveAllToStages('churn', back));
    deepEqual(await seen(), ['2 champion None', '1 Production']);
    await undo();
    await undo();
    deepEqual(await seen(), ['2 champion None', '1 Production']);
    await undo();
    deepEqual((await stages()).sort(), ['None', 'None']);
  });

  it('moves nothing to a stage where a later one of several moves is refused', async () => {
    const moves = [
      { version: '1', from: 'None', to: 'Staging' },
      { version: '9', from: 'Staging', to: 'None' },
    ];
    const move = { kind: 'stage', stage: 'Staging', before: 'None', others: [], archived: false } as const;
    await ada.edit(moveAllToStages('churn', moves, record(move)));
    match(ada.errors.splice(0).join(), /not found/i);
    const one = (await shown('churn'))?.versions['1'];
    deepEqual([one?.stage, one?.reviews], ['None', []]);
  });

  it('reads a version beyond the loaded pages', async () => {
    const { catalog } = ada.session;
    for (let count = 0; count < 3; count++) await register({ name: 'long', isNew: count === 0 });
    const narrow = new RegistryBench(server, administrator.username, administrator.password, 1);
    equal((await narrow.session.catalog.versions('long')).items.length, 1);
    const { version, runId } = await narrow.session.catalog.version('long', '1');
    deepEqual([version, runId], ['1', made.runId]);
    deepEqual((await catalog.allVersions('long')).length, 3);
    narrow.dispose();
  });

  it('tags and describes a model and a version, and takes that back', async () => {
    const name = 'copies';
    const { catalog } = ada.session;
    await catalog.models();
    const [version] = (await catalog.versions(name)).items;
    const model = await store().getRegisteredModel(name, new AbortController().signal);
    if (!version) throw new Error('a version');
    await ada.edit(modelTags(model).setTag('team: a/b', 'ünï\n☃'));
    await ada.edit(versionTags(version).setTag('team', undefined));
    const subjects = [
      { kind: 'model', modelName: name },
      { kind: 'version', modelName: name, version: '1' },
    ] as const;
    for (const subject of subjects)
      await ada.edit((await readDescription(ada.session, subject)).edit('# <b>Title</b>'));
    const after = await shown(name);
    deepEqual([after?.tags, after?.description], [{ 'team: a/b': 'ünï\n☃' }, '# <b>Title</b>']);
    deepEqual([after?.versions['1']?.tags, after?.versions['1']?.description], [{}, '# <b>Title</b>']);
    for (let left = 4; left > 0; left--) await undo();
    const back = await shown(name);
    deepEqual([back?.tags, back?.description], [{}, '']);
    deepEqual(
      [back?.versions['1']?.tags, back?.versions['1']?.description],
      [{ team: 'growth' }, 'From churn'],
    );
  });

  it('refuses names and aliases that MLflow refuses, and no others', async () => {
    const never = new AbortController().signal;
    const editor = await store().editor?.('registry', never);
    if (!editor) throw new Error('an editor');
    const refuses = (asked: Promise<void>) =>
      asked.then(
        () => false,
        () => true,
      );
    for (const name of ['a/b', 'a:b', 'a%2Fb', 'ünï ☃', '..', 'x'.repeat(256), '']) {
      const isRefused = await refuses(editor.createModel(name, never));
      equal(findModelNameProblem(name) !== undefined, isRefused, name);
    }
    for (const alias of [
      'a/b',
      'a:b',
      'a%2Fb',
      'ünï',
      '☃',
      'a b',
      'latest',
      'v1',
      'x'.repeat(255),
      'a\u0007',
    ]) {
      const isRefused = await refuses(editor.setAlias('churn', alias, '1', never));
      equal(findAliasProblem(alias) !== undefined, isRefused, alias);
      if (!isRefused) await editor.deleteAlias('churn', alias, never);
    }
    // It takes such names, which no URI could tell apart from others.
    equal(await refuses(editor.createModel('line\nbreak', never)), false);
    equal(findModelNameProblem('line\nbreak') === undefined, false);
    await editor.deleteModel('line\nbreak', never);
  });

  it('leaves all as it is for whoever lacks the permission, and says so once', async () => {
    await reader.session.catalog.versions('churn');
    const move = { kind: 'alias', alias: 'mine', before: undefined } as const;
    await reader.edit(
      moveAlias(
        reader.session.store,
        { name: 'churn', alias: 'mine', before: undefined, to: '1' },
        record(move),
      ),
    );
    await reader.edit(deleteVersion('churn', '1'));
    equal(reader.errors.length, 2);
    for (const error of reader.errors) match(error, /does not allow this \(403\)/);
    deepEqual((await reader.session.catalog.versions('churn')).items.length, 2);
    const after = await shown('churn');
    deepEqual([after?.aliases, after?.versions['1']?.reviews], [{ champion: '2' }, []]);
  });

  it('tells of a version that was deleted meanwhile, and no longer shows it', async () => {
    await ada.session.catalog.versions('churn');
    await python.ask('delete', 'churn', '1');
    await ada.edit(moveAlias(store(), { name: 'churn', alias: 'late', before: undefined, to: '1' }));
    match(ada.errors.splice(0).join(), /not found/i);
    deepEqual(await seen(), ['2 champion None']);
    await ada.edit(deleteVersion('churn', '2'));
    deepEqual((await shown('churn'))?.versions, {});
    deepEqual(await seen(), []);
  });
});
