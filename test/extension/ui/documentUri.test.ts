import { deepEqual, equal, match } from 'node:assert/strict';
import { besideParts, readSubject, toUriParts } from '../../../extension/ui/documentUri';
import { payloads } from '../../webviews/support/hostileTexts';

describe('The URI of a virtual document', () => {
  it('names a run or a file of a model version, and is read back', () => {
    const run = { kind: 'run', connectionUri: 'http://a:1', runId: 'r1' } as const;
    const version = {
      kind: 'version',
      connectionUri: 'http://a:1',
      modelName: 'm',
      version: '3',
      file: 'MLmodel',
    } as const;
    for (const subject of [run, version]) deepEqual(readSubject(toUriParts(subject, 'x').query), subject);
    equal(toUriParts(version, 'm 3').path, '/m 3/MLmodel');
  });

  it('leads to what lies beside its file, of whatever scheme', () => {
    const version = {
      kind: 'version',
      connectionUri: 'http://a:1',
      modelName: 'm',
      version: '3',
      file: 'MLmodel',
    } as const;
    const beside = besideParts(toUriParts(version, 'x'), 'code/a.py');
    deepEqual(readSubject(beside.query), { ...version, file: 'code/a.py' });
    const onDisk = { path: '/models/m/MLmodel', query: '' };
    deepEqual(besideParts(onDisk, 'conda.yaml'), { path: '/models/m/conda.yaml', query: '' });
    deepEqual(besideParts(onDisk, '../n/a b'), { path: '/models/n/a b', query: '' });
  });

  it('keeps a stranger’s name inside one folder', () => {
    for (const title of [...payloads, '', '..', '../..', '/etc', 'a\\b']) {
      const { path } = toUriParts({ kind: 'run', connectionUri: '', runId: 'r' }, title);
      match(path, /^\/[^/\\]+\/run\.txt$/u);
      equal(path.startsWith('/../'), false);
    }
  });

  it('is not taken for one of ours when it is another', () => {
    for (const query of [
      '',
      '{',
      '{}',
      '[]',
      'null',
      '{"kind":"run"}',
      '{"kind":"x","runId":"r","connectionUri":"u"}',
    ]) {
      equal(readSubject(query), undefined, query);
    }
  });
});
