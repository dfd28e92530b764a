import { deepEqual, equal } from 'node:assert/strict';
import { initialArrangement, zoomChart } from '../../../webviews/metrics/arrangement';
import { readArrangement, readSavedState } from '../../../webviews/metrics/savedState';

describe('The saved state of the charts', () => {
  const subject = { connectionUri: 'http://h', experimentId: '7', runIds: ['a'] };
  const arrangement = {
    ...zoomChart(initialArrangement, 'loss', [1, 2], [0, 1]),
    search: 'loss',
    sort: 'mostRuns' as const,
    hidden: ['b'],
    isolated: 'c',
    grouping: { source: 'tag' as const, key: 'team' },
    x: { kind: 'metric' as const, metric: 'epoch' },
    smoothing: 0.6,
    fullSize: 'loss',
  };
  const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  it('is read as it was saved', () => {
    const state = { ...subject, arrangement, scrollTop: 120 };
    deepEqual(stored(readSavedState(stored(state))), {
      ...(stored(state) as object),
      arrangement: {
        ...(stored(arrangement) as object),
        charts: [{ metric: 'loss', x: [1, 2], y: [0, 1], isTableShown: false }],
      },
    });
  });

  it('is dropped where it names no runs', () => {
    for (const value of [undefined, null, 'x', [], {}, { ...subject, runIds: [7] }, { runIds: [] }]) {
      equal(readSavedState(value), undefined);
    }
  });

  it('begins anew where a part is unknown or ill-formed', () => {
    const nonsense = {
      search: 7,
      sort: 'byMood',
      folded: 'train',
      pinned: ['loss', 7, null],
      band: 'wide',
      x: { kind: 'metric' },
      grouping: { source: 'run', key: 'lr' },
      sharedX: [3, 1],
      size: {},
      charts: [7, { metric: 3 }, { metric: 'loss', x: [1, Infinity], y: [1, '2'] }],
    };
    const read = stored(readArrangement(nonsense));
    const begin = {
      ...initialArrangement,
      pinned: ['loss'],
      charts: [{ metric: 'loss', isTableShown: false }],
    };
    deepEqual(read, stored(begin));
  });

  it('keeps numbers within their bounds', () => {
    const read = readArrangement({ smoothing: 7, legendWidth: -3 });
    deepEqual([read.smoothing, read.legendWidth], [0.99, 150]);
    deepEqual(readArrangement({ smoothing: NaN }).smoothing, 0);
    equal(readSavedState({ ...subject, scrollTop: -5 })?.scrollTop, 0);
  });
});
