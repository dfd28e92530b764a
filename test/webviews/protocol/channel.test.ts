import { deepEqual, equal, rejects } from 'node:assert/strict';
import { Channel, ChannelClosed, event, request, type Port } from '../../../webviews/protocol/channel';
import { isRecordOf, isText } from '../../../webviews/protocol/guards';
import { portPair } from '../support/portPair';

const double = request<{ readonly text: string }, string>('test/double', isRecordOf({ text: isText }));
const told = event<{ readonly text: string }>('test/told', isRecordOf({ text: isText }));

describe('A channel', () => {
  let failures: unknown[];
  let ports: readonly [Port, Port];
  let near: Channel;
  let far: Channel;

  beforeEach(() => {
    failures = [];
    ports = portPair();
    near = new Channel(ports[0], (error) => failures.push(error));
    far = new Channel(ports[1], (error) => failures.push(error));
  });

  it('answers a request with what the other side returns', async () => {
    far.handle(double, ({ text }) => text + text);
    equal(await near.request(double, { text: 'ab' }), 'abab');
  });

  it('tells answers apart, in whatever order they come', async () => {
    const answers = new Map<string, (value: string) => void>();
    far.handle(double, ({ text }) => new Promise<string>((resolve) => answers.set(text, resolve)));
    const first = near.request(double, { text: 'a' });
    const second = near.request(double, { text: 'b' });
    await settled();
    answers.get('b')?.('second');
    answers.get('a')?.('first');
    deepEqual(await Promise.all([first, second]), ['first', 'second']);
  });

  it('rejects the caller with the message of a failure, and keeps the rest on the failing side', async () => {
    const secret = Object.assign(new Error('The server refused.'), { token: 'secret' });
    far.handle(double, () => Promise.reject(secret));
    await rejects(near.request(double, { text: '' }), {
      name: 'RemoteError',
      message: 'The server refused.',
    });
    deepEqual(failures, [secret]);
  });

  it('rejects what nobody answers', async () => {
    await rejects(near.request(double, { text: '' }), /Nobody answers test\/double/);
  });

  it('rejects parameters that do not pass the guard, before a handler sees them', async () => {
    let calls = 0;
    far.handle(double, () => String(calls++));
    const untyped = request<unknown, string>(double.name);
    for (const params of [undefined, null, 1, [], {}, { text: 1 }, { text: 'x'.repeat(100_001) }]) {
      await rejects(near.request(untyped, params), /does not take these parameters/);
    }
    equal(calls, 0);
  });

  it('rejects with the signal’s reason, and cancels the work on the other side', async () => {
    const cancelled = new Promise<void>((resolve) => {
      far.handle(double, (_, signal) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
        return new Promise<string>(() => undefined);
      });
    });
    const controller = new AbortController();
    const answer = near.request(double, { text: '' }, controller.signal);
    const reason = new Error('enough');
    await settled();
    controller.abort(reason);
    await rejects(answer, reason);
    await cancelled;
    deepEqual(failures, []);
  });

  it('does not even ask with a signal that is aborted', async () => {
    far.handle(double, () => 'never');
    await rejects(near.request(double, { text: '' }, AbortSignal.abort()), { name: 'AbortError' });
  });

  it('rejects what is pending when it ends, and whatever is asked later', async () => {
    far.handle(double, () => new Promise<string>(() => undefined));
    const answer = near.request(double, { text: '' });
    near.dispose();
    await rejects(answer, ChannelClosed);
    await rejects(near.request(double, { text: '' }), ChannelClosed);
  });

  it('aborts what it is working on when it ends', async () => {
    const aborted = new Promise<unknown>((resolve) => {
      far.handle(double, (_, signal) => {
        signal.addEventListener('abort', () => {
          resolve(signal.reason);
        });
        return new Promise<string>(() => undefined);
      });
    });
    void near.request(double, { text: '' }).catch(() => undefined);
    await settled();
    far.dispose();
    equal(((await aborted) as Error).name, 'Canceled');
  });

  it('brings events, and drops those that nobody hears or that are ill-formed', async () => {
    const heard: string[] = [];
    near.send(told, { text: 'too early' });
    await settled();
    far.listen(told, ({ text }) => heard.push(text));
    near.send(told, { text: 'now' });
    near.send(event<unknown>(told.name), { text: 7 });
    await settled();
    deepEqual(heard, ['now']);
  });

  it('survives a listener that throws', async () => {
    far.listen(told, () => {
      throw new Error('mine');
    });
    near.send(told, { text: '' });
    await settled();
    equal((failures[0] as Error).message, 'mine');
  });

  it('drops whatever is not a message of its own', async () => {
    far.handle(double, ({ text }) => text);
    const strange = [
      ...[undefined, null, 0, '', 'request', [], {}, () => undefined],
      ...['request', 'event', 'result', 'failure', 'cancel', 'constructor', '__proto__'].map((kind) => ({
        kind,
      })),
      { kind: 'request', id: '1', name: double.name },
      { kind: 'request', id: NaN, name: double.name },
      { kind: 'result', id: 99, result: 'unasked' },
      { kind: 'failure', id: 1, message: { toString: 1 } },
      { kind: 'event', name: { toString: 1 } },
    ];
    const sent: unknown[] = [];
    ports[0].onMessage((message) => sent.push(message));
    for (const message of strange) ports[0].post(message);
    await settled();
    deepEqual(sent, []);
    deepEqual(failures, []);
    equal(await near.request(double, { text: 'still well' }), 'still well');
  });
});

/** All that was posted has been received. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
