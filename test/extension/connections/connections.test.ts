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

  it('shows the store in the workspace where nobody says where to look', async () => {
    const world = new World();
    world.finder.lying = ['/folder/sub/mlflow.db'];
    const connections = world.open(token);
    await connections.ready;
    await connections.found.start();
    const { current } = connections;
    deepEqual(
      [current?.source, current?.path, current?.name],
      ['found', '/folder/sub/mlflow.db', 'sub/mlflow.db'],
    );
    deepEqual(await current?.authorize(), new Map());
  });

  it('does not search the workspace while somebody says where to look', async () => {
    const world = new World();
    world.writeEnvFile({ uri: 'http://file' });
    world.finder.lying = ['/folder/mlflow.db'];
    const connections = world.open();
    await connections.ready;
    equal(world.finder.looks, 0);
    world.writeFiles({ envFiles: [] });
    await connections.ready;
    await connections.found.start();
    equal(world.finder.looks, 1);
    equal(connections.current?.source, 'found');
    world.set(settingsWith('http://setting'));
    equal(connections.current.uri, 'http://setting');
  });

  it('follows what a first training makes, and its end', async () => {
    const world = new World();
    const connections = world.open();
    await connections.ready;
    await connections.found.start();
    const path = () => connections.current?.path;
    equal(path(), undefined);
    await world.finder.put('/folder/mlruns/0/meta.yaml');
    equal(path(), '/folder/mlruns');
    await world.finder.put();
    equal(path(), undefined);
  });

  it('shows none of several until one is chosen', async () => {
    const world = new World();
    world.finder.lying = ['/folder/mlflow.db', '/folder/sub/mlflow.db'];
    const connections = world.open();
    await connections.ready;
    await connections.found.start();
    const path = () => connections.current?.path;
    equal(path(), undefined);
    await connections.found.choose('/folder/sub/mlflow.db');
    equal(path(), '/folder/sub/mlflow.db');
  });

  it('calls a connection by the name it is kept under, and fires when that changes', async () => {
    const world = new World();
    world.settings = settingsWith('sqlite:///mlflow.db');
    const connections = world.open();
    await connections.ready;
    equal(connections.current?.name, 'mlflow.db');
    const kept = [{ name: 'Mine', uri: 'sqlite:////folder/mlflow.db', scope: 'user' }] as const;
    world.set({ ...world.settings, kept });
    equal(connections.current.name, 'Mine');
    equal(world.changes, 1);
  });

  it('carries the registry along, with credentials of its own', async () => {
    const world = new World();
    world.settings = settingsWith('http://a');
    const connections = world.open({ registryUri: 'http://b', token: 'mine' });
    await connections.ready;
    equal(connections.current?.registry?.uri, 'http://b');
    equal((await connections.current.registry.authorize()).get('authorization'), 'Bearer mine');
    const before = world.changes;
    const login = { kind: 'bearer', token: 'stored' } as const;
    await world.credentials.save('http://b', { login, headers: new Map() });
    equal(world.changes, before + 1);
    equal((await connections.current.registry.authorize()).get('authorization'), 'Bearer stored');
    world.set(settingsWith('http://b'));
    equal(connections.current.registry, undefined);
  });

  it('finds the path of what is tried out', () => {
    const world = new World();
    const trial = { uri: './mlruns', login: undefined, source: 'userSetting', sourceLabel: '' } as const;
    equal(world.open().tryOut(trial, true).path, '/folder/mlruns');
  });
});
