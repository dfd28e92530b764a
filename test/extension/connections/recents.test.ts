import { deepEqual, equal } from 'node:assert/strict';
import { Recents } from '../../../extension/connections/recents';
import { Storage } from './fakes';

describe('Recents', () => {
  it('keeps the last ten, newest first, each once and without a login', async () => {
    const recents = new Recents(new Storage().memory);
    for (let port = 1; port <= 12; port++) await recents.remember(`http://ann:pw@host:${port}`);
    await recents.remember('http://host:5');
    equal(recents.list().length, 10);
    deepEqual(recents.list().slice(0, 3), ['http://host:5', 'http://host:12', 'http://host:11']);
    await recents.forget('http://host:12');
    equal(recents.list().includes('http://host:12'), false);
  });

  it('knows origins, not addresses', async () => {
    const recents = new Recents(new Storage().memory);
    await recents.remember('https://host/team');
    await recents.remember('sqlite:///x');
    equal(recents.hasOrigin('https://host/other'), true);
    equal(recents.hasOrigin('http://host/team'), false);
    equal(recents.hasOrigin('sqlite:///x'), false);
  });

  it('survives what it did not write', () => {
    const storage = new Storage();
    for (const odd of ['x', 1, null, {}, [1, null, 'http://a']]) {
      storage.values.set('mlflow.connections.recent', odd);
      deepEqual(new Recents(storage.memory).list(), Array.isArray(odd) ? ['http://a'] : []);
    }
  });
});
