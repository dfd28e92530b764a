import { deepEqual, equal, rejects } from 'node:assert/strict';
import { HistoryCache, type WantedMetric } from '../../../extension/histories/historyCache';
import { toMetricHistory } from '../../../extension/tracking/metricHistory';
import type { MetricHistory } from '../../../extension/tracking/model';

/** A store that answers when it is told to. */
class HeldStore {
  readonly begun: string[] = [];
  readonly aborted: string[] = [];
  previews: ReadonlyMap<string, MetricHistory> | undefined;
  error: Error | undefined;
  points = 3;
  private readonly held = new Map<string, () => void>();

  readonly getMetricHistory = (
    runId: string,
    key: string,
    signal: AbortSignal,
    known?: MetricHistory,
  ): Promise<MetricHistory> => {
    const name = `${runId} ${key}${known ? ` after ${known.values.length}` : ''}`;
    this.begun.push(name);
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        this.aborted.push(name);
        reject(signal.reason as Error);
      });
      this.held.set(`${runId} ${key}`, () => {
        if (this.error) reject(this.error);
        else resolve(historyOf(this.points));
      });
    });
  };

  readonly getMetricPreview = (
    runIds: readonly string[],
    key: string,
  ): Promise<ReadonlyMap<string, MetricHistory>> => {
    this.begun.push(`preview of ${runIds.join(', ')} ${key}`);
    return this.previews ? Promise.resolve(this.previews) : Promise.reject(new Error('no previews'));
  };

  async answer(name: string): Promise<void> {
    this.held.get(name)?.();
    this.held.delete(name);
    await quiet();
  }
}

const historyOf = (count: number) =>
  toMetricHistory(Array.from({ length: count }, (_, step) => ({ step, value: step, timestamp: step })));
const quiet = () => new Promise((resolve) => setImmediate(resolve));
const wanted = (
  runId: string,
  changes: Partial<WantedMetric> & { readonly step?: number } = {},
): WantedMetric => ({
  runId,
  metric: 'm',
  latest: { value: 1, step: changes.step ?? 0, timestamp: 0 },
  isFinished: true,
  ...changes,
});

