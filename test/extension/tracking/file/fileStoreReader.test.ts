import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { FileStoreReader } from '../../../../extension/tracking/file/fileStoreReader';
import type { StoreChange } from '../../../../extension/tracking/store';
import { experimentMeta, openReader, runId, runMeta, useFolder, writeTree } from './mlruns';

describe('An mlruns folder', () => {
  const folder = useFolder();
  const root = (): string => join(folder.path, 'mlruns');

  const kindOf = (path: string) => ({ name: 'TrackingError', kind: path });

  it('that is not there is missing', () => {
    throws(() => openReader(root()).connect(), kindOf('missing'));
  });

  it('that is empty is a store without experiments', () => {
    mkdirSync(root());
    const reader = openReader(root());
    deepEqual(reader.connect(), { version: undefined });
    deepEqual(reader.searchExperiments({ view: 'all', pageSize: 10 }).items, []);
    deepEqual(reader.searchRegisteredModels({ pageSize: 10 }).items, []);
  });

  it('that only holds the artifacts of an SQL store is none', () => {
    writeTree(root(), { [`0/${runId('a')}/artifacts/model.pkl`]: '' });
    throws(() => openReader(root()).connect(), kindOf('damaged'));
    deepEqual(openReader(root()).searchExperiments({ view: 'all', pageSize: 10 }).items, []);
  });

  it('that is a file is none', () => {
    writeFileSync(root(), '');
    throws(() => openReader(root()).connect(), kindOf('damaged'));
  });

  it('lists experiments newest first, those without a time last, and deleted ones only when asked', () => {
    writeTree(root(), {
      '0/meta.yaml': experimentMeta('0', { creation_time: '5' }),
      '7/meta.yaml': experimentMeta('7', { creation_time: '9', name: 'seven' }),
      '7/tags/team/name': 'blue',
      '3/meta.yaml': 'artifact_location: a\nexperiment_id: 3\nlifecycle_stage: active\nname: old\n',
      '.trash/4/meta.yaml': experimentMeta('4', { lifecycle_stage: 'deleted' }),
      'models/m/meta.yaml': 'name: m\n',
      'notes/readme.txt': '',
      '.DS_Store': '',
    });
    const list = (view: 'active' | 'deleted' | 'all') =>
      openReader(root()).searchExperiments({ view, pageSize: 10 }).items;
    deepEqual(
      list('active').map(({ id }) => id),
      ['7', '0', '3'],
    );
    deepEqual(
      list('deleted').map(({ id, lifecycle }) => [id, lifecycle]),
      [['4', 'deleted']],
    );
    equal(list('all').length, 4);
    deepEqual([...(list('active')[0]?.tags ?? [])], [['team/name', 'blue']]);
    ok(list('all').every(({ problem }) => problem === undefined));
  });

  it('shows an experiment whose meta.yaml is gone or damaged, under its id, with its runs', () => {
    writeTree(root(), {
      [`1/${runId('a')}/meta.yaml`]: runMeta(runId('a'), { experiment_id: `'1'` }),
      '2/meta.yaml': '',
      '3/meta.yaml': experimentMeta('5'),
      '4/meta.yaml': experimentMeta('4'),
    });
    symlinkSync('/usr', join(root(), '8'));
    symlinkSync('9', join(root(), '9'));
    const reader = openReader(root());
    const found = reader.searchExperiments({ view: 'active', pageSize: 10 }).items;
    deepEqual(Object.fromEntries(found.map(({ id, problem }) => [id, problem])), {
      1: 'meta.yaml is missing',
      2: 'meta.yaml is empty',
      3: 'meta.yaml belongs to another experiment, 5',
      4: undefined,
      8: '8 is a link that leads out of the store',
      9: '9 is a link that leads in a circle',
    });
    equal(reader.searchRuns({ experimentIds: ['1', '4'], view: 'active', pageSize: 10 }).items.length, 1);
  });

  it('gives runs by id, wherever they are, and says which are not there', () => {
    const [a, b] = [runId('a'), runId('b')];
    writeTree(root(), {
      '0/meta.yaml': experimentMeta('0'),
      [`0/${a}/meta.yaml`]: runMeta(a),
      '.trash/1/meta.yaml': experimentMeta('1'),
      [`.trash/1/${b}/meta.yaml`]: runMeta(b, { experiment_id: `'1'` }),
    });
    const reader = openReader(root());
    equal(reader.getRun(a).experimentId, '0');
    equal(reader.getRun(b).experimentId, '1');
    deepEqual(
      reader.getRuns('0', [a, b, a, '..', runId('c')]).map(({ id }) => id),
      [a],
    );
    throws(() => reader.getRun(runId('c')), kindOf('notFound'));
    throws(() => reader.getRun('../../etc'), kindOf('notFound'));
    throws(
      () => reader.searchRuns({ experimentIds: ['0'], view: 'all', pageSize: 1, pageToken: 'bm9uZQ==' }),
      kindOf('rejected'),
    );
  });

  it('reads what a run used and produced', () => {
    const a = runId('a');
    writeTree(root(), {
      '0/meta.yaml': experimentMeta('0'),
      [`0/${a}/meta.yaml`]: runMeta(a),
      [`0/${a}/inputs/i/meta.yaml`]:
        'destination_id: d\ndestination_type: RUN\nsource_id: d\nsource_type: DATASET\ntags:\n  mlflow.data.context: train\n',
      [`0/${a}/inputs/j/meta.yaml`]: 'source_id: m-1\nsource_type: MODEL\ntags: {}\n',
      [`0/${a}/outputs/m-2/meta.yaml`]:
        'destination_id: m-2\ndestination_type: MODEL_OUTPUT\nsource_id: m-2\nsource_type: RUN_OUTPUT\nstep: 9007199254740993\ntags: {}\n',
      '0/datasets/d/meta.yaml':
        "digest: d1\nname: iris\nprofile: null\nschema: null\nsource: '{}'\nsource_type: local\n",
    });
    const run = openReader(root()).getRun(a);
    equal(run.problem, undefined);
    deepEqual(run.datasets, [
      {
        name: 'iris',
        digest: 'd1',
        sourceType: 'local',
        source: '{}',
        schema: undefined,
        profile: undefined,
        context: 'train',
      },
    ]);
    deepEqual(run.modelInputs, ['m-1']);
    deepEqual(run.modelOutputs, [{ modelId: 'm-2', step: 9007199254740993n }]);
  });

  it('lists logged models newest first, without deleted ones and folders that only hold artifacts', () => {
    const meta = (id: string, more: string) =>
      `experiment_id: '0'\nmodel_id: ${id}\nname: n\nstatus: 2\n${more}`;
    writeTree(root(), {
      '0/meta.yaml': experimentMeta('0'),
      '0/models/m-1/meta.yaml': meta('m-1', 'creation_timestamp: 1\nsource_run_id: r\n'),
      '0/models/m-1/params/depth': '3',
      '0/models/m-2/meta.yaml': meta('m-2', 'creation_timestamp: 2\n'),
      '0/models/m-3/meta.yaml': meta('m-3', 'lifecycle_stage: deleted\n'),
      '0/models/m-1/artifacts/MLmodel': 'flavors: {}',
      '0/models/m-4/artifacts/MLmodel': '',
    });
    const reader = openReader(root());
    const found = reader.searchLoggedModels({ experimentId: '0', pageSize: 10 }).items;
    deepEqual(
      found.map(({ id, status }) => [id, status]),
      [
        ['m-2', 'READY'],
        ['m-1', 'READY'],
      ],
    );
    equal(found[1]?.params.get('depth'), '3');
    const ofRun = reader.searchLoggedModels({ experimentId: '0', sourceRunId: 'r', pageSize: 10 }).items;
    deepEqual(
      ofRun.map(({ id }) => id),
      ['m-1'],
    );
    deepEqual(reader.getLoggedModel('m-1'), found[1]);
    equal(reader.readLoggedModelFile('m-1', 'MLmodel'), 'flavors: {}');
    deepEqual(reader.listLoggedModelFiles('m-1', ''), [{ path: 'MLmodel', isDirectory: false, size: 11 }]);
    throws(() => reader.getLoggedModel('m-3'), kindOf('notFound'));
    throws(() => reader.getLoggedModel('../0'), kindOf('notFound'));
    throws(() => reader.readLoggedModelFile('m-1', '../meta.yaml'), kindOf('rejected'));
  });

  it('reads registered models with aliases and stages, without prompts and deleted versions', () => {
    const version = (number: number, stage: string, more = '') =>
      `current_stage: ${stage}\nname: m\nsource: runs:/${runId('a')}/model\nstatus: READY\nversion: ${number}\n${more}`;
    writeTree(root(), {
      '0/meta.yaml': experimentMeta('0'),
      [`0/${runId('a')}/meta.yaml`]: runMeta(runId('a')),
      [`0/${runId('a')}/artifacts/model/MLmodel`]: 'flavors: {}',
      'models/m/meta.yaml': 'aliases: {}\ncreation_timestamp: 1\ndescription: null\nname: m\n',
      'models/m/aliases/best': '2',
      'models/m/version-1/meta.yaml': version(1, 'Production'),
      'models/m/version-2/meta.yaml': version(2, 'None'),
      'models/m/version-10/meta.yaml': version(10, 'None'),
      'models/m/version-11/meta.yaml': version(11, 'Deleted_Internal'),
      'models/p/meta.yaml': 'name: p\n',
      'models/p/tags/mlflow.prompt.is_prompt': 'true',
      'models/broken/meta.yaml': 'name: [\n',
    });
    const reader = openReader(root());
    const models = reader.searchRegisteredModels({ pageSize: 10 }).items;
    deepEqual(
      models.map(({ name, problem }) => [name, problem]),
      [
        ['broken', 'meta.yaml is not valid YAML'],
        ['m', undefined],
      ],
    );
    const model = reader.getRegisteredModel('m');
    deepEqual(model.aliases, [{ alias: 'best', version: '2' }]);
    deepEqual(
      model.latestVersions.map((it) => [it.version, it.stage]),
      [
        ['10', 'None'],
        ['1', 'Production'],
      ],
    );
    deepEqual(
      reader.searchModelVersions({ name: 'm', pageSize: 10 }).items.map((it) => it.version),
      ['10', '2', '1'],
    );
    equal(reader.getModelVersion({ name: 'm', version: '2' }).version, '2');
    throws(() => reader.getModelVersion({ name: 'm', version: '3' }), kindOf('notFound'));
    equal(reader.readModelVersionFile({ name: 'm', version: '2' }, 'MLmodel'), 'flavors: {}');
    equal(reader.readModelVersionFile({ name: 'm', version: '2' }, 'none'), undefined);
    throws(() => reader.getRegisteredModel('../0'), kindOf('notFound'));
  });

  it('stops as soon as nobody waits any more', () => {
    writeTree(root(), {
      '0/meta.yaml': experimentMeta('0'),
      [`0/${runId('a')}/meta.yaml`]: runMeta(runId('a')),
    });
    const stop = new Error('stopped');
    stop.name = 'AbortError';
    let looks = 0;
    const reader = new FileStoreReader({
      path: root(),
      throwIfAborted: () => {
        if (++looks > 2) throw stop;
      },
    });
    throws(() => reader.searchRuns({ experimentIds: ['0'], view: 'active', pageSize: 10 }), stop);
  });
});

