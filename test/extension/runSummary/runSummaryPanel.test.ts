import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { TrackingError } from '../../../extension/tracking/errors';
import { loadArtifacts, openParent, refresh, runAction } from '../../../webviews/protocol/runSummary';
import { PanelBench, uri } from './panelBench';
import { aModel, aRun } from './runs';

describe('The run summary panel', () => {
  let bench: PanelBench;

  beforeEach(() => {
    bench = new PanelBench();
  });

  afterEach(() => {
    bench.dispose();
  });

  it('shows the run, then its models, with the tab named after it', async () => {
    bench.models = [aModel()];
    bench.open('r1');
    const first = await bench.shown('ready');
    equal(first.run.name, 'first');
    deepEqual(first.subject, { runId: 'r1', connectionUri: uri });
    await bench.shownWhere(
      ({ kind, ...rest }) => kind === 'ready' && 'run' in rest && rest.run.models.kind === 'ready',
    );
    equal(bench.panel.title, 'first');
  });

  it('sends all that it shows whenever the view is loaded', async () => {
    bench.open('r1');
    await bench.quiet();
    bench.snapshots.length = 0;
    bench.panel.becameReady.fire();
    equal((await bench.shown('ready')).run.id, 'r1');
    equal(bench.snapshots.length, 1);
  });

  it('drops the late answer for a run that was replaced', async () => {
    const slow = bench.holdRun('r1');
    const summary = bench.open('r1');
    await bench.quiet();
    bench.runs.set('r2', aRun({ id: 'r2', name: 'second' }));
    summary.show({ runId: 'r2', connectionUri: uri });
    await bench.shown('ready');
    slow();
    await bench.quiet();
    equal(bench.panel.title, 'second');
    equal(bench.last('ready').run.id, 'r2');
  });

  it('says why a run cannot be read, and tries again on request', async () => {
    bench.runs.delete('r1');
    bench.open('r1');
    match((await bench.shown('failed')).cause, /no run r1/);
    bench.runs.set('r1', aRun());
    await bench.view.request(refresh, null);
    await bench.quiet();
    equal(bench.last('ready').run.id, 'r1');
  });

  it('says why there is no connection, and connects again on request', async () => {
    bench.connectError = new TrackingError('refused', 'Nothing listens there.');
    bench.open('r1');
    equal((await bench.shown('failed')).cause, 'Nothing listens there.');
    bench.connectError = undefined;
    await bench.view.request(refresh, null);
    await bench.quiet();
    equal(bench.last('ready').run.id, 'r1');
  });

  it('keeps the run and says so when it cannot be refreshed', async () => {
    bench.open('r1');
    await bench.quiet();
    bench.runError = new TrackingError('timeout', 'The server did not answer.');
    await rejects(bench.view.request(refresh, null), /did not answer/);
    await bench.quiet();
    equal(bench.last('ready').run.id, 'r1');
  });

  it('says that the run is gone when a refresh finds nothing', async () => {
    bench.open('r1');
    await bench.quiet();
    bench.runs.delete('r1');
    await bench.view.request(refresh, null);
    await bench.quiet();
    match(bench.last('failed').cause, /no run r1/);
  });

  it('follows the connection away from the run and back', async () => {
    bench.open('r1');
    await bench.quiet();
    bench.connectTo('http://other:5000');
    match((await bench.shown('failed')).cause, /belongs to http:\/\/mlflow:5000.*http:\/\/other:5000/);
    bench.connectTo(uri);
    await bench.quiet();
    equal(bench.last('ready').run.id, 'r1');
  });

  it('does not answer for another connection’s run of the same id', async () => {
    bench.connectTo('http://other:5000');
    bench.open('r1');
    await bench.shown('failed');
    equal(bench.runRequests, 0);
  });

  it('shows what changed in the catalog, but not what stayed as it was', async () => {
    bench.open('r1');
    await bench.quiet();
    bench.snapshots.length = 0;
    await bench.poll();
    deepEqual(bench.snapshots, []);
    bench.runs.set('r1', aRun({ params: new Map([['lr', '0.1']]) }));
    await bench.poll();
    deepEqual(bench.last('ready').run.params, [{ key: 'lr', value: '0.1' }]);
  });

  it('reads nothing while it is hidden, and catches up when it is seen', async () => {
    bench.open('r1');
    await bench.quiet();
    bench.panel.setVisible(false);
    bench.runs.set('r1', aRun({ name: 'renamed' }));
    await bench.poll();
    equal(bench.panel.title, 'first');
    bench.panel.setVisible(true);
    await bench.quiet();
    equal(bench.panel.title, 'renamed');
  });

  it('has an unfinished run watched while it is in sight, and no other', async () => {
    bench.runs.set('r1', aRun({ status: 'RUNNING' }));
    bench.open('r1');
    await bench.quiet();
    deepEqual([...bench.watched], ['1 r1']);
    bench.panel.setVisible(false);
    deepEqual([...bench.watched], []);
    bench.panel.setVisible(true);
    deepEqual([...bench.watched], ['1 r1']);
    bench.runs.set('r1', aRun());
    await bench.poll();
    deepEqual([...bench.watched], []);
  });

  it('stops watching when it is closed', async () => {
    bench.runs.set('r1', aRun({ status: 'RUNNING' }));
    bench.open('r1');
    await bench.quiet();
    bench.panel.disposed.fire();
    deepEqual([...bench.watched], []);
  });

  it('lists the artifacts of its own run only', async () => {
    bench.artifacts = [{ path: 'model', isDirectory: true, size: undefined }];
    bench.open('r1');
    await bench.quiet();
    deepEqual(await bench.view.request(loadArtifacts, { runId: 'r1', path: '' }), [
      { path: 'model', isDirectory: true },
    ]);
    await rejects(bench.view.request(loadArtifacts, { runId: 'r2', path: '' }), /Another run is shown/);
  });

  it('runs commands on its own run, and opens its parent in its own place', async () => {
    bench.runs.set('r1', aRun({ tags: new Map([['mlflow.parentRunId', 'p1']]) }));
    bench.runs.set('p1', aRun({ id: 'p1', name: 'parent' }));
    bench.open('r1');
    await bench.quiet();
    bench.view.send(runAction, { action: 'copyId' });
    bench.view.send(openParent, null);
    await bench.quiet();
    deepEqual(bench.commands, ['copyId r1']);
    equal(bench.panel.title, 'parent');
  });
});
