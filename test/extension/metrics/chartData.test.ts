import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { makeChartData, type FindPoints } from '../../../extension/metrics/chartData';
import type { KnownPoints } from '../../../extension/histories/historyCache';
import { Pace } from '../../../extension/histories/pace';
import { findPoints } from '../../../extension/metrics/points';
import { toMetricHistory } from '../../../extension/tracking/metricHistory';
import type { ChartQuery, PointQuery } from '../../../webviews/protocol/metrics';

const query: ChartQuery = {
  metric: 'loss',
  lines: [{ id: 'a', runIds: ['a'] }],
  x: { kind: 'step' },
  isLogX: false,
  isLogY: false,
  columns: 100,
  smoothing: 0,
  band: 'none',
};

const whole = (...values: number[]): KnownPoints => ({
  kind: 'whole',
  history: toMetricHistory(values.map((value, step) => ({ value, step, timestamp: 1000 * step }))),
});

const from =
  (known: Readonly<Record<string, KnownPoints>>): FindPoints =>
  (runId, metric) =>
    known[metric === 'loss' ? runId : `${runId} ${metric}`] ?? { kind: 'none' };

const make = (changes: Partial<ChartQuery>, known: Readonly<Record<string, KnownPoints>>) =>
  makeChartData({ ...query, ...changes }, from(known), 'lower', new Pace());

const lines = (...ids: string[]) => ids.map((id) => ({ id, runIds: [id] }));

describe('makeChartData', () => {
  it('draws lines in their order, and leaves out those without points', async () => {
    const data = await make(
      { lines: lines('b', 'none', 'empty', 'a') },
      { a: whole(1), b: whole(2), empty: whole() },
    );
    deepEqual(
      data.lines.map(({ id }) => id),
      ['b', 'a'],
    );
    deepEqual([data.pending, data.isPreview, data.failures], [0, false, []]);
  });

  it('tells the extent of all points and the percentiles of those in the range', async () => {
    const values = Array.from({ length: 101 }, (_, index) => index);
    const data = await make({ from: 50, to: 60 }, { a: whole(...values) });
    deepEqual(data.extent, [0, 100]);
    deepEqual(data.percentiles, [51, 60]);
    const { shown, total, points } = data.lines[0]!;
    deepEqual([shown, total], [11, 101]);
    const { x } = points;
    deepEqual([x[0], x.at(-1)], [49, 61]);
  });

  it('tells statistics of the full history, whatever the range', async () => {
    const {
      lines: [line],
    } = await make({ from: 0, to: 1 }, { a: whole(5, 6, 1, NaN) });
    deepEqual(line?.statistics, {
      min: { value: 1, step: '2' },
      max: { value: 6, step: '1' },
      best: { value: 1, step: '2' },
      last: { value: 'NaN', step: '3' },
    });
  });

  it('marks what has no place: on the y axis where it lies, on a logarithmic x axis at its left end', async () => {
    const {
      lines: [line],
      extent,
    } = await make({ isLogX: true, isLogY: true }, { a: whole(4, NaN, -2, 3) });
    deepEqual(extent, [1, 3]);
    deepEqual(line?.marks, [
      { kind: 'nan', x: Float64Array.of(1), count: 1 },
      { kind: 'nonPositive', x: Float64Array.of(1, 2), count: 2 },
    ]);
    deepEqual([...line.points.y], [3]);
  });

  it('says so where nothing has a place on a logarithmic x axis', async () => {
    const {
      lines: [line],
      extent,
    } = await make({ isLogX: true }, { a: whole(4) });
    equal(extent, undefined);
    deepEqual(line?.marks, [{ kind: 'nonPositive', x: Float64Array.of(1), count: 1 }]);
  });

  it('smooths over the full history, the points staying as they are', async () => {
    const {
      lines: [line],
    } = await make({ smoothing: 0.5, from: 2, to: 2 }, { a: whole(0, 0, 4) });
    ok(Math.abs(line!.smooth!.y.at(-1)! - 2 / 0.875) < 1e-12);
    equal(line?.points.y.at(-1), 4);
  });

  it('draws the mean of a group with its band and what its runs have together', async () => {
    const group = [{ id: 'g', runIds: ['a', 'b', 'c'] }];
    const data = await make(
      { lines: group, band: 'range' },
      { a: whole(1, 2), b: whole(3, NaN), c: { kind: 'reading' } },
    );
    const [line] = data.lines;
    deepEqual(
      [[...line!.points.x], [...line!.points.y]],
      [
        [0, 1],
        [2, 2],
      ],
    );
    deepEqual([...line!.band!.high], [3, 2]);
    deepEqual([line!.total, line!.marks[0]?.count, line!.statistics.max?.value], [4, 1, 3]);
    equal(data.pending, 1);
  });

  it('says what is a preview, and claims no lowest or highest of it', async () => {
    const full = whole(5, 1, 3);
    const history = full.kind === 'whole' ? full.history : toMetricHistory([]);
    const data = await make({}, { a: { kind: 'preview', history } });
    deepEqual([data.isPreview, data.pending], [true, 1]);
    deepEqual(data.lines[0]?.statistics, { last: { value: 3, step: '2' } });
  });

  it('shows a preview whose whole cannot be read, and says why', async () => {
    const history = toMetricHistory([{ step: 0, value: 1, timestamp: 0 }]);
    const data = await make({}, { a: { kind: 'preview', history, cause: 'No.' } });
    deepEqual([data.isPreview, data.pending, data.failures], [true, 0, [{ runId: 'a', cause: 'No.' }]]);
    equal(data.lines.length, 1);
  });

  it('tells which runs failed, and rejects where nothing else is there or on its way', async () => {
    const failed: KnownPoints = { kind: 'failed', cause: 'No.' };
    const data = await make({ lines: lines('a', 'b') }, { a: failed, b: whole(1) });
    deepEqual(data.failures, [{ runId: 'a', cause: 'No.' }]);
    await rejects(make({}, { a: failed }), /No\./);
    equal((await make({ lines: lines('a', 'b') }, { a: failed, b: { kind: 'reading' } })).pending, 1);
  });

  it('goes along another metric, waiting for both', async () => {
    const x = { kind: 'metric', metric: 'tokens' } as const;
    const waiting = await make({ x }, { a: whole(1, 2), 'a tokens': { kind: 'reading' } });
    deepEqual([waiting.lines, waiting.pending], [[], 1]);
    const {
      lines: [line],
    } = await make({ x }, { a: whole(1, 2), 'a tokens': whole(700, 100) });
    deepEqual(
      [[...line!.points.x], [...line!.points.y]],
      [
        [100, 700],
        [2, 1],
      ],
    );
  });

  it('survives any numbers that a view may send', async () => {
    for (const columns of [-5, 0, 0.3, 1e300])
      await make({ columns, smoothing: 7, from: 5, to: -5 }, { a: whole(1, 2) });
  });

  it('gives others their turn in the midst of 200 lines of 10,000 points', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `r${index}`);
    const values = Array.from({ length: 10_000 }, (_, step) => Math.sin(step));
    const known = Object.fromEntries(ids.map((id) => [id, whole(...values)]));
    let turns = 0;
    let isOver = false;
    const take = (): void => {
      turns++;
      if (!isOver) setImmediate(take);
    };
    setImmediate(take);
    const data = await make({ lines: lines(...ids), columns: 1000, smoothing: 0.9 }, known);
    isOver = true;
    equal(data.lines.length, 200);
    ok(turns >= 3, `${turns} turns`);
  });
});

