import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Attention } from '../../../extension/catalog/attention';
import { Polling } from '../../../extension/catalog/polling';

/** Lets promises that are ready settle; mocked timers do not wait for them. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

function setUp(step: (signal: AbortSignal) => Promise<boolean>) {
  const attention = new Attention();
  const state = { interval: 1000, steps: 0 };
  const polling = new Polling({
    interval: () => state.interval,
    longestInterval: 8000,
    attention,
    step: (signal) => {
      state.steps++;
      return step(signal);
    },
  });
  const pass = async (milliseconds: number) => {
    mock.timers.tick(milliseconds);
    await settle();
  };
  return { attention, polling, state, pass };
}

describe('Polling', () => {
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => {
    mock.timers.reset();
  });

  it('steps only while somebody looks, and at once when attention returns', async () => {
    const { attention, state, pass } = setUp(() => Promise.resolve(true));
    await pass(5000);
    assert.equal(state.steps, 0);
    attention.set('view', true);
    await settle();
    assert.equal(state.steps, 1);
    await pass(1000);
    await pass(1000);
    assert.equal(state.steps, 3);
    attention.set('view', false);
    await pass(60_000);
    assert.equal(state.steps, 3);
  });

  it('doubles the wait with each failure, up to the longest, and forgets on success', async () => {
    let isWell = false;
    const { attention, state, pass } = setUp(() => Promise.resolve(isWell));
    attention.set('view', true);
    await settle();
    for (const wait of [2000, 4000, 8000, 8000]) {
      const before = state.steps;
      await pass(wait - 1);
      assert.equal(state.steps, before);
      await pass(1);
      assert.equal(state.steps, before + 1);
    }
    isWell = true;
    await pass(8000);
    const before = state.steps;
    await pass(1000);
    assert.equal(state.steps, before + 1);
  });

  it('never runs two steps at once, and aborts one that nobody waits for', async () => {
    const signals: AbortSignal[] = [];
    const { attention, state, pass } = setUp(
      (signal) =>
        new Promise((resolve) => {
          signals.push(signal);
          signal.addEventListener('abort', () => {
            resolve(false);
          });
        }),
    );
    attention.set('view', true);
    await pass(60_000);
    assert.equal(state.steps, 1);
    attention.set('view', false);
    await settle();
    assert.equal(signals[0]?.aborted, true);
  });

  it('rests where the interval is 0, until it is woken', async () => {
    const { attention, polling, state, pass } = setUp(() => Promise.resolve(true));
    state.interval = 0;
    attention.set('view', true);
    await pass(60_000);
    assert.equal(state.steps, 0);
    state.interval = 1000;
    polling.wake();
    await pass(600);
    polling.wake();
    await pass(400);
    assert.equal(state.steps, 1);
  });

  it('does nothing more when it is disposed', async () => {
    const { attention, polling, state, pass } = setUp(() => Promise.resolve(true));
    attention.set('view', true);
    await settle();
    polling.dispose();
    polling.wake();
    await pass(60_000);
    assert.equal(state.steps, 1);
  });
});
