import { deepEqual, equal, rejects } from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { WindowServers, type RunningServer, type Served } from '../../../extension/processes/windowServers';
import { UserError } from '../../../extension/ui/userError';

const never = new AbortController().signal;
const uri = 'sqlite:////project/mlflow.db';
const store = {
  kind: 'store',
  id: uri,
  name: 'mlflow.db',
  page: '/',
  showLog: () => undefined,
} as const satisfies Served;

/** A server that answers and ends when the test says so. */
function fakeServer() {
  let answer: (failure?: Error) => void = () => undefined;
  let end: () => void = () => undefined;
  const healthy = new Promise<void>((resolve, reject) => {
    answer = (failure) => {
      if (failure) reject(failure);
      else resolve();
    };
  });
  const ended = new Promise<number | undefined>((resolve) => {
    end = () => {
      resolve(0);
    };
  });
  const state = { stops: 0, releases: 0 };
  const server: RunningServer = {
    address: 'http://127.0.0.1:5001',
    ended,
    isStopping: false,
    becomeHealthy: () => healthy,
    answers: () => Promise.resolve(true),
    stop: () => {
      state.stops++;
      end();
      return ended.then(() => undefined);
    },
    lifeline: new PassThrough(),
    release: () => {
      state.releases++;
      end();
    },
  };
  return { server, state, answer, end };
}

async function startOne(servers: WindowServers, fake = fakeServer()) {
  const starting = servers.start(store, () => Promise.resolve(fake.server), never);
  fake.answer();
  return { fake, local: await starting };
}

describe('The servers of a window', () => {
  it('are one for each thing that is served: the one that runs is found again until it ends', async () => {
    const servers = new WindowServers();
    const { fake, local } = await startOne(servers);
    equal(servers.find(uri), local);
    equal(servers.find('sqlite:////project/other.db'), undefined);
    fake.end();
    await fake.server.ended;
    deepEqual([servers.find(uri), servers.list()], [undefined, []]);
  });

  it('are not started twice while the first one still starts', async () => {
    const servers = new WindowServers();
    const fake = fakeServer();
    const open = () => Promise.resolve(fake.server);
    const first = servers.start(store, open, never);
    equal(servers.find(uri), undefined);
    await rejects(servers.start(store, open, never), /mlflow\.db is starting already/);
    fake.answer();
    await first;
  });

  it('tell of one that ended, but not of one that never came to answer', async () => {
    const servers = new WindowServers();
    const told: string[] = [];
    servers.onDidEnd(({ served }) => told.push(served.name));
    const broken = fakeServer();
    const starting = servers.start(store, () => Promise.resolve(broken.server), never);
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
    const servers = new WindowServers();
    const { fake } = await startOne(servers);
    const late = fakeServer();
    let open: (server: RunningServer) => void = () => undefined;
    const opening = new Promise<RunningServer>((resolve) => {
      open = resolve;
    });
    const starting = servers.start(
      { ...store, id: 'sqlite:////late.db', name: 'late.db' },
      () => opening,
      never,
    );
    servers.dispose();
    open(late.server);
    late.answer();
    await starting;
    deepEqual([fake.state.releases, late.state.stops], [1, 1]);
  });
});
