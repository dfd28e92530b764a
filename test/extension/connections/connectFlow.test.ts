import { deepEqual, equal } from 'node:assert/strict';
import {
  ConnectFlow,
  type ConnectDialogs,
  type Destination,
  type NextStep,
} from '../../../extension/connections/connectFlow';
import type { Connection } from '../../../extension/connections/connection';
import type { Connections } from '../../../extension/connections/connections';
import type { OriginCredentials } from '../../../extension/connections/login';
import { TrackingError, type TrackingErrorKind } from '../../../extension/tracking/errors';
import type { TrackingStore } from '../../../extension/tracking/store';
import type { Variables } from '../../../extension/connections/variables';
import { readBasic, settingsWith, storeThat, World } from './fakes';

const ann: OriginCredentials = {
  login: { kind: 'basic', username: 'ann', password: 'pw' },
  headers: new Map(),
};

function to(uri: string, keep: Destination['keep'] = 'setting'): Destination {
  return { uri, keep, login: undefined, source: 'userSetting', sourceLabel: '' };
}

/** What the user answers, in order; the end of a list is Esc. */
interface Answers {
  readonly uris?: string[];
  readonly credentials?: OriginCredentials[];
  readonly steps?: NextStep[];
  readonly mayUseClearText?: boolean;
  readonly stops?: boolean;
}

/** A desk with a user at it and servers beyond. */
class Desk {
  readonly world = new World();
  readonly connections: Connections;
  readonly flow: ConnectFlow;
  readonly asked: string[] = [];
  readonly written: (string | undefined)[] = [];
  /** What the server says to what it is sent. */
  serve: (headers: ReadonlyMap<string, string>) => TrackingErrorKind | undefined = () => undefined;

  constructor(
    private readonly answers: Answers = {},
    environment: Variables = {},
  ) {
    this.connections = this.world.open(environment);
    this.flow = new ConnectFlow({
      connections: this.connections,
      credentials: this.world.credentials,
      openStore: (connection) => Promise.resolve(this.openStore(connection)),
      dialogs: this.dialogs(),
      chooseFound: (path) => this.world.found.choose(path),
      writeSetting: (uri) => {
        this.written.push(uri);
        this.world.set(settingsWith(uri));
        return Promise.resolve();
      },
    });
  }

  /** What connecting left behind. */
  get kept(): readonly unknown[] {
    return [this.written, this.world.storage.secrets.size, this.connections.recents()];
  }

  private openStore({ uri, authorize }: Connection): TrackingStore {
    return storeThat(async (signal) => {
      signal.throwIfAborted();
      const headers = await authorize();
      this.asked.push(`${uri} ${readBasic(headers) ?? '-'}`);
      const failure = this.serve(headers);
      if (failure) throw new TrackingError(failure, failure);
      return { version: '3.0.0' };
    });
  }

  private dialogs(): ConnectDialogs {
    const { uris, credentials, steps, mayUseClearText, stops } = this.answers;
    return {
      enterUri: () => Promise.resolve(uris?.shift()),
      askCredentials: () => Promise.resolve(credentials?.shift()),
      askNextStep: () => Promise.resolve(steps?.shift()),
      confirmClearText: (uri) => {
        this.asked.push(`clear text to ${uri}?`);
        return Promise.resolve(mayUseClearText ?? false);
      },
      showProgress: (_, task) => task(stops ? AbortSignal.abort() : new AbortController().signal),
    };
  }
}

const untouched = [[], 0, []];

