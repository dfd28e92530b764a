import assert from 'node:assert/strict';
import { ReplyReader } from '../../../../extension/tracking/rest/replyReader';
import { UnusableReply } from '../../../../extension/tracking/rest/wire/reply';

/** A page of runs as a real server sends it: about 6 kB each. */
function makeRuns(count: number, step = '7'): Uint8Array {
  const metric = (key: number): string =>
    `{"key":"metric/${key}","value":0.${key},"timestamp":1795219715954,"step":${step}}`;
  const pair = (key: number): string => `{"key":"param/${key}","value":"${'x'.repeat(20)}"}`;
  const metrics = Array.from({ length: 40 }, (_, key) => metric(key)).join();
  const params = Array.from({ length: 40 }, (_, key) => pair(key)).join();
  const run = (id: number): string =>
    `{"info":{"run_id":"${id}","status":"FINISHED"},"data":{"metrics":[${metrics}],"params":[${params}]}}`;
  const runs = Array.from({ length: count }, (_, id) => run(id)).join();
  return new Uint8Array(Buffer.from(`{"runs":[${runs}],"next_page_token":"next"}`));
}

describe('ReplyReader', () => {
  const never = new AbortController().signal;
  let reader = new ReplyReader();

  beforeEach(() => {
    reader = new ReplyReader();
  });
  afterEach(() => {
    reader.dispose();
  });

  it('reads a small reply in place and a big one in its worker, alike', async () => {
    const small = await reader.read('runs', [makeRuns(3)], never);
    const big = await reader.read('runs', [makeRuns(300)], never);
    assert.equal(big.items.length, 300);
    assert.deepEqual(big.items.slice(0, 3), small.items);
    assert.equal(big.nextPageToken, 'next');
    assert.deepEqual(
      big.items.map(({ id }) => id),
      big.items.map((_, index) => String(index)),
    );
  });

  it('takes a body in pieces, cut anywhere', async () => {
    const body = makeRuns(300);
    const chunks = [body.slice(0, 1001), body.slice(1001, 200_000), body.subarray(200_000)];
    assert.equal((await reader.read('runs', chunks, never)).items.length, 300);
  });

  it('keeps 64-bit steps, in replies of any size', async () => {
    for (const count of [1, 300]) {
      const page = await reader.read('runs', [makeRuns(count, '9007199254740993')], never);
      assert.equal(page.items.at(-1)?.metrics.get('metric/3')?.step, 9007199254740993n);
    }
  });

  it('reads several at once', async () => {
    const bodies = [makeRuns(300), makeRuns(1, '9007199254740993'), makeRuns(100)];
    const pages = await Promise.all(bodies.map((body) => reader.read('runs', [body], never)));
    assert.deepEqual(
      pages.map(({ items }) => items.length),
      [300, 1, 100],
    );
  });

  it('says what is wrong with a big reply', async () => {
    const broken = makeRuns(300).slice(0, -5);
    await assert.rejects(
      reader.read('runs', [broken], never),
      (error) =>
        error instanceof UnusableReply && error.kind === 'malformed' && error.message.includes('breaks off'),
    );
    assert.equal((await reader.read('runs', [makeRuns(300)], never)).items.length, 300);
  });

  it('lets go at once when nobody wants the reply any more, and reads the next', async () => {
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    const reading = reader.read('runs', [makeRuns(1000)], controller.signal);
    controller.abort(reason);
    await assert.rejects(reading, (error) => error === reason);
    assert.equal((await reader.read('runs', [makeRuns(300)], never)).items.length, 300);
  });

  it('ends what is under way when disposed', async () => {
    const reading = reader.read('runs', [makeRuns(1000)], never);
    reader.dispose();
    await assert.rejects(reading, { name: 'TrackingError' });
  });
});
