import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knownRevisions } from '../../../../extension/tracking/sqlite/revisions';
import { projectRoot } from '../../../support/cache';
import { runToEnd } from '../../../support/processes';
import { ensureMlflow } from '../../../support/tools';
import { fingerprintOf, listRuns, openReader } from './sampleDatabase';

describe('Databases of all schema revisions of MLflow', () => {
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mlflow-lens-revisions-'));
    const script = join(projectRoot(), 'test/extension/tracking/sqlite/make_revisions.py');
    const { python } = await ensureMlflow('newest');
    await runToEnd(python, [script, folder], { env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' } });
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('are those that the reader knows', () => {
    deepEqual(
      fingerprintOf(folder).map((line) => line.split('.')[0]),
      knownRevisions.toSorted(),
    );
  });

  it('are read, each as far as it goes, without a byte of them changing', () => {
    const before = fingerprintOf(folder);
    for (const revision of knownRevisions) {
      const reader = openReader(join(folder, `${revision}.db`));
      const { notice } = reader.connect();
      if (revision === knownRevisions.at(-1)) equal(notice, undefined);
      else match(notice ?? '', /older MLflow/);
      const page = { pageSize: 10 };
      deepEqual(
        reader.searchExperiments({ ...page, view: 'active' }).items.map(({ name }) => name),
        ['first'],
        revision,
      );
      deepEqual(listRuns(reader), ['a'], revision);
      const run = reader.getRun('a');
      const { problem, params, metrics, name } = run;
      deepEqual(
        { problem, params, metrics, name, tag: run.tags.get('t') },
        {
          problem: undefined,
          params: new Map([['p', '1']]),
          metrics: new Map([['m', { value: 0.5, timestamp: 7, step: 0 }]]),
          name: 'run a',
          tag: '2',
        },
        revision,
      );
      deepEqual(reader.getMetricHistory('a', 'm').values, new Float64Array([0.5]), revision);
      const filter = "metrics.m = 0.5 AND tags.t = '2'";
      const orderBy = ['metrics.m DESC', 'params.p ASC'];
      const query = { ...page, experimentIds: ['1'], view: 'active', filter, orderBy } as const;
      equal(reader.searchRuns(query).items.length, 1, revision);
      const datasets = { ...query, filter: "dataset.name = 'd'" };
      equal(reader.searchRuns(datasets).items.length, 0, revision);
      deepEqual(reader.searchRegisteredModels(page).items, [], revision);
      deepEqual(reader.searchModelVersions({ ...page, name: 'x' }).items, [], revision);
      deepEqual(reader.searchLoggedModels({ ...page, experimentId: '1' }).items, [], revision);
      reader.close();
    }
    deepEqual(fingerprintOf(folder), before);
  });
});
