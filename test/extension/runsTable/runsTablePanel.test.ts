import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { TrackingError } from '../../../extension/tracking/errors';
import { plainArrangement } from '../../../webviews/protocol/arrangement';
import * as protocol from '../../../webviews/protocol/runsTable';
import { run } from '../catalog/fixtures';
import { TableBench, uri } from './tableBench';

const loss = (value: number) => new Map([['loss', { value, step: 0, timestamp: 0 }]]);

describe('The runs table panel', () => {
  let bench: TableBench;

  beforeEach(() => {
    bench = new TableBench();
    bench.store.runs = [
      run('r1', { startedAt: 3, metrics: loss(1) }),
      run('r2', { startedAt: 2, metrics: loss(2), status: 'RUNNING' }),
      run('r3', { startedAt: 1, metrics: loss(3), name: 'third' }),
      run('s1', { experimentId: '2' }),
    ];
  });

  afterEach(() => {
    bench.dispose();
  });

  const arrange = (change: Partial<typeof plainArrangement>) => {
    bench.view.send(protocol.arrange, { ...plainArrangement, ...change });
  };

  it('is loading, then shows the runs of its experiment, with the tab named after that', async () => {
    bench.open();
    bench.panel.becameReady.fire();
    equal((await bench.shown('loading')).subject.connectionUri, uri);
    const { experiments, rowCount, hasMore } = await bench.facts();
    deepEqual([experiments, rowCount, hasMore], [[{ id: '1', name: 'digits' }], 3, false]);
    deepEqual(await bench.runIds(), ['r1', 'r2', 'r3']);
    equal(bench.panel.title, 'digits · Runs');
  });

  it('shows the runs of several experiments', async () => {
    bench.open(['1', '2']);
    equal((await bench.facts()).rowCount, 4);
    equal(bench.panel.title, '2 experiments · Runs');
  });

  it('sends all that it shows whenever the view is loaded', async () => {
    bench.open();
    await bench.facts();
    bench.snapshots.length = 0;
    bench.panel.becameReady.fire();
    equal((await bench.facts()).rowCount, 3);
  });

  it('answers with the columns, the cells and what runs can be narrowed down by', async () => {
    bench.open();
    const { version } = await bench.facts();
    const columns = await bench.view.request(protocol.loadColumns, null);
    ok(columns.some(({ id }) => id === 'metrics.loss'));
    ok((await bench.view.request(protocol.loadAllColumns, null)).length > columns.length);
    const rows = await bench.view.request(protocol.loadRows, { from: 1, to: 2, columns: ['metrics.loss'] });
    equal(rows.version, version);
    deepEqual(
      rows.rows.map(({ id, cells }) => [id, cells]),
      [['r2', ['2']]],
    );
    deepEqual(await bench.view.request(protocol.loadRunIds, { from: 1, to: 9 }), ['r2', 'r3']);
    equal(await bench.view.request(protocol.findRow, { prefix: 'TH', from: 0 }), 2);
    const { statuses } = await bench.view.request(protocol.loadFacets, null);
    deepEqual(
      statuses.map(({ value, count }) => `${value} ${count}`),
      ['FINISHED 2', 'RUNNING 1'],
    );
  });

  it('gives no more than the protocol allows, whatever is asked', async () => {
    bench.open();
    await bench.facts();
    const ask = (from: number, to: number) =>
      bench.view.request(protocol.loadRows, { from, to, columns: [] });
    deepEqual((await ask(-5, 1e9)).rows.length, 3);
    deepEqual((await ask(2.5, -1)).rows.length, 0);
    await rejects(bench.view.request(protocol.loadRows, { from: NaN, to: 1, columns: [] }), /does not take/);
  });

  it('arranges the runs, answers even where that changes nothing, and remembers what was searched for', async () => {
    bench.open();
    await bench.facts();
    arrange({ search: { text: 'metrics.loss > 1' } });
    await bench.facts(({ rowCount }) => rowCount === 2);
    arrange({ sort: [{ column: 'metrics.loss', isDescending: true }] });
    await bench.facts(({ rowCount }) => rowCount === 3);
    deepEqual(await bench.runIds(), ['r3', 'r2', 'r1']);
    const { arrangement } = await bench.shown('ready');
    equal(arrangement.sort[0]?.column, 'metrics.loss');
    bench.snapshots.length = 0;
    bench.view.send(protocol.arrange, arrangement);
    await bench.facts();
    const { items } = await bench.view.request(protocol.completeFilter, { text: '', offset: 0 });
    deepEqual(items[0], { insert: 'metrics.loss > 1', label: 'metrics.loss > 1', detail: 'recent' });
  });

  it('takes an ill-formed arrangement from nobody', async () => {
    bench.open();
    await bench.facts();
    bench.view.send(protocol.arrange, { ...plainArrangement, sort: 'all' } as never);
    await bench.quiet();
    deepEqual((await bench.shown('ready')).arrangement, plainArrangement);
  });

  it('checks and completes filters', async () => {
    bench.open();
    await bench.facts();
    const check = (text: string) => bench.view.request(protocol.checkFilter, { text });
    deepEqual(await check(''), { kind: 'none' });
    deepEqual(await check('third'), { kind: 'name' });
    deepEqual(await check('metrics.loss < 1'), { kind: 'filter' });
    const wrong = await check('metrics.loss LIKE 1');
    ok(wrong.kind === 'invalid');
    deepEqual([wrong.offset, wrong.length], [13, 4]);
    const { items } = await bench.view.request(protocol.completeFilter, { text: 'metrics.l', offset: 9 });
    deepEqual(items, [{ insert: 'metrics.loss ', label: 'metrics.loss', detail: 'metric' }]);
    const values = await bench.view.request(protocol.completeFilter, { text: 'metrics.loss = ', offset: 15 });
    deepEqual(values.items.map(({ insert }) => insert).sort(), ['1', '2', '3']);
  });

  it('shows runs that came when the store tells of a change, though nobody lists them in the tree', async () => {
    bench.open();
    await bench.facts();
    bench.store.runs = [...bench.store.runs, run('r4', { startedAt: 9 })];
    await bench.catalog.follow({ kind: 'runs', experimentId: '2' }, () => false);
    await bench.quiet();
    equal((await bench.facts()).rowCount, 3, 'another experiment is none of its business');
    await bench.catalog.follow({ kind: 'runs', experimentId: '1' }, () => false);
    await bench.facts(({ rowCount }) => rowCount === 4);
    deepEqual(await bench.runIds(), ['r4', 'r1', 'r2', 'r3']);
  });

  it('has the unfinished runs in sight watched, and shows what becomes of them', async () => {
    bench.open();
    await bench.facts();
    await bench.runIds();
    deepEqual([...bench.watched], ['1 r2']);
    bench.store.runs = bench.store.runs.map((one) =>
      one.id === 'r2' ? { ...one, status: 'FINISHED', metrics: loss(0.5) } : one,
    );
    const before = (await bench.facts()).version;
    await bench.catalog.renewRuns('1', ['r2'], new AbortController().signal);
    await bench.facts(({ version }) => version > before);
    const { rows } = await bench.view.request(protocol.loadRows, {
      from: 1,
      to: 2,
      columns: ['metrics.loss'],
    });
    deepEqual(rows[0]?.cells, ['0.5']);
    await bench.quiet();
    deepEqual([...bench.watched], []);
  });

  it('reads and watches nothing while it is hidden, and catches up when it is seen', async () => {
    bench.open();
    await bench.facts();
    await bench.runIds();
    bench.panel.setVisible(false);
    deepEqual([...bench.watched], []);
    bench.store.runs = bench.store.runs.filter(({ id }) => id !== 'r3');
    bench.store.forgetCalls();
    await bench.catalog.follow({ kind: 'all' }, () => false);
    await bench.quiet();
    deepEqual(bench.store.abouts('searchRuns'), []);
    bench.panel.setVisible(true);
    await bench.facts(({ rowCount }) => rowCount === 2);
    deepEqual([...bench.watched], ['1 r2']);
  });

  it('says why nothing can be read, and tries again on request', async () => {
    bench.connectError = new TrackingError('refused', 'Nothing listens there.');
    bench.open();
    equal((await bench.shown('failed')).cause, 'Nothing listens there.');
    await rejects(bench.runIds(), /not there yet/);
    bench.connectError = undefined;
    await bench.view.request(protocol.refresh, null);
    equal((await bench.facts()).rowCount, 3);
  });

  it('says why the runs cannot be read, and tries again on request', async () => {
    bench.store.fail('searchRuns', new TrackingError('timeout', 'The server did not answer.'));
    bench.open();
    equal((await bench.shown('failed')).cause, 'The server did not answer.');
    bench.store.mend();
    await bench.view.request(protocol.refresh, null);
    equal((await bench.facts()).rowCount, 3);
  });

  it('follows the connection away from its runs and back, and counts its versions on', async () => {
    bench.open();
    const { version } = await bench.facts();
    bench.connectTo('http://elsewhere');
    match((await bench.shown('failed')).cause, /belong to http:\/\/mlflow:5000/);
    bench.connectTo(uri);
    const after = await bench.facts();
    equal(after.rowCount, 3);
    ok(after.version > version, `${after.version} is no newer than ${version}`);
  });

  it('has cells drawn again when the user says what is better', async () => {
    bench.open();
    const { version, columnsVersion } = await bench.facts();
    bench.rules = new Map([['loss', 'higher']]);
    bench.rulesChanged.fire();
    const after = await bench.facts((facts) => facts.version > version);
    ok(after.columnsVersion > columnsVersion);
    const columns = await bench.view.request(protocol.loadColumns, null);
    equal(columns.find(({ id }) => id === 'metrics.loss')?.direction, 'higher');
  });

  it('acts on runs by the commands of others', async () => {
    bench.open();
    await bench.facts();
    const act = (action: protocol.RunAction, ...runIds: string[]) =>
      bench.view.request(protocol.actOnRuns, { action, runIds });
    await act('open', 'r1', 'r2');
    await act('compare', 'r1', 'r2', 'r1');
    await act('chart', 'r1', 'r3');
    await act('openInBrowser', 'r1');
    await act('copyIds', 'r1', 'r2');
    deepEqual(bench.done, ['open r1', 'compare r1 r2', 'chart r1 r3', 'browse r1', 'copy r1 r2']);
    await rejects(act('compare', 'r1'), /2 to 20 runs can be compared, not 1/);
    await rejects(act('open'), /No run is selected/);
    bench.isAgreed = false;
    await act('openInBrowser', 'a', 'b', 'c', 'd', 'e', 'f');
    equal(bench.done.at(-1), 'Open 6 pages in the browser?');
  });

  it('exports runs, as they are shown and chosen', async () => {
    bench.open();
    await bench.facts();
    const wanted = { format: 'csv', to: 'clipboard', runIds: ['r3', 'r1'], columns: 'shown' } as const;
    deepEqual(await bench.view.request(protocol.exportRuns, wanted), { runCount: 2 });
    const lines = bench.done[0]?.split('\r\n') ?? [];
    match(lines[0] ?? '', /^run_id,run_name,.*metrics\.loss/);
    deepEqual(
      lines.slice(1).map((line) => line.split(',')[0]),
      ['r3', 'r1', ''],
    );
    await bench.view.request(protocol.exportRuns, { ...wanted, format: 'json', to: 'file', runIds: [] });
    const [, name, text = ''] = /^(.*?): (.*)$/s.exec(bench.done[1] ?? '') ?? [];
    equal(name, 'digits.json');
    equal((JSON.parse(text) as unknown[]).length, 3);
  });

  it('ends with its panel', async () => {
    bench.open();
    await bench.facts();
    await bench.runIds();
    bench.panel.disposed.fire();
    deepEqual([...bench.watched], []);
    bench.snapshots.length = 0;
    await bench.catalog.follow({ kind: 'all' }, () => false);
    await bench.quiet();
    deepEqual(bench.snapshots, []);
  });
});
