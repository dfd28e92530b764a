import { deepEqual, equal } from 'node:assert/strict';
import { Catalog } from '../../../extension/catalog/catalog';
import { composeModel } from '../../../extension/modelPreview/composeModel';
import { readModel, type ReadModel } from '../../../extension/modelPreview/readModel';
import { findOrigin } from '../../../extension/modelPreview/storedFiles';
import { sourceOf, type StoredSubject } from '../../../extension/modelPreview/storedModels';
import type { ModelPreview } from '../../../webviews/protocol/modelPreview';
import { loggedModel, version } from '../catalog/fixtures';
import { MemoryStore } from '../catalog/memoryStore';

const id = `m-${'7'.repeat(32)}`;
const mlmodel = 'flavors: {sklearn: {pickled_model: model.pkl, code: code}}\n';

function storeWithModel(): MemoryStore {
  const store = new MemoryStore();
  const made = '[{"name": "churn", "version": 3}, {"name": "churn", "version": "3"}, {"name": 1}, 7]';
  const tags = new Map([
    ['mlflow.modelVersions', made],
    ['stage', 'shadow'],
  ]);
  const more = {
    modelType: 'sklearn',
    status: 'PENDING',
    sourceRunId: 'r',
    params: new Map([['depth', '3']]),
  };
  store.loggedModels = [loggedModel(id, { name: 'churn', tags, ...more })];
  store.loggedFiles = new Map([
    [`${id}/MLmodel`, mlmodel],
    [`${id}/model.pkl`, 'x'.repeat(41)],
  ]);
  store.files.set('churn/3', mlmodel);
  return store;
}

async function previewOf(store: MemoryStore, subject: StoredSubject): Promise<ModelPreview> {
  const catalog = new Catalog(store, 100);
  const { files, about } = await sourceOf(subject).find(catalog);
  let last: ReadModel | undefined;
  await readModel(files, (read) => (last = read));
  catalog.dispose();
  if (!last) throw new Error('nothing was read');
  return composeModel(last, about);
}

function filesIn({ files }: ModelPreview): readonly unknown[] {
  const named = files.filter(({ role }) => role.startsWith('sklearn'));
  return named.map(({ name, state, size }) => [name, state, size]);
}

describe('The preview of a model in a store', () => {
  it('shows a logged model with what it was made with, its versions and its files', async () => {
    const subject = { kind: 'loggedModel', connectionUri: 'x:', modelId: id } as const;
    const preview = await previewOf(storeWithModel(), subject);
    equal(preview.name, 'churn');
    equal(preview.uri, `models:/${id}`);
    deepEqual(preview.logged, { status: 'PENDING', modelType: 'sklearn' });
    deepEqual(preview.loggedParams, [{ key: 'depth', value: '3' }]);
    deepEqual(preview.tags, [{ key: 'stage', value: 'shadow' }]);
    deepEqual(preview.facts.registered, [{ modelName: 'churn', version: '3', aliases: [], stage: '' }]);
    deepEqual(filesIn(preview), [
      ['model.pkl', 'there', 41],
      ['code', 'missing', undefined],
    ]);
  });

  it('tells what lies in a version by what that was made of, and where nobody lists it, that', async () => {
    const store = storeWithModel();
    const subject = { kind: 'version', connectionUri: 'x:', modelName: 'churn', version: '3' } as const;
    store.versions = [version('churn', '3', { source: `models:/${id}` })];
    deepEqual(filesIn(await previewOf(store, subject))[0], ['model.pkl', 'there', 41]);
    store.versions = [version('churn', '3', { source: 's3://bucket/model' })];
    deepEqual(filesIn(await previewOf(store, subject))[0], ['model.pkl', 'unlisted', undefined]);
    store.versions = [version('churn', '3', { source: 'runs:/r/model' })];
    const model = { isDirectory: false, size: 7, path: 'model/model.pkl' };
    store.artifacts.set('r', new Map([['model', [model]]]));
    deepEqual(filesIn(await previewOf(store, subject))[0], ['model.pkl', 'there', 7]);
  });

  it('knows what a version was made of by its source', () => {
    const run = '0123456789abcdef0123456789abcdef';
    const originOf = (source: string) => findOrigin({ source, modelId: undefined });
    deepEqual(originOf(`mlflow-artifacts:/1/${run}/artifacts/model`), {
      ...{ kind: 'run', runId: run, folder: 'model' },
    });
    deepEqual(originOf(`models:/${id}`), { kind: 'loggedModel', modelId: id });
    deepEqual(originOf('models:/churn/2'), undefined);
    deepEqual(originOf('s3://bucket/model'), undefined);
  });
});