describe('What was read of an mlruns folder', () => {
  const folder = useFolder();
  const a = runId('a');
  const root = (): string => join(folder.path, 'mlruns');
  const run = (path: string): string => join(root(), '0', a, path);

  beforeEach(() => {
    writeTree(root(), {
      '0/meta.yaml': experimentMeta('0'),
      [`0/${a}/meta.yaml`]: runMeta(a),
      [`0/${a}/metrics/loss`]: '1 0.5 0\n',
      [`0/${a}/params/lr`]: '0.1',
      [`0/${a}/tags/note`]: 'one',
    });
  });

  it('is read again when MLflow appends to a metric, rewrites a tag or adds a key, even of the same length', () => {
    const reader = openReader(root());
    const filter = "metrics.loss < 0.3 AND tags.note = 'two'";
    const count = () =>
      reader.searchRuns({ experimentIds: ['0'], view: 'all', pageSize: 1, filter }).items.length;
    equal(reader.getRun(a).metrics.get('loss')?.value, 0.5);
    equal(count(), 0);
    appendFileSync(run('metrics/loss'), '2 0.25 1\n');
    writeFileSync(run('tags/note'), 'two');
    mkdirSync(run('params/deep'));
    writeFileSync(run('params/deep/key'), 'new');
    const now = reader.getRun(a);
    equal(now.metrics.get('loss')?.value, 0.25);
    equal(now.tags.get('note'), 'two');
    equal(now.params.get('deep/key'), 'new');
    equal(count(), 1);
    rmSync(run('tags/note'));
    equal(reader.getRun(a).tags.has('note'), false);
    equal(count(), 0);
  });

  it('is read anew where a metric file was replaced, not appended to', () => {
    const reader = openReader(root());
    deepEqual([...reader.getMetricHistory(a, 'loss').values], [0.5]);
    writeFileSync(run('metrics/other'), '1 7 0\n2 8 1\n3 9 2\n');
    renameSync(run('metrics/other'), run('metrics/loss'));
    deepEqual([...reader.getMetricHistory(a, 'loss').values], [7, 8, 9]);
    equal(reader.getRun(a).metrics.get('loss')?.value, 9);
    writeFileSync(run('metrics/loss'), '1 3 0\n');
    utimesSync(run('metrics/loss'), 1, 1);
    deepEqual([...reader.getMetricHistory(a, 'loss').values], [3]);
    equal(reader.getRun(a).metrics.get('loss')?.value, 3);
  });

  it('grows with a metric, line by line, half lines left out until they are whole', () => {
    const reader = openReader(root());
    appendFileSync(run('metrics/loss'), '2 0.2');
    deepEqual([...reader.getMetricHistory(a, 'loss').values], [0.5]);
    appendFileSync(run('metrics/loss'), '5 1\n3 1e-07 9007199254740993\n');
    const { values, steps } = reader.getMetricHistory(a, 'loss');
    deepEqual([...values], [0.5, 0.25, 1e-7]);
    deepEqual([...steps], [0n, 1n, 9007199254740993n]);
    equal(reader.getRun(a).metrics.get('loss')?.step, 9007199254740993n);
  });

  it('keeps the last good state while meta.yaml is being written', () => {
    const reader = openReader(root());
    equal(reader.getRun(a).status, 'FINISHED');
    writeFileSync(run('meta.yaml'), '');
    equal(reader.getRun(a).status, 'FINISHED');
    equal(reader.getRun(a).problem, undefined);
  });

  it('follows an experiment into the trash and back', () => {
    const reader = openReader(root());
    equal(reader.getRun(a).experimentId, '0');
    mkdirSync(join(root(), '.trash'));
    renameSync(join(root(), '0'), join(root(), '.trash/0'));
    equal(reader.searchExperiments({ view: 'active', pageSize: 1 }).items.length, 0);
    equal(reader.searchExperiments({ view: 'deleted', pageSize: 1 }).items.length, 1);
    equal(reader.getRun(a).params.get('lr'), '0.1');
  });

  it('is watched: what others change is told with the experiment that it belongs to', async () => {
    writeFileSync(run('meta.yaml'), runMeta(a, { status: '1', end_time: 'null' }));
    const reader = openReader(root());
    const changes: StoreChange[] = [];
    const waiting = new Set<() => void>();
    reader.watch((change) => {
      changes.push(change);
      for (const wake of waiting) wake();
    });
    const heard = async (expected: StoreChange, act: () => void): Promise<void> => {
      changes.length = 0;
      act();
      const isThere = () => changes.some((it) => JSON.stringify(it) === JSON.stringify(expected));
      while (!isThere()) await new Promise<void>((resolve) => waiting.add(resolve));
    };
    const read = (): void => {
      reader.searchExperiments({ view: 'active', pageSize: 10 });
      reader.searchRuns({ experimentIds: ['0'], view: 'active', pageSize: 10 });
      reader.searchRegisteredModels({ pageSize: 10 });
    };
    try {
      read();
      await heard({ kind: 'runs', experimentId: '0' }, () =>
        appendFileSync(run('metrics/loss'), '2 0.2 1\n'),
      );
      await heard({ kind: 'runs', experimentId: '0' }, () => writeFileSync(run('tags/note'), 'changed'));
      await heard({ kind: 'runs', experimentId: '0' }, () =>
        cpSync(join(root(), '0', a), join(root(), '0', runId('b')), { recursive: true }),
      );
      await heard({ kind: 'experiments' }, () => mkdirSync(join(root(), '5')));
      await heard({ kind: 'models' }, () => mkdirSync(join(root(), 'models')));
      read();
      await heard({ kind: 'models' }, () => mkdirSync(join(root(), 'models/m')));
    } finally {
      reader.close();
    }
  });
});
