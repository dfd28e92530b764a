import { deepEqual, equal, ok } from 'node:assert/strict';
import { summarizeCharts } from '../../../extension/metrics/charts';
import type { Run } from '../../../extension/tracking/model';
import { aRun } from '../runSummary/runs';

const point = { value: 1, step: 0, timestamp: 0 };
const subject = { connectionUri: 'u', experimentId: '1', runIds: [] };
const experiment = { name: 'vision', tags: new Map<string, string>() };
const summarize = (runs: readonly Run[], runIds: readonly string[] = []) =>
  summarizeCharts(
    { ...subject, runIds },
    {
      shown: { runs, hasMore: false, notes: ['Run x is gone.'] },
      colors: runs.map((_, index) => index + 3),
      findExperiment: (id) => (id === '1' ? experiment : undefined),
      rules: new Map([['odd', 'lower']]),
    },
  );

describe('summarizeCharts', () => {
  it('names the panel after its experiment, its run, or how many runs they are', () => {
    equal(summarize([aRun()]).title, 'vision');
    equal(summarize([aRun()], ['r1']).title, 'first');
    equal(summarize([aRun({ name: '' })], ['r1']).title, 'r1');
    equal(summarize([aRun()], ['r1', 'gone']).title, '2 runs');
    deepEqual(summarize([aRun()]).notes, ['Run x is gone.']);
  });

  it('lists the metrics of all runs by name, with how many have them and which values are better', () => {
    const metrics = (...keys: string[]) => new Map(keys.map((key) => [key, point]));
    const runs = [
      aRun({ metrics: metrics('m10', 'odd') }),
      aRun({ id: 'r2', metrics: metrics('m2', 'odd', 'system/cpu') }),
    ];
    deepEqual(
      summarize(runs).metrics.map(({ key, runCount, direction }) => `${key} ${runCount} ${direction}`),
      ['m2 1 higher', 'm10 1 higher', 'odd 2 lower', 'system/cpu 1 higher'],
    );
  });

  it('groups by params and tags in which the runs differ, and by no tag of MLflow’s that says nothing', () => {
    const runs = [
      aRun({
        params: new Map([
          ['lr', '1'],
          ['same', 'x'],
        ]),
        tags: new Map([
          ['team', 'a'],
          ['mlflow.user', 'ann'],
          ['mlflow.runName', 'first'],
        ]),
      }),
      aRun({ id: 'r2', params: new Map([['same', 'x']]), tags: new Map([['mlflow.user', 'bob']]) }),
    ];
    deepEqual(summarize(runs).groupKeys, [
      { source: 'param', key: 'lr', values: ['1', null] },
      { source: 'tag', key: 'mlflow.user', values: ['ann', 'bob'] },
      { source: 'tag', key: 'team', values: ['a', null] },
    ]);
    deepEqual(summarize(runs.slice(0, 1)).groupKeys, []);
  });

  it('bounds what strangers wrote', () => {
    const runs = [
      aRun({ name: 'n'.repeat(1e6), params: new Map([['p', 'v'.repeat(1e6)]]) }),
      aRun({ id: 'r2' }),
    ];
    ok(JSON.stringify(summarize(runs)).length < 10_000);
  });
});