describe('ConnectFlow', () => {
  it('makes a server that answers the setting, and remembers it', async () => {
    const desk = new Desk();
    equal(await desk.flow.connect(to('http://a')), true);
    deepEqual(desk.kept, [['http://a'], 0, ['http://a']]);
  });

  it('keeps nothing of a server that fails, unless told to', async () => {
    const failing = new Desk();
    failing.serve = () => 'refused';
    equal(await failing.flow.connect(to('http://a')), false);
    deepEqual(failing.kept, untouched);

    const insisting = new Desk({ steps: ['retry', 'useAnyway'] });
    insisting.serve = () => 'refused';
    equal(await insisting.flow.connect(to('http://a')), true);
    equal(insisting.asked.length, 2);
    deepEqual(insisting.kept, [['http://a'], 0, ['http://a']]);
  });

  it('keeps nothing when the user stops the test', async () => {
    const desk = new Desk({ stops: true, steps: ['useAnyway'] });
    equal(await desk.flow.connect(to('http://a')), false);
    deepEqual(desk.kept, untouched);
  });

  it('asks for credentials on 401, tests again, and stores them once they work', async () => {
    const desk = new Desk({ credentials: [ann] });
    desk.serve = (headers) => (headers.has('authorization') ? undefined : 'unauthorized');
    equal(await desk.flow.connect(to('https://a')), true);
    deepEqual(desk.asked, ['https://a -', 'https://a ann:pw']);
    deepEqual(await desk.world.credentials.read('https://a'), ann);
  });

  it('stores nothing when the user stops at the credentials, or after wrong ones', async () => {
    for (const answers of [{}, { credentials: [ann] }]) {
      const desk = new Desk(answers);
      desk.serve = () => 'unauthorized';
      equal(await desk.flow.connect(to('https://a')), false);
      deepEqual(desk.kept, untouched);
    }
  });

  it('moves a login from the URI into the secret storage', async () => {
    const desk = new Desk({ uris: [' https://ann:pw@a/x/ '] });
    equal(await desk.flow.enter(''), true);
    deepEqual(desk.kept, [['https://a/x'], 1, ['https://a/x']]);
    deepEqual(await desk.world.credentials.read('https://a'), ann);
  });

  it('lets the user correct the URI, and forgets the credentials typed for the other', async () => {
    const desk = new Desk({ uris: ['https://ann:pw@wrong', 'https://right'], steps: ['edit'] });
    desk.serve = (headers) => (headers.size > 0 ? 'dns' : undefined);
    equal(await desk.flow.enter(''), true);
    deepEqual(desk.asked, ['https://wrong ann:pw', 'https://right -']);
    deepEqual(desk.kept, [['https://right'], 0, ['https://right']]);
  });

  it('sends no credentials in the clear before the user agrees, and asks once', async () => {
    const refusing = new Desk({ uris: ['http://ann:pw@a'] });
    equal(await refusing.flow.enter(''), false);
    deepEqual(refusing.asked, ['clear text to http://a?']);
    deepEqual(refusing.kept, untouched);

    const agreeing = new Desk({ uris: ['http://ann:pw@a'], mayUseClearText: true });
    await agreeing.flow.enter('');
    await agreeing.flow.connect(to('http://a', 'choice'));
    deepEqual(agreeing.asked, ['clear text to http://a?', 'http://a ann:pw', 'http://a ann:pw']);
  });

  it('asks about clear text for credentials of the environment too, but not on this machine', async () => {
    const desk = new Desk({}, { token: 'secret' });
    await desk.flow.connect(to('http://127.0.0.1:5000'));
    await desk.flow.connect(to('http://a'));
    deepEqual(desk.asked, ['http://127.0.0.1:5000 Bearer secret', 'clear text to http://a?']);
  });

  it('takes the setting back for what the environment says', async () => {
    const desk = new Desk({}, { uri: 'https://a' });
    await desk.connections.ready;
    desk.world.set(settingsWith('https://b'));
    const [, environment] = desk.connections.candidates();
    await desk.flow.connect({ ...environment!, keep: 'inherited' });
    deepEqual(desk.written, [undefined]);
    equal(desk.connections.current?.source, 'environment');
  });

  it('keeps the login of a URI that cannot be inherited', async () => {
    const desk = new Desk();
    await desk.flow.connect({
      ...to('https://a'),
      login: { kind: 'basic', username: 'ann', password: 'pw' },
    });
    deepEqual(await desk.world.credentials.read('https://a'), ann);
  });

  it('signs in without changing where to look', async () => {
    const desk = new Desk({ credentials: [ann] });
    equal(await desk.flow.signIn(to('https://a', 'nothing')), true);
    deepEqual(desk.asked, ['https://a ann:pw']);
    deepEqual(desk.kept, [[], 1, []]);
  });

  it('lends no environment to a server that is only signed in to', async () => {
    const desk = new Desk({ credentials: [{ headers: new Map([['x-key', 'k']]) }] }, { token: 'secret' });
    const current: Destination = { ...to('https://a', 'nothing'), source: 'workspaceSetting' };
    equal(await desk.flow.signIn(current), true);
    deepEqual(desk.asked, ['https://a -']);
  });

  it('has the workspace remember a choice among what was found there', async () => {
    const desk = new Desk();
    desk.world.finder.lying = ['/folder/mlflow.db', '/folder/sub/mlflow.db'];
    await desk.connections.ready;
    await desk.connections.found.start();
    const [, second] = desk.connections.found.list;
    equal(await desk.flow.connect({ ...to(second!.uri, 'found'), path: second!.path }), true);
    deepEqual(desk.written, []);
    equal(desk.connections.current?.path, '/folder/sub/mlflow.db');
  });

  it('takes paths that are typed', async () => {
    const desk = new Desk({ uris: [' ./mlruns '] });
    equal(await desk.flow.enter(''), true);
    deepEqual(desk.written, ['./mlruns']);
    deepEqual(desk.connections.recents(), ['file:///folder/mlruns']);
    equal(desk.connections.current?.path, '/folder/mlruns');
  });
});
