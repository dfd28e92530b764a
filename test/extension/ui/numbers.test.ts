import assert from 'node:assert/strict';
import { assert as check, double, property } from 'fast-check';
import {
  formatAge,
  formatCount,
  formatDate,
  formatDuration,
  formatMetric,
  formatSize,
} from '../../../extension/ui/numbers';

const minute = 60_000;
const day = 24 * 60 * minute;

describe('formatMetric', () => {
  const rows: readonly (readonly [value: number, shown: string])[] = [
    [0.9312345678, '0.931235'],
    [0.1 + 0.2, '0.3'],
    [1e-7 / 3, '3.33333e-8'],
    [42, '42'],
    [-0, '0'],
    [123456789, '123456789'],
    [1234567.891, '1234567.9'],
    [1.7976931348623157e308, '1.79769e+308'],
    [5e-324, '5e-324'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '-∞'],
  ];
  for (const [value, shown] of rows) {
    it(`shows ${value} as ${shown}`, () => {
      assert.equal(formatMetric(value), shown);
    });
  }

  it('stays within a millionth of the value', () => {
    check(
      property(double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const shown = Number(formatMetric(value));
        assert.ok(Math.abs(shown - value) <= Math.abs(value) * 5.1e-6 || Math.abs(value) < 1e-300);
      }),
    );
  });
});

describe('formatDuration', () => {
  it('names the two greatest units', () => {
    const spans = [-5, 0, 850, 3456, 59_999, 72_000, 3_600_000 + 5 * minute, 2 * day + 4 * 60 * minute];
    assert.deepEqual(spans.map(formatDuration), [
      '0ms',
      '0ms',
      '850ms',
      '3.4s',
      '59s',
      '1m 12s',
      '1h 5m',
      '2d 4h',
    ]);
  });
});

describe('formatAge', () => {
  it('names the greatest unit, and takes the future for now', () => {
    const ages = [-day, 0, 5 * minute, 3 * 60 * minute, 2 * day, 60 * day, 800 * day];
    assert.deepEqual(
      ages.map((age) => formatAge(1e12 - age, 1e12)),
      ['just now', 'just now', '5 min ago', '3 h ago', '2 d ago', '2 mo ago', '2 y ago'],
    );
  });
});

describe('formatSize', () => {
  it('keeps two or three digits', () => {
    assert.deepEqual([0, 1023, 1536, 1024 ** 2, 5e9].map(formatSize), [
      '0 B',
      '1023 B',
      '1.5 KB',
      '1 MB',
      '4.7 GB',
    ]);
  });
});

describe('formatDate and formatCount', () => {
  it('take what no calendar has', () => {
    assert.equal(formatDate(1e300), '1e+300');
    assert.match(formatDate(1.7e12), /2023/);
  });
  it('count in words', () => {
    assert.deepEqual(
      [1, 2, 1234].map((count) => formatCount(count, 'run')),
      ['1 run', '2 runs', '1,234 runs'],
    );
  });
});
