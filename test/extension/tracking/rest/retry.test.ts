import assert from 'node:assert/strict';
import { chooseDelay, parseRetryAfter } from '../../../../extension/tracking/rest/retry';

describe('parseRetryAfter', () => {
  const now = Date.parse('Sat, 21 Nov 2026 00:00:00 GMT');
  for (const [header, seconds] of [
    ['0', 0],
    [' 120 ', 120],
    ['Sat, 21 Nov 2026 00:02:00 GMT', 120],
    ['Saturday, 21-Nov-26 00:02:00 GMT', 120],
    ['Fri, 20 Nov 2026 00:00:00 GMT', 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['99999999999999999999', undefined],
    ['', undefined],
    [null, undefined],
  ] as const) {
    it(`reads ${JSON.stringify(header)} as ${seconds ?? 'nothing'}`, () => {
      assert.equal(parseRetryAfter(header, now), seconds);
    });
  }
});

describe('chooseDelay', () => {
  it('grows with the tries, with jitter', () => {
    assert.deepEqual([chooseDelay(1, () => 0), chooseDelay(1, () => 1)], [150, 450]);
    assert.deepEqual([chooseDelay(2, () => 0), chooseDelay(2, () => 1)], [300, 900]);
  });
});
