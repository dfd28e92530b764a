import { deepEqual, equal, match } from 'node:assert/strict';
import {
  formatCompact,
  formatElapsed,
  formatPlace,
  formatShort,
  formatStepText,
  formatTick,
} from '../../../webviews/metrics/formatX';

describe('The text of an axis', () => {
  it('writes steps with thousands, however long', () => {
    equal(formatTick('step', 1_200_000, 2e6), (1_200_000).toLocaleString());
    equal(formatTick('step', -0, 1), '0');
    equal(formatStepText('9223372036854775807'), 9223372036854775807n.toLocaleString());
    equal(formatStepText('no step'), 'no step');
  });

  it('writes passed time in two units at most', () => {
    const shown = [0.25, 12, 60, 90, 3600, 5400, 86_400, 97_200, -90].map((seconds) =>
      formatElapsed(seconds, 0),
    );
    deepEqual(shown, [
      '0.25 s',
      '12 s',
      '1 min',
      '1 min 30 s',
      '1 h',
      '1 h 30 min',
      '1 d',
      '1 d 3 h',
      '-1 min 30 s',
    ]);
    equal(formatElapsed(59.9999, 0), '60 s');
    equal(formatElapsed(3599.9, 0), '1 h');
  });

  it('writes wall time in as much detail as the axis needs', () => {
    const at = new Date(2025, 10, 3, 14, 5, 9, 120).getTime();
    match(formatTick('time', at, 1000), /09[.,]120/);
    match(formatTick('time', at, 60_000), /:09/);
    match(formatTick('time', at, 3_600_000), /05/);
    match(formatTick('time', at, 86_400_000 * 30), /3/);
    match(formatTick('time', at, 86_400_000 * 900), /2025/);
    equal(formatTick('time', 9e15, 1000), '9000000000000000');
  });

  it('writes values so that neighbours differ', () => {
    deepEqual(
      [0, 0.5, 0.501, 12.25, 1234, 2.5e7, 0.00001].map((value) => formatShort(value, 0.01)),
      ['0', '0.5', '0.501', '12.25', '1234', '2.5e7', '1e-5'],
    );
    equal(formatShort(0.30000000000000004, 1), '0.3');
  });

  it('writes values in few digits where room is short', () => {
    deepEqual(
      ([0, 0.182088, 0.00000100062, 12345.678, 1234567, 'NaN', '-Infinity'] as const).map(formatCompact),
      ['0', '0.1821', '1e-6', '12345.7', '1234570', 'NaN', '-∞'],
    );
  });

  it('says an x exactly, with what it is', () => {
    equal(formatPlace({ kind: 'step' }, 1200), `step ${(1200).toLocaleString()}`);
    equal(formatPlace({ kind: 'relative' }, 90), '1 min 30 s after start');
    equal(formatPlace({ kind: 'metric', metric: 'epoch' }, 2.5), 'epoch 2.5');
    equal(formatPlace({ kind: 'time' }, 9e15), '9000000000000000');
  });
});
