import assert from 'node:assert/strict';
import { readParentTag, readSystemTags } from '../../../extension/experiments/systemTags';
import { countModels, listModels } from '../../../extension/experiments/runModels';
import { loggedModel, run } from '../catalog/fixtures';

const shown = (tags: Readonly<Record<string, string>>, userId = '') =>
  readSystemTags(run('a', { tags, userId })).map(({ label, brief }) => `${label}: ${brief}`);

describe('readSystemTags', () => {
  it('says what MLflow’s own tags mean', () => {
    assert.deepEqual(
      shown({
        'mlflow.user': 'ann',
        'mlflow.source.name': 'C:\\work\\train.py',
        'mlflow.source.git.commit': '0123456789abcdef0123456789abcdef01234567',
        'mlflow.source.git.branch': 'main',
        'mlflow.note.content': '\nfirst line\nsecond',
        'mlflow.project.entryPoint': 'main',
        'mlflow.docker.image.uri': 'repo/image:1',
        'mlflow.runName': 'left out',
        'mlflow.log-model.history': '[]',
      }),
      [
        'Note: first line',
        'Source: train.py',
        'Entry point: main',
        'User: ann',
        'Commit: 0123456',
        'Branch: main',
        'Docker image: repo/image:1',
      ],
    );
  });

  it('takes the user of a run that has no such tag, and leaves out what is empty', () => {
    assert.deepEqual(shown({ 'mlflow.source.name': '' }, 'bob'), ['User: bob']);
    assert.deepEqual(shown({}), []);
  });

  it('leaves a commit alone that is none', () => {
    assert.deepEqual(shown({ 'mlflow.source.git.commit': 'my version 1.2.3' }), ['Commit: my version 1.2.3']);
  });
});

describe('readParentTag', () => {
  it('names the parent where it is known', () => {
    const child = run('c', { parent: 'p' });
    assert.equal(readParentTag(child, () => 'the parent')?.brief, 'the parent');
    assert.equal(readParentTag(child, () => undefined)?.brief, 'p');
    assert.equal(
      readParentTag(run('root'), () => 'x'),
      undefined,
    );
  });
});

describe('The models of a run', () => {
  const history = (value: unknown) => ({ tags: { 'mlflow.log-model.history': JSON.stringify(value) } });

  it('are what MLflow 2 noted where there is nothing newer', () => {
    const entry = { artifact_path: 'model', flavors: { python_function: {}, sklearn: {} } };
    const old = run('a', history([entry, entry, { artifact_path: 7 }, null]));
    assert.equal(countModels(old), 1);
    assert.deepEqual(
      listModels(old, []).map(({ name, type }) => [name, type]),
      [['model', 'sklearn']],
    );
    const both = run('a', { ...history([entry]), modelOutputs: [{ modelId: 'm-1', step: 0 }] });
    assert.deepEqual(
      listModels(both, [loggedModel('m-1', { name: 'new' })]).map(({ name }) => name),
      ['new'],
    );
  });

  it('are none where the note cannot be read', () => {
    for (const text of ['', '{', '{}', '[1, "x"]', 'null']) {
      assert.equal(countModels(run('a', { tags: { 'mlflow.log-model.history': text } })), 0);
    }
  });
});
