import { deepEqual, equal } from 'node:assert/strict';
import { readBasic, settingsWith, World } from './fakes';

const token = { token: 'from-environment' };

describe('Connections', () => {
  it('knows at once what settings and environment say, and soon what a .env says', async () => {
    const world = new World();
    world.writeEnvFile({ uri: 'http://file' });
    equal(world.open({ uri: 'http://environment' }).current?.source, 'environment');
    const connections = world.open();
    deepEqual(connections.candidates(), []);
    await connections.ready;
    equal(connections.current?.uri, 'http://file');
    equal(world.changes, 1);
  });

  it('fires when there is another connection, and only then', async () => {
    const world = new World();
    const connections = world.open({ uri: 'http://environment' });
    await connections.ready;
    world.set(settingsWith(undefined));
    world.writeEnvFile({ uri: 'http://file' });
    await connections.ready;
    equal(world.changes, 0);
    world.set(settingsWith('http://setting'));
    equal(world.changes, 1);
    equal(connections.current?.uri, 'http://setting');
    world.set(settingsWith('http://setting', 'workspace'));
    equal(world.changes, 2);
    world.set(settingsWith(undefined));
    equal(connections.current.source, 'environment');
  });

  it('falls back when a .env vanishes', async () => {
    const world = new World();
    world.writeEnvFile({ uri: 'http://file' });
    const connections = world.open();
    await connections.ready;
    world.writeFiles({ envFiles: [] });
    await connections.ready;
    equal(connections.current, undefined);
    equal(world.changes, 2);
  });

  it('fires when the credentials of its own origin change', async () => {
    const world = new World();
    world.settings = settingsWith('http://a');
    const connections = world.open();
    await connections.ready;
    const login = { kind: 'bearer', token: 't' } as const;
    await world.credentials.save('http://b', { login, headers: new Map() });
    equal(world.changes, 0);
    await world.credentials.save('http://a', { login, headers: new Map() });
    equal(world.changes, 1);
    equal((await connections.current?.authorize())?.get('authorization'), 'Bearer t');
  });

  it('fires when a .env changes the login', async () => {
    const world = new World();
    world.writeEnvFile({ uri: 'http://a', token: 'old' });
    const connections = world.open();
    await connections.ready;
    const before = world.changes;
    world.writeEnvFile({ uri: 'http://a', token: 'new' });
    await connections.ready;
    equal(world.changes, before + 1);
    equal((await connections.current?.authorize())?.get('authorization'), 'Bearer new');
  });

  it('waits with the first request until the files have been read', async () => {
    const world = new World();
    world.files = { envFiles: [], home: { username: 'ann', password: 'pw' } };
    const connections = world.open({ uri: 'http://a' });
    equal(readBasic((await connections.current?.authorize()) ?? new Map()), 'ann:pw');
    equal(world.changes, 0);
  });

  it('keeps the environment from what a workspace chose, until the user connects there', async () => {
    const world = new World();
    world.settings = settingsWith('http://a', 'workspace');
    const connections = world.open(token);
    await connections.ready;
    deepEqual(await connections.current?.authorize(), new Map());
    await connections.remember('http://a');
    equal(world.changes, 1);
    equal((await connections.current?.authorize())?.get('authorization'), 'Bearer from-environment');
    await connections.forget('http://a');
    deepEqual(await connections.current?.authorize(), new Map());
  });

  it('lends a trial what it would have if it were chosen', async () => {
    const world = new World();
    const connections = world.open({ ...token, workspace: 'team' });
    const trial = { uri: 'http://a', login: undefined, source: 'workspaceSetting', sourceLabel: '' } as const;
    deepEqual([...(await connections.tryOut(trial, false).authorize()).keys()], []);
    deepEqual(
      [...(await connections.tryOut(trial, true).authorize())],
      [
        ['authorization', 'Bearer from-environment'],
        ['x-mlflow-workspace', 'team'],
      ],
    );
  });

  it('authorises nothing but servers', async () => {
    const world = new World();
    world.settings = settingsWith('sqlite:///x.db');
    deepEqual(await world.open(token).current?.authorize(), new Map());
  });
});
