import { deepEqual, equal, rejects } from 'node:assert/strict';
import { Catalog } from '../../../extension/catalog/catalog';
import { searchArtifacts } from '../../../extension/artifacts/searchArtifacts';
import type { Artifact } from '../../../extension/tracking/model';
import { MemoryStore } from '../catalog/memoryStore';

describe('A search of artifacts', () => {
  let store: MemoryStore;

  const file = (path: string, size?: number): Artifact => ({ path, isDirectory: false, size });
  const folder = (path: string): Artifact => ({ path, isDirectory: true, size: undefined });
  const put = (path: string, text: string) => store.artifactFiles.set(`r/${path}`, Buffer.from(text));
  const search = (words: string, signal = new AbortController().signal) =>
    searchArtifacts(new Catalog(store, 100), 'r', words, signal, () => undefined);

  beforeEach(() => {
    store = new MemoryStore();
    store.artifacts.set(
      'r',
      new Map([
        ['', [folder('m'), file('loss.png'), file('notes.md'), file('huge.txt', 2 ** 30)]],
        ['m', [file('m/MLmodel'), file('m/model.pkl')]],
      ]),
    );
    put('notes.md', 'first\nThe Loss fell.\r\nthe end');
    put('m/MLmodel', 'flavors: {}\nloss: 1\n');
  });

  it('finds words in the paths of all files and in the lines of small texts, by path', async () => {
    deepEqual(await search('loss'), {
      matches: [
        { path: 'loss.png' },
        { path: 'm/MLmodel', line: 1, text: 'loss: 1' },
        { path: 'notes.md', line: 1, text: 'The Loss fell.' },
      ],
      files: 5,
      unread: 3,
      isCut: false,
    });
    deepEqual((await search('M/M')).matches, [{ path: 'm/MLmodel' }, { path: 'm/model.pkl' }]);
  });

  it('tells a few lines of each file, cut around the words', async () => {
    put('notes.md', `${'x'.repeat(500)}word${'y'.repeat(500)}\n${'word\n'.repeat(20)}`);
    const { matches } = await search('word');
    equal(matches.length, 5);
    equal(matches[0]?.text, `${'x'.repeat(30)}word${'y'.repeat(196)}`);
  });

  it('does not follow a server out of the artifacts, nor in circles', async () => {
    store.artifacts.set(
      'r',
      new Map([
        ['', [folder('m'), folder('..'), file('../../etc/passwd'), file('%2e%2e/x'), folder('m/..')]],
        ['m', [folder('m'), folder(''), file('m/a')]],
      ]),
    );
    deepEqual(
      (await search('a')).matches.map(({ path }) => path),
      ['m/a'],
    );
  });

  it('ends when nobody wants it any more, and says why a run cannot be listed', async () => {
    const controller = new AbortController();
    controller.abort();
    await rejects(search('loss', controller.signal), { name: 'AbortError' });
    store.fail('listArtifacts', new Error('no'));
    await rejects(search('loss'), /no/);
  });
});
