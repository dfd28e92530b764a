import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { readArtifactUri, toArtifactUri } from '../../../extension/ui/artifactUri';

describe('The URI of an artifact', () => {
  const server = { uri: 'http://a:1' };

  it('ends in the artifact’s own path and is read back', () => {
    const paths = ['', 'a', 'm/MLmodel', 'a b#c?d%20e', 'über/ö', 'C:/x', '..', '/abs', 'x'.repeat(300)];
    for (const path of paths) {
      const uri = toArtifactUri(server, { runId: 'r1', path });
      match(uri.authority, /^[0-9a-f]{12}$/);
      equal(uri.path, path === '' ? '/r1' : `/r1/${path}`);
      deepEqual(readArtifactUri(uri), { runId: 'r1', path });
    }
  });

  it('keeps the run apart from the path, whatever the run is called', () => {
    for (const runId of ['a/b', '..', '%2e', 'ü', '\\'])
      deepEqual(readArtifactUri(toArtifactUri(server, { runId, path: 'f' })), { runId, path: 'f' });
  });

  it('names its connection: a server by its address, a local store by where it lies', () => {
    const keyOf = (connection: { uri: string; path?: string }) =>
      toArtifactUri(connection, { runId: 'r', path: '' }).authority;
    equal(keyOf(server), keyOf({ ...server }));
    notEqual(keyOf(server), keyOf({ uri: 'http://b:1' }));
    const uri = 'sqlite:///mlflow.db';
    notEqual(keyOf({ uri, path: '/one/mlflow.db' }), keyOf({ uri, path: '/two/mlflow.db' }));
  });

  it('is no artifact’s when it is of the folder above all runs, or of another scheme', () => {
    equal(readArtifactUri({ scheme: 'mlflow-artifact', path: '/' }), undefined);
    equal(readArtifactUri({ scheme: 'file', path: '/r1/a' }), undefined);
  });

  it('may end in a slash for a folder', () => {
    deepEqual(readArtifactUri({ scheme: 'mlflow-artifact', path: '/r1/m/' }), { runId: 'r1', path: 'm' });
    deepEqual(readArtifactUri({ scheme: 'mlflow-artifact', path: '/r1/' }), { runId: 'r1', path: '' });
  });
});