describe('HistoryCache', () => {
  let store: HeldStore;
  let cache: HistoryCache;
  let changes: string[];
  const open = (budget?: number, hasPreviews = false) => {
    const { getMetricHistory, getMetricPreview } = store;
    cache = new HistoryCache(
      hasPreviews ? { getMetricHistory, getMetricPreview } : { getMetricHistory },
      budget,
    );
    cache.onDidChange((metric) => changes.push(metric));
  };
  const kinds = (...runIds: string[]) => runIds.map((runId) => cache.find(runId, 'm').kind);

  beforeEach(() => {
    store = new HeldStore();
    changes = [];
    open();
  });
  afterEach(() => {
    cache.dispose();
  });

  it('reads what is wanted, a few at a time, in order, and tells of each', async () => {
    cache.want(
      {},
      ['a', 'b', 'c', 'd'].map((id) => wanted(id)),
    );
    deepEqual(store.begun, ['a m', 'b m', 'c m']);
    await store.answer('b m');
    deepEqual(store.begun.at(-1), 'd m');
    deepEqual(kinds('a', 'b', 'e'), ['reading', 'whole', 'none']);
    deepEqual(changes, ['m']);
  });

  it('shares what two owners want, and gives up only what nobody wants any more', async () => {
    const [one, other] = [{}, {}];
    cache.want(one, [wanted('a'), wanted('b')]);
    cache.want(other, [wanted('a')]);
    deepEqual(store.begun, ['a m', 'b m']);
    cache.want(one, []);
    deepEqual(store.aborted, ['b m']);
    await quiet();
    equal(kinds('a')[0], 'reading');
    cache.want(one, [wanted('b')]);
    deepEqual(store.begun, ['a m', 'b m', 'b m']);
  });

  it('never reads a finished run’s history again', async () => {
    cache.want({}, [wanted('a')]);
    await store.answer('a m');
    cache.want({}, [wanted('a', { step: 9 })]);
    deepEqual(store.begun, ['a m']);
  });

  it('reads a running one again when its latest point is another, after what is known, and keeps that until then', async () => {
    const owner = {};
    cache.want(owner, [wanted('a', { isFinished: false })]);
    await store.answer('a m');
    cache.want(owner, [wanted('a', { isFinished: false })]);
    deepEqual(store.begun, ['a m']);
    cache.want(owner, [wanted('a', { isFinished: false, step: 5 })]);
    deepEqual(store.begun, ['a m', 'a m after 3']);
    equal(kinds('a')[0], 'whole');
    store.points = 4;
    await store.answer('a m');
    const known = cache.find('a', 'm');
    equal(known.kind === 'whole' && known.history.values.length, 4);
  });

  it('reads a run once more from its beginning when it has finished', async () => {
    const owner = {};
    cache.want(owner, [wanted('a', { isFinished: false })]);
    await store.answer('a m');
    cache.want(owner, [wanted('a')]);
    deepEqual(store.begun, ['a m', 'a m']);
    await store.answer('a m');
    cache.want(owner, [wanted('a')]);
    equal(store.begun.length, 2);
  });

  it('reads once more what changed while it was being read', async () => {
    const owner = {};
    cache.want(owner, [wanted('a', { isFinished: false })]);
    cache.want(owner, [wanted('a', { isFinished: false, step: 5 })]);
    await store.answer('a m');
    deepEqual(store.begun, ['a m', 'a m after 3']);
  });

  it('tells why something cannot be read, and tries again on request only', async () => {
    const owner = {};
    store.error = new Error('No.');
    cache.want(owner, [wanted('a')]);
    await store.answer('a m');
    deepEqual(cache.find('a', 'm'), { kind: 'failed', cause: 'No.' });
    cache.want(owner, [wanted('a')]);
    equal(store.begun.length, 1);
    store.error = undefined;
    cache.renew(owner);
    await store.answer('a m');
    equal(kinds('a')[0], 'whole');
  });

  it('shows all previews before the first whole history, which then takes their place', async () => {
    open(undefined, true);
    store.previews = new Map([['a', historyOf(2)]]);
    cache.want({}, [wanted('a'), wanted('b'), wanted('a', { metric: 'n' })]);
    deepEqual(store.begun, ['preview of a, b m', 'preview of a n', 'a m']);
    await quiet();
    deepEqual(kinds('a', 'b'), ['preview', 'reading']);
    await store.answer('a m');
    equal(kinds('a')[0], 'whole');
  });

  it('does without previews where they fail', async () => {
    open(undefined, true);
    cache.want({}, [wanted('a')]);
    await quiet();
    await store.answer('a m');
    equal(kinds('a')[0], 'whole');
  });

  it('forgets what was looked at longest ago beyond its budget, but nothing that is wanted', async () => {
    open(2 * 24 * 3);
    for (const id of ['a', 'b', 'c']) {
      const owner = {};
      cache.want(owner, [wanted(id)]);
      await store.answer(`${id} m`);
      if (id !== 'a') cache.want(owner, []);
    }
    cache.want({}, [wanted('d')]);
    await store.answer('d m');
    deepEqual(kinds('a', 'b', 'c', 'd'), ['whole', 'none', 'none', 'whole']);
  });

  it('gives the whole history to who waits for it, or why there is none', async () => {
    const reading = cache.read(wanted('a'), new AbortController().signal);
    await store.answer('a m');
    equal((await reading).values.length, 3);
    store.error = new Error('No.');
    const failing = cache.read(wanted('b'), new AbortController().signal);
    void store.answer('b m');
    await rejects(failing, /No\./);
    const controller = new AbortController();
    const stopped = cache.read(wanted('c'), controller.signal);
    controller.abort();
    await rejects(stopped, { name: 'AbortError' });
    deepEqual(store.aborted, ['c m']);
  });
});
