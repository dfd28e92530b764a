import { deepEqual, equal } from 'node:assert/strict';
import { readTypedRange, typeEnd } from '../../../webviews/metrics/manualRange';
import { logTicks, valueTicks } from '../../../webviews/metrics/valueTicks';

describe('A range that is typed', () => {
  const reason = (...typed: Parameters<typeof readTypedRange>) => {
    const read = readTypedRange(...typed);
    return read.kind === 'invalid' ? read.reason : undefined;
  };

  it('is two ends in their order, or none', () => {
    deepEqual(readTypedRange('0.5', '1e3', false, false), { kind: 'valid', range: [0.5, 1000] });
    deepEqual(readTypedRange('', ' ', false, false), { kind: 'valid', range: undefined });
  });

  it('says what is wrong with it', () => {
    equal(reason('1', '', false, false), 'Both ends are needed.');
    equal(reason('2', '1', false, false), 'The first is below the second.');
    equal(reason('1', '1', false, false), 'The first is below the second.');
    equal(reason('0', '1', true, false), 'On a log axis both ends are above 0.');
  });

  it('is of local time where the axis is', () => {
    const at = new Date(2025, 0, 2, 3, 4, 5).getTime();
    const typed = typeEnd(at, 'time');
    equal(typed, '2025-01-02T03:04:05');
    deepEqual(readTypedRange(typed, '2025-01-03T00:00:00', false, true), {
      kind: 'valid',
      range: [at, new Date(2025, 0, 3).getTime()],
    });
  });
});

describe('The ticks of values', () => {
  it('are round and within the range', () => {
    deepEqual(valueTicks(0.046, 1.01, 5), [0.2, 0.4, 0.6, 0.8, 1]);
    deepEqual(valueTicks(-2.05, -0.95, 4), [-2, -1.5, -1]);
    deepEqual(valueTicks(0, 1e-7, 2), [0, 5e-8, 1e-7]);
  });
});

describe('The ticks of a log axis', () => {
  it('are powers of ten, and between them as many as there is room for', () => {
    deepEqual(logTicks(0.5, 20, 8), [0.5, 1, 2, 3, 5, 10, 20]);
    deepEqual(logTicks(0.5, 20, 4), [1, 3, 10]);
    deepEqual(logTicks(1e-9, 1, 4), [1e-9, 1e-6, 0.001, 1]);
  });

  it('are as on any other axis where that is short', () => {
    deepEqual(logTicks(0.61, 0.82, 4), [0.7, 0.8]);
  });
});
