import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { readMetricLines } from '../../../../extension/tracking/file/metricLines';
import { MetricPoints } from '../../../../extension/tracking/file/metricPoints';

function read(text: string) {
  const points = new MetricPoints(1);
  const count = readMetricLines(Buffer.from(text), points);
  const { values, timestamps, steps } = points.toHistory();
  const rows = [...values].map((value, index) => [timestamps[index], value, steps[index]]);
  return { ...count, rows, latest: points.latest(undefined) };
}

describe('The lines of a metric file', () => {
  it('are points of two, three or five fields; a line with a dataset has step 0, as MLflow reads it', () => {
    deepEqual(read('5 2.5\n6 -0.25 7\n7 1e-07 9 iris d1\n').rows, [
      [5, 2.5, 0],
      [6, -0.25, 7],
      [7, 1e-7, 0],
    ]);
  });

  it('may hold what Python calls a float', () => {
    const texts = [
      'nan',
      'inf',
      '-inf',
      'Infinity',
      '1e5',
      '1.7976931348623157e+308',
      '-0.0',
      '5',
      '3.',
      '.5',
      '123456789012345678',
    ];
    deepEqual(
      read(texts.map((text) => `1 ${text} 0\n`).join('')).rows.map(([, value]) => value),
      [NaN, Infinity, -Infinity, Infinity, 1e5, Number.MAX_VALUE, -0, 5, 3, 0.5, 123456789012345680],
    );
  });

  it('that are no points are left out, and the first is told', () => {
    for (const line of [
      '',
      'x',
      '1',
      '1 2 3 4',
      '1 2 3 4 5 6',
      '1.5 2 3',
      '1  2',
      '1 0x10 0',
      '1 2 3.5',
      '1 1e 0',
      '1 . 0',
      '\0\0',
    ]) {
      const { badLine, rows, lines } = read(`1 2 3\n${line}\n4 5 6\n`);
      equal(badLine, 2, JSON.stringify(line));
      equal(lines, 3);
      equal(rows.length, 2);
    }
  });

  it('are not points yet without their newline', () => {
    const { rows, consumed } = read('1 2 3\n4 5 6');
    equal(rows.length, 1);
    equal(consumed, 6);
  });

  it('keep 64-bit steps exactly', () => {
    deepEqual(read('1 2 9007199254740993\n1 2 -9223372036854775808\n1 2 3\n').rows, [
      [1, 2, 9007199254740993n],
      [1, 2, -9223372036854775808n],
      [1, 2, 3n],
    ]);
    equal(read('1 2 9223372036854775808\n').badLine, 1);
  });

  it('tell the latest by step, then timestamp, then value, the first of equal or incomparable ones', () => {
    deepEqual(read('9 1 0\n5 2 3\n7 3 3\n7 9 3\n').latest, { step: 3, timestamp: 7, value: 9 });
    deepEqual(read('7 nan 3\n7 9 3\n').latest, { step: 3, timestamp: 7, value: NaN });
    deepEqual(read('7 9 3\n7 nan 3\n').latest, { step: 3, timestamp: 7, value: 9 });
    deepEqual(read('1 1 -3\n0 2 -1\n').latest, { step: -1, timestamp: 0, value: 2 });
  });

  it('give back every double as it was written', () => {
    fc.assert(
      fc.property(fc.double(), fc.integer(), (value, step) => {
        const text = Object.is(value, -0)
          ? '-0.0'
          : Number.isNaN(value)
            ? 'nan'
            : String(value).replace('Infinity', 'inf');
        deepEqual(read(`1 ${text} ${step}\n`).rows, [[1, value, step === 0 ? 0 : step]]);
      }),
      { numRuns: 3000 },
    );
  });

  it('give back small doubles, which Python writes as 2.5e-05', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-30, max: 1, noNaN: true }), (value) => {
        const text = value.toExponential().replace(/e-(\d)$/, 'e-0$1');
        deepEqual(read(`1 ${text} 0\n1 -${text} 0\n`).rows, [
          [1, value, 0],
          [1, -value, 0],
        ]);
      }),
      { numRuns: 3000 },
    );
  });
});
