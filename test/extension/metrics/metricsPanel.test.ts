import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { TrackingError } from '../../../extension/tracking/errors';
import type { MetricPoint } from '../../../extension/tracking/model';
import {
  exportHistory,
  loadChart,
  loadMoreRuns,
  openRun,
  readPoints,
  refresh,
  setDirection,
  watch,
} from '../../../webviews/protocol/metrics';
import { until } from '../../support/until';
import { aRun } from '../runSummary/runs';
import { chartOf, ChartsBench, uri } from './chartsBench';

const point = (step: number, value: number): MetricPoint => ({ step, value, timestamp: 1000 * step });

describe('The metrics panel', () => {
  let bench: ChartsBench;

  beforeEach(() => {
    bench = new ChartsBench();
    bench.log(aRun({ params: new Map([['lr', '1']]) }), 'loss', point(0, 4), point(1, 2));
    bench.log(aRun({ id: 'r2', name: 'second', startedAt: 1 }), 'loss', point(0, 3));
  });

  afterEach(() => {
    bench.dispose();
  });

  const ready = async () => (await bench.shown('ready')).charts;

  it('is loading at once, then shows the runs with their colours and metrics', async () => {
    bench.open({ runIds: ['r2', 'r1'] });
    const { runs, metrics, groupKeys, title } = await ready();
    equal(bench.snapshots[0]?.kind, 'loading');
    deepEqual(
      runs.map(({ id, color }) => `${id} ${color}`),
      ['r2 0', 'r1 1'],
    );
    deepEqual(metrics, [{ key: 'loss', runCount: 2, direction: 'lower' }]);
    deepEqual(groupKeys, [{ source: 'param', key: 'lr', values: [null, '1'] }]);
    equal(title, '2 runs');
    deepEqual(
      [...(bench.badges.at(-1) ?? [])],
      [
        ['r2', 0],
        ['r1', 1],
      ],
    );
  });

  it('names the tab after a single run', async () => {
    bench.open({ runIds: ['r1'] });
    await ready();
    equal(bench.panel.title, 'first · Metrics');
  });

  it('shows the runs that the tree lists of an experiment, nested ones after their parents, and more on request', async () => {
    bench.log(
      aRun({ id: 'r3', name: 'nested', startedAt: 0, tags: new Map([['mlflow.parentRunId', 'r1']]) }),
      'loss',
      point(0, 1),
    );
    bench.open({ experimentId: '1' });
    const first = await ready();
    deepEqual([first.runs.length, first.hasMore], [2, true]);
    await bench.view.request(loadMoreRuns, null);
    const { runs, hasMore } = await ready();
    deepEqual([runs.map(({ id }) => id), hasMore], [['r1', 'r3', 'r2'], false]);
  });

  it('reads what will be in sight first while the view is still being loaded', async () => {
    let run = aRun({ id: 'r3', startedAt: 2 });
    for (const metric of ['system/cpu', 'e', 'd', 'c', 'b', 'a']) run = bench.log(run, metric, point(0, 1));
    bench.open({ runIds: ['r3'] });
    await until('four are read', () => bench.read.length === 4);
    deepEqual(bench.read, ['r3 a', 'r3 b', 'r3 c', 'r3 d']);
  });

  it('answers a chart with the points of its runs, read once', async () => {
    bench.open({ runIds: ['r1', 'r2'] });
    await ready();
    const data = await bench.view.request(loadChart, chartOf('loss', 'r1', 'r2', 'stranger'));
    deepEqual(
      data.lines.map(({ id, points }) => [id, ...points.y]),
      [
        ['r1', 4, 2],
        ['r2', 3],
      ],
    );
    await bench.view.request(loadChart, chartOf('loss', 'r1', 'r2'));
    deepEqual(bench.read.sort(), ['r1 loss', 'r2 loss']);
    const query = { ...chartOf('loss', 'r1'), at: 0.2, move: 'next' } as const;
    equal((await bench.view.request(readPoints, query))[0]?.step, '1');
  });

  it('grows a running run in place, tells which charts to draw again, and stops asking when it is finished', async () => {
    const running = bench.log(aRun({ status: 'RUNNING' }), 'loss', point(2, 1));
    bench.open({ runIds: ['r1'] });
    await ready();
    deepEqual([...bench.watched], ['1 r1']);
    await bench.view.request(loadChart, chartOf('loss', 'r1'));
    const before = bench.snapshots.length;
    bench.log(running, 'loss', point(3, 0.5));
    await bench.poll('1', 'r1');
    await bench.until(() => bench.changes.flat().includes('loss'));
    const { lines } = await bench.view.request(loadChart, chartOf('loss', 'r1'));
    deepEqual([...(lines[0]?.points.y ?? [])], [4, 2, 1, 0.5]);
    equal(bench.snapshots.length, before, 'points alone are no new snapshot');
    const finished = bench.store.runs.find(({ id }) => id === 'r1')!;
    bench.log({ ...finished, status: 'FINISHED' }, 'loss', point(4, 0.4));
    await bench.poll('1', 'r1');
    await bench.until(() => bench.snapshots.length > before);
    await bench.quiet();
    deepEqual([...bench.watched], []);
    const reads = bench.read.length;
    await bench.view.request(loadChart, chartOf('loss', 'r1'));
    equal(bench.read.length, reads);
  });

  it('reads nothing of charts out of sight, nor while it is hidden', async () => {
    const running = bench.log(aRun({ status: 'RUNNING' }), 'loss', point(2, 1));
    bench.open({ runIds: ['r1'] });
    await ready();
    await bench.view.request(loadChart, chartOf('loss', 'r1'));
    bench.view.send(watch, { metrics: [] });
    await bench.quiet();
    const grown = bench.log(running, 'loss', point(3, 1));
    await bench.poll('1', 'r1');
    await bench.quiet();
    equal(bench.read.length, 1);
    bench.panel.setVisible(false);
    deepEqual([...bench.watched], []);
    bench.log(grown, 'loss', point(4, 1));
    await bench.poll('1', 'r1');
    await bench.quiet();
    equal(bench.read.length, 1);
    bench.panel.setVisible(true);
    await bench.quiet();
    deepEqual([...bench.watched], ['1 r1']);
    const { lines } = await bench.view.request(loadChart, chartOf('loss', 'r1'));
    equal(lines[0]?.total, 5);
  });

  it('watches an experiment while it can be seen', async () => {
    bench.open({ experimentId: '1' });
    await ready();
    deepEqual([...bench.watched], ['1']);
    bench.panel.disposed.fire();
    deepEqual([...bench.watched], []);
  });

  it('reads many runs by id in few requests', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `m${index}`);
    for (const id of ids) bench.log(aRun({ id }), 'loss', point(0, 1));
    bench.open({ runIds: ids });
    equal((await ready()).runs.length, 30);
    deepEqual([bench.store.count('getRun'), bench.store.count('getRuns')], [1, 1]);
  });

  it('notes runs that are gone, and fails only where all are', async () => {
    bench.open({ runIds: ['r1', 'gone'] });
    deepEqual((await ready()).notes, ['Run gone is gone.']);
    bench.store.runs = [];
    bench.open({ runIds: ['lost'] });
    await bench.shown('failed');
  });

  it('says why a chart cannot be read', async () => {
    bench.store.getMetricHistory = () => Promise.reject(new TrackingError('timeout', 'It took too long.'));
    bench.open({ runIds: ['r1'] });
    await ready();
    await rejects(bench.view.request(loadChart, chartOf('loss', 'r1')), /It took too long/);
  });

  it('follows the connection away from its runs and back, and says where they belong', async () => {
    bench.open({ runIds: ['r1'] });
    await ready();
    bench.connectTo('http://other:5000');
    match(
      (await bench.shown('failed')).cause,
      /belongs to http:\/\/mlflow:5000.*http:\/\/other:5000.*Connect/,
    );
    deepEqual([...(bench.badges.at(-1) ?? [])], []);
    bench.connectTo(uri);
    await ready();
    equal((await bench.view.request(loadChart, chartOf('loss', 'r1'))).lines.length, 1);
  });

  it('connects again on request after a failure', async () => {
    bench.sessions.use(undefined);
    bench.connectError = new TrackingError('refused', 'Nothing listens there.');
    bench.connectTo(uri);
    bench.open({ runIds: ['r1'] });
    equal((await bench.shown('failed')).cause, 'Nothing listens there.');
    bench.connectError = undefined;
    await bench.view.request(refresh, null);
    await ready();
  });

  it('reads everything again on request', async () => {
    bench.open({ runIds: ['r1'] });
    await ready();
    await bench.view.request(loadChart, chartOf('loss', 'r1'));
    await bench.view.request(refresh, null);
    await bench.quiet();
    deepEqual(bench.read, ['r1 loss', 'r1 loss']);
  });

  it('brings a metric into sight once the view is there', async () => {
    const panel = bench.open({ runIds: ['r1'] });
    panel.reveal('loss', true);
    await ready();
    deepEqual(bench.revealed, []);
    bench.panel.becameReady.fire();
    await bench.until(() => bench.revealed[0]);
    deepEqual(bench.revealed, ['loss']);
    equal(bench.snapshots.at(-1)?.kind, 'ready');
  });

  it('obeys what the user says of a metric, and has its charts drawn again', async () => {
    bench.open({ runIds: ['r1'] });
    await ready();
    await bench.view.request(loadChart, chartOf('loss', 'r1'));
    bench.view.send(setDirection, { metric: 'loss', direction: 'higher' });
    await bench.quiet();
    deepEqual(bench.directions, ['loss higher']);
    bench.rules = new Map([['loss', 'higher']]);
    bench.rulesChanged.fire();
    await bench.until(() => bench.changes.flat().includes('loss'));
    equal((await ready()).metrics[0]?.direction, 'higher');
    const { lines } = await bench.view.request(loadChart, chartOf('loss', 'r1'));
    equal(lines[0]?.statistics.best?.value, 4);
  });

  it('opens and exports its own runs only', async () => {
    bench.open({ runIds: ['r1'] });
    await ready();
    bench.view.send(openRun, { runId: 'r2' });
    bench.view.send(openRun, { runId: 'r1' });
    equal(await bench.view.request(exportHistory, { metric: 'loss', runIds: ['r1', 'r2'] }), true);
    deepEqual([bench.opened, bench.exported], [['r1'], ['loss first 2']]);
    await rejects(
      bench.view.request(exportHistory, { metric: 'other', runIds: ['r1'] }),
      /None of these runs/,
    );
  });
});
