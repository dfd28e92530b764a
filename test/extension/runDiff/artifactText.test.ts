import { deepEqual, equal, rejects, throws } from 'node:assert/strict';
import { Catalog } from '../../../extension/catalog/catalog';
import { decodeText, mostBytes, readArtifacts } from '../../../extension/runDiff/artifactText';
import { TrackingError } from '../../../extension/tracking/errors';
import { MemoryStore } from '../catalog/memoryStore';
import { aRun } from '../runSummary/runs';

const megabyte = 2 ** 20;

describe('Artifacts to be compared', () => {
  let store: MemoryStore;
  let asked: string[];

  beforeEach(() => {
    store = new MemoryStore();
    store.runs = ['a', 'b'].map((id) => aRun({ id, name: `run ${id}` }));
    asked = [];
  });

  /** What the listing says of a file of run `a`, and what is then read. */
  const put = (size: number | undefined, text = 'text') => {
    const artifact = { path: 'f.txt', isDirectory: false, size };
    store.artifacts.set('a', new Map([['', [artifact]]]));
    store.artifactFiles.set('a/f.txt', Buffer.from(text));
  };
  const read = (answer = true) =>
    readArtifacts(
      new Catalog(store, 100),
      ['a', 'b'].map((runId) => ({ runId, path: 'f.txt' })),
      (size) => {
        asked.push(size);
        return Promise.resolve(answer);
      },
    );

  it('are read with the names of their runs; a file that is not there has no text', async () => {
    put(4);
    deepEqual(await read(), [
      { runId: 'a', path: 'f.txt', runName: 'run a', text: 'text' },
      { runId: 'b', path: 'f.txt', runName: 'run b', text: undefined },
    ]);
    deepEqual(asked, []);
  });

  it('are read after a question where they are large', async () => {
    put(6 * megabyte);
    equal((await read())?.[0]?.text, 'text');
    equal(await read(false), undefined);
    deepEqual(asked, ['6 MB', '6 MB']);
  });

  it('are asked about when they turn out to be large', async () => {
    put(undefined);
    store.fail('readArtifact', new TrackingError('tooLarge', 'That is much.'));
    equal(await read(false), undefined);
    deepEqual(asked, ['more than 5 MB']);
  });

  it('are refused where they are too large by far, or no files', async () => {
    put(mostBytes + 1);
    await rejects(read(), /f\.txt has 50 MB; files of more than 50 MB/);
    store.artifacts.set('a', new Map([['', [{ path: 'f.txt', isDirectory: true, size: undefined }]]]));
    await rejects(read(), /f\.txt is a folder/);
    deepEqual(asked, []);
  });

  it('are refused where they are binary', async () => {
    put(4, 'a\0b');
    await rejects(read(), /f\.txt is a binary file/);
    throws(() => decodeText(new Uint8Array(1), 'x'), /x is a binary file/);
    equal(decodeText(Buffer.from(`${'x'.repeat(8192)}\0`), 'x').length, 8193);
    equal(decodeText(new Uint8Array(0), 'x'), '');
    equal(decodeText(Buffer.from('\ufeffü'), 'x'), 'ü');
  });
});
