import { deepEqual, equal } from 'node:assert/strict';
import { csvPieces } from '../../../extension/metrics/historyCsv';
import { toMetricHistory } from '../../../extension/tracking/metricHistory';

describe('csvPieces', () => {
  it('writes every point on a line of its own', () => {
    const history = toMetricHistory([
      { step: 0, value: -1.5, timestamp: 1_700_000_000_000 },
      { step: 2n ** 60n, value: NaN, timestamp: 9e15 },
    ]);
    const text = [...csvPieces({ runId: 'r1', runName: 'a, "b"', metric: 'loss', history })].join('');
    deepEqual(text.split('\r\n'), [
      'r1,"a, ""b""",loss,0,2023-11-14T22:13:20.000Z,-1.5',
      'r1,"a, ""b""",loss,1152921504606846976,,NaN',
      '',
    ]);
  });

  it('comes in pieces where it is long', () => {
    const history = toMetricHistory(
      Array.from({ length: 50_000 }, (_, step) => ({ step, value: 1, timestamp: 0 })),
    );
    const pieces = [...csvPieces({ runId: 'r', runName: 'n', metric: 'm', history })];
    equal(pieces.length, 3);
    equal(pieces.join('').split('\r\n').length, 50_001);
  });
});