describe('findPoints', () => {
  const ask = (changes: Partial<PointQuery>, known = from({ a: whole(10, 20, 30), b: whole(1) })) =>
    findPoints(
      { metric: 'loss', lines: lines('a', 'b'), x: { kind: 'step' }, at: 1, move: 'nearest', ...changes },
      known,
    );
  const steps = (points: ReturnType<typeof ask>) => points.map(({ id, step }) => `${id} ${step}`);

  it('finds the nearest point of each line, exactly as it was logged', () => {
    deepEqual(ask({ at: 1.4, lines: lines('a') }), [
      { id: 'a', runId: 'a', x: 1, value: 20, step: '1', loggedAt: 1000 },
    ]);
    deepEqual(steps(ask({ at: 99 })), ['a 2', 'b 0']);
    deepEqual(steps(ask({ at: -99 })), ['a 0', 'b 0']);
  });

  it('walks to the next point and back, and nowhere beyond the ends', () => {
    deepEqual(steps(ask({ at: 0, move: 'next' })), ['a 1']);
    deepEqual(steps(ask({ at: 2, move: 'next' })), []);
    deepEqual(steps(ask({ at: 2, move: 'previous' })), ['a 1', 'b 0']);
    deepEqual(steps(ask({ at: 0, move: 'previous' })), []);
  });

  it('finds the last of several points at one x, and says NaN in words', () => {
    const twice: KnownPoints = {
      kind: 'whole',
      history: toMetricHistory([
        { step: 5, value: 1, timestamp: 1 },
        { step: 5, value: NaN, timestamp: 2 },
      ]),
    };
    for (const [at, move] of [
      [5, 'nearest'],
      [0, 'next'],
      [9, 'previous'],
    ] as const) {
      equal(ask({ at, move, lines: lines('a') }, from({ a: twice }))[0]?.value, 'NaN');
    }
  });

  it('leaves out what is not read yet, and takes the nearest run of a group', () => {
    deepEqual(ask({}, from({ a: { kind: 'reading' } })), []);
    equal(ask({ at: 2, lines: [{ id: 'g', runIds: ['b', 'a'] }] })[0]?.runId, 'a');
  });
});
