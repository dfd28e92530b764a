import { deepEqual, equal, rejects } from 'node:assert/strict';
import { LocalServers, type RunningServer } from '../../../extension/localServer/localServers';
import { UserError } from '../../../extension/ui/userError';

const never = new AbortController().signal;
const uri = 'sqlite:////project/mlflow.db';

/** A server that answers and ends when the test says so. */
function fakeServer() {
  let answer: (failure?: Error) => void = () => undefined;
  let end = (): void => undefined;
  const healthy = new Promise<void>((resolve, reject) => {
    answer = (failure) => {
      if (failure) reject(failure);
      else resolve();
    };
  });
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const state = { stops: 0 };
  const server: RunningServer = {
    address: 'http://127.0.0.1:5001',
    ended,
    isStopping: false,
    becomeHealthy: () => healthy,
    stop: () => {
      state.stops++;
      end();
      return ended;
    },
  };
  return { server, state, answer, end };
}

async function startOne(servers: LocalServers, fake = fakeServer()) {
  const starting = servers.start(uri, 'mlflow.db', () => Promise.resolve(fake.server), never);
  fake.answer();
  return { fake, local: await starting };
}

describe('The local servers of a window', () => {
  it('are one for each store: the one that runs is found again until it ends', async () => {
    const servers = new LocalServers();
    const { fake, local } = await startOne(servers);
    equal(servers.find(uri), local);
    equal(servers.find('sqlite:////project/other.db'), undefined);
    fake.end();
    await fake.server.ended;
    deepEqual([servers.find(uri), servers.list()], [undefined, []]);
  });

  it('are not started twice while the first one still starts', async () => {
    const servers = new LocalServers();
    const fake = fakeServer();
    const open = () => Promise.resolve(fake.server);
    const first = servers.start(uri, 'mlflow.db', open, never);
    equal(servers.find(uri), undefined);
    await rejects(servers.start(uri, 'mlflow.db', open, never), /mlflow\.db is starting already/);
    fake.answer();
    await first;
  });

  it('tell of one that ended, but not of one that never came to answer', async () => {
    const servers = new LocalServers();
    const told: string[] = [];
    servers.onDidEnd(({ name }) => told.push(name));
    const broken = fakeServer();
    const starting = servers.start(uri, 'mlflow.db', () => Promise.resolve(broken.server), never);
    broken.end();
    await broken.server.ended;
    broken.answer(new UserError('ended'));
    await rejects(starting, /ended/);
    deepEqual([told, servers.list()], [[], []]);

    const { fake } = await startOne(servers);
    fake.end();
    await fake.server.ended;
    deepEqual(told, ['mlflow.db']);
  });

  it('end with the window, even one that was only about to start', async () => {
    const servers = new LocalServers();
    const { fake } = await startOne(servers);
    const late = fakeServer();
    let open: (server: RunningServer) => void = () => undefined;
    const opening = new Promise<RunningServer>((resolve) => {
      open = resolve;
    });
    const starting = servers.start('sqlite:////late.db', 'late.db', () => opening, never);
    servers.dispose();
    open(late.server);
    late.answer();
    await starting;
    deepEqual([fake.state.stops, late.state.stops], [1, 1]);
  });
});
