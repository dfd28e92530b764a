import { deepEqual, equal, match } from 'node:assert/strict';
import { readSubject, toUriParts } from '../../../extension/runDiff/documentUri';
import { payloads } from '../../webviews/support/hostileTexts';

describe('The URI of a virtual document', () => {
  it('names a run, one of its files or one of a model version, and is read back', () => {
    const run = { kind: 'run', connectionUri: 'http://a:1', runId: 'r1' } as const;
    const version = {
      kind: 'version',
      connectionUri: 'http://a:1',
      modelName: 'm',
      version: '3',
      file: 'MLmodel',
    } as const;
    const artifact = { kind: 'artifact', connectionUri: 'http://a:1', runId: 'r1', path: 'a/b.txt' } as const;
    for (const subject of [run, version, artifact])
      deepEqual(readSubject(toUriParts(subject, 'x').query), subject);
    equal(toUriParts(version, 'm 3').path, '/m 3/MLmodel');
    equal(toUriParts(artifact, 'one').path, '/one/b.txt');
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
