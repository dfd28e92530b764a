import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { TrackingError } from '../../../extension/tracking/errors';
import {
  columnAction,
  compareArtifact,
  copyDiff,
  loadArtifacts,
  refresh,
} from '../../../webviews/protocol/runDiff';
import { aModel, aRun } from '../runSummary/runs';
import { DiffBench, uri } from './diffBench';
import { aPoint } from './sources';

describe('The panel that compares runs', () => {
  let bench: DiffBench;

  beforeEach(() => {
    bench = new DiffBench();
  });

  afterEach(() => {
    bench.dispose();
  });

  const change = (id: string, changes: Parameters<typeof aRun>[0]) =>
    bench.runs.set(id, aRun({ id, name: `run ${id}`, ...changes }));
  const rowsOf = (section: string) => bench.diff.sections.find(({ id }) => id === section)?.rows ?? [];

  it('compares the runs, then their models, with the tab named after them', async () => {
    bench.models = [aModel()];
    await bench.open('r1', 'r2');
    deepEqual(
      bench.diff.runs.map(({ name }) => name),
      ['run r1', 'run r2'],
    );
    deepEqual(bench.last('ready').subject, { runIds: ['r1', 'r2'], connectionUri: uri, baselineId: 'r1' });
    equal(bench.panel.title, 'run r1 ↔ run r2');
    equal(rowsOf('models').length > 0, true);
  });

  it('sends all that it shows whenever the view is loaded', async () => {
    await bench.open('r1', 'r2');
    bench.snapshots.length = 0;
    bench.panel.becameReady.fire();
    await bench.quiet();
    equal(bench.snapshots.length, 1);
    equal(bench.diff.runs.length, 2);
  });

  it('shows what changed in the catalog, but not what stayed as it was', async () => {
    await bench.open('r1', 'r2');
    bench.snapshots.length = 0;
    await bench.poll();
    deepEqual(bench.snapshots, []);
    change('r2', { params: new Map([['lr', '0.1']]) });
    await bench.poll();
    deepEqual(
      rowsOf('params').map(({ key, state }) => [key, state]),
      [['lr', 'missing']],
    );
  });

  it('says of a run that is gone that it is, and keeps the others', async () => {
    await bench.open('r1', 'r2', 'r3');
    bench.runs.delete('r2');
    await bench.view.request(refresh, null);
    await bench.quiet();
    deepEqual(
      bench.diff.runs.map(({ name, trouble }) => [name, trouble]),
      [
        ['run r1', undefined],
        ['run r2', 'There is no run r2.'],
        ['run r3', undefined],
      ],
    );
  });

  it('says of a run that is deleted that it is', async () => {
    await bench.open('r1', 'r2');
    change('r2', { lifecycle: 'deleted' });
    await bench.poll();
    deepEqual(
      bench.diff.runs.map(({ isDeleted }) => isDeleted),
      [false, true],
    );
  });

  it('compares what it can when one run cannot be read', async () => {
    bench.runErrors.set('r2', new TrackingError('malformed', 'The answer is no run.'));
    await bench.open('r1', 'r2', 'r3');
    deepEqual(
      bench.diff.runs.map(({ trouble }) => trouble),
      [undefined, 'The answer is no run.', undefined],
    );
  });

  it('says why nothing can be read, and tries again on request', async () => {
    bench.connectError = new TrackingError('refused', 'Nothing listens there.');
    await bench.open('r1', 'r2');
    equal(bench.last('failed').cause, 'Nothing listens there.');
    bench.connectError = undefined;
    await bench.view.request(refresh, null);
    await bench.quiet();
    equal(bench.diff.runs.length, 2);
  });

  it('keeps the runs and says so when they cannot be refreshed', async () => {
    await bench.open('r1', 'r2');
    bench.runErrors.set('r1', new TrackingError('timeout', 'The server did not answer.'));
    await rejects(bench.view.request(refresh, null), /did not answer/);
    await bench.quiet();
    deepEqual(
      bench.diff.runs.map(({ trouble }) => trouble),
      [undefined, undefined],
    );
  });

  it('says that the models cannot be read, and compares the rest', async () => {
    bench.modelError = new TrackingError('timeout', 'The server did not answer.');
    await bench.open('r1', 'r2');
    equal(bench.diff.sections.find(({ id }) => id === 'models')?.trouble, 'The server did not answer.');
    deepEqual(rowsOf('models'), []);
  });

  it('follows the connection away from the runs and back', async () => {
    await bench.open('r1', 'r2');
    bench.connectTo('http://other:5000');
    await bench.quiet();
    match(bench.last('failed').cause, /belong to http:\/\/mlflow:5000.*http:\/\/other:5000/);
    bench.connectTo(uri);
    await bench.quiet();
    equal(bench.diff.runs.length, 2);
  });

  it('measures against another run, and takes runs out, without asking anybody', async () => {
    for (const [index, id] of ['r1', 'r2', 'r3'].entries())
      change(id, { metrics: new Map([['loss', aPoint(index)]]) });
    const panel = await bench.open('r1', 'r2', 'r3');
    for (const id of bench.runs.keys()) bench.runErrors.set(id, new Error('asked again'));
    bench.view.send(columnAction, { action: 'setBaseline', runId: 'r2' });
    await bench.quiet();
    equal(bench.diff.baseline, 1);
    equal(bench.last('ready').subject.baselineId, 'r2');
    deepEqual(
      rowsOf('metrics')[0]?.changes?.map((one) => one?.verdict),
      ['better', undefined, 'worse'],
    );
    bench.view.send(columnAction, { action: 'remove', runId: 'r2' });
    await bench.quiet();
    deepEqual(
      bench.diff.runs.map(({ id }) => id),
      ['r1', 'r3'],
    );
    equal(bench.last('ready').subject.baselineId, 'r1');
    equal(panel.hasRunsOf({ runIds: ['r3', 'r1'], connectionUri: uri, baselineId: 'r3' }), true);
    bench.view.send(columnAction, { action: 'remove', runId: 'r1' });
    await bench.quiet();
    equal(bench.diff.runs.length, 2);
  });

  it('opens its own runs, and compares them with the baseline elsewhere', async () => {
    await bench.open('r1', 'r2');
    bench.view.send(columnAction, { action: 'open', runId: 'r2' });
    bench.view.send(columnAction, { action: 'compareInDiffEditor', runId: 'r2' });
    bench.view.send(columnAction, { action: 'compareSource', runId: 'r2' });
    bench.view.send(columnAction, { action: 'open', runId: 'r3' });
    await bench.quiet();
    deepEqual(bench.commands, ['open r2', 'compareInDiffEditor r1 r2', 'compareSource r1 r2']);
  });

  it('has files of its own runs compared elsewhere', async () => {
    await bench.open('r1', 'r2');
    bench.view.send(compareArtifact, { path: 'a.txt', runIds: ['r1', 'r2'] });
    bench.view.send(compareArtifact, { path: 'a.txt', runIds: ['r2'] });
    bench.view.send(compareArtifact, { path: 'a.txt', runIds: ['r3'] });
    await bench.quiet();
    deepEqual(bench.commands, ['compare a.txt of r1 r2', 'compare a.txt of r2']);
  });

  it('copies the artifacts of those folders that are shown', async () => {
    await bench.open('r1', 'r2');
    bench.artifacts.set('r1 model', [{ path: 'model/MLmodel', isDirectory: false, size: 2048 }]);
    const choice = { query: 'mlmodel', withEqual: [], isTransposed: false, folders: ['model'] };
    await bench.view.request(copyDiff, { ...choice, format: 'markdown' });
    await bench.view.request(copyDiff, { ...choice, format: 'csv' });
    match(bench.copied[0] ?? '', /### Artifacts\n[^#]*\| model\/MLmodel \| 2 KB \| {2}\|/);
    match(bench.copied[1] ?? '', /Artifacts,model\/MLmodel,missing,2048,\r\n/);
  });

  it('copies what is chosen', async () => {
    change('r1', { params: new Map([['lr', '1']]) });
    await bench.open('r1', 'r2');
    const choice = { query: 'lr', withEqual: [], isTransposed: false, folders: [] };
    await bench.view.request(copyDiff, { ...choice, format: 'markdown' });
    await bench.view.request(copyDiff, { ...choice, format: 'csv' });
    match(bench.copied[0] ?? '', /\| lr \| 1 \| {2}\|/);
    match(bench.copied[1] ?? '', /Parameters,lr,missing,1,\r\n/);
  });

  it('compares artifacts; a folder that one run has not is empty there', async () => {
    await bench.open('r1', 'r2');
    const file = { path: 'model/MLmodel', isDirectory: false, size: 1 };
    bench.artifacts.set('r1 model', [file]);
    const { rows, failures } = await bench.view.request(loadArtifacts, { path: 'model' });
    deepEqual(
      rows.map(({ path, state, cells }) => [path, state, cells]),
      [['model/MLmodel', 'missing', [0, -1]]],
    );
    deepEqual(failures, [null, null]);
    equal((await bench.view.request(loadArtifacts, { path: '' })).failures[0], 'There is no such folder.');
  });

  it('reads nothing while it is hidden, and catches up when it is seen', async () => {
    await bench.open('r1', 'r2');
    bench.panel.setVisible(false);
    change('r1', { name: 'renamed' });
    await bench.poll();
    equal(bench.panel.title, 'run r1 ↔ run r2');
    bench.panel.setVisible(true);
    await bench.quiet();
    equal(bench.panel.title, 'renamed ↔ run r2');
  });

  it('has unfinished runs watched while they are in sight, and no others', async () => {
    change('r1', { status: 'RUNNING' });
    await bench.open('r1', 'r2');
    deepEqual([...bench.watched], ['1 r1']);
    bench.panel.setVisible(false);
    deepEqual([...bench.watched], []);
    bench.panel.setVisible(true);
    deepEqual([...bench.watched], ['1 r1']);
    bench.panel.disposed.fire();
    deepEqual([...bench.watched], []);
  });
});
