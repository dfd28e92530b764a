import { equal, notEqual } from 'node:assert/strict';
import { mock } from 'node:test';
import { Attention } from '../../extension/catalog/attention';
import type { Connection } from '../../extension/connections/connection';
import { Sessions } from '../../extension/session';
import { TrackingError, type TrackingErrorKind } from '../../extension/tracking/errors';
import { MemoryStore } from './catalog/memoryStore';

/** Sessions over stores in memory, each kept to be looked at. */
class Setting {
  readonly attention = new Attention();
  readonly stores: MemoryStore[] = [];
  failure: TrackingErrorKind | undefined;
  readonly sessions = new Sessions({
    openStore: () => {
      const store = new MemoryStore();
      if (this.failure) store.fail('connect', new TrackingError(this.failure, this.failure));
      this.stores.push(store);
      return Promise.resolve(store);
    },
    pageSize: () => 10,
    attention: this.attention,
    isSeen: () => true,
  });

  get attempts(): number {
    return this.stores.length;
  }
}

function connectionTo(uri: string): Connection {
  return { uri, source: 'userSetting', sourceLabel: 'setting', authorize: () => Promise.resolve(new Map()) };
}

/** Lets promises that are ready settle; mocked timers do not wait for them. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe('Sessions', () => {
  let setting: Setting;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    setting = new Setting();
  });
  afterEach(() => {
    setting.sessions.dispose();
    mock.timers.reset();
  });

  async function pass(milliseconds: number): Promise<void> {
    mock.timers.tick(milliseconds);
    await settle();
  }

  it('ask nobody before somebody demands a session, and then once for all who do', async () => {
    const { sessions } = setting;
    sessions.use(connectionTo('http://a'));
    equal(sessions.state.kind, 'idle');
    equal(setting.attempts, 0);
    const [one, other] = await Promise.all([sessions.demand(), sessions.demand()]);
    equal(one, other);
    notEqual(one, undefined);
    equal(setting.attempts, 1);
  });

  it('drop what the old connection answers late', async () => {
    const { sessions } = setting;
    sessions.use(connectionTo('http://old'));
    const old = sessions.demand();
    sessions.use(connectionTo('http://new'));
    const session = await sessions.demand();
    await old;
    equal(session?.connection.uri, 'http://new');
    equal(sessions.state.kind === 'ready' && sessions.state.connection.uri, 'http://new');
  });

  it('say why a connection failed, and try again when told to', async () => {
    const { sessions } = setting;
    setting.failure = 'unauthorized';
    sessions.use(connectionTo('http://a'));
    equal(await sessions.demand(), undefined);
    equal(sessions.state.kind === 'failed' && sessions.state.error instanceof TrackingError, true);
    setting.failure = undefined;
    await sessions.retry();
    equal(sessions.state.kind, 'ready');
  });

  it('try again by themselves what may pass, ever more rarely, while somebody looks', async () => {
    const { sessions, attention } = setting;
    setting.failure = 'refused';
    attention.set('view', true);
    sessions.use(connectionTo('http://a'));
    await sessions.demand();
    equal(setting.attempts, 1);
    await pass(2000);
    equal(setting.attempts, 2);
    await pass(2000);
    equal(setting.attempts, 2);
    await pass(2000);
    equal(setting.attempts, 3);
    attention.set('view', false);
    await pass(600_000);
    equal(setting.attempts, 3);
    setting.failure = undefined;
    attention.set('view', true);
    await settle();
    equal(sessions.state.kind, 'ready');
  });

  it('do not repeat what only the user can mend, and show when the cause has changed', async () => {
    const { sessions, attention } = setting;
    setting.failure = 'refused';
    attention.set('view', true);
    sessions.use(connectionTo('http://a'));
    await sessions.demand();
    setting.failure = 'unauthorized';
    await pass(2000);
    equal(sessions.state.kind === 'failed' && String(sessions.state.error), 'TrackingError: unauthorized');
    const { attempts } = setting;
    await pass(600_000);
    equal(setting.attempts, attempts);
  });

  it('stop connecting when told to, and leave it at that', async () => {
    const { sessions, attention } = setting;
    attention.set('view', true);
    sessions.use(connectionTo('http://a'));
    const attempt = sessions.demand();
    sessions.stopConnecting();
    equal(await attempt, undefined);
    equal(sessions.state.kind, 'failed');
    await pass(600_000);
    equal(setting.attempts, 1);
  });
});
