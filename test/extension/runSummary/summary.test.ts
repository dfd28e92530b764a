import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { listArtifactRows, summarizeRun } from '../../../extension/runSummary/summary';
import type { Run } from '../../../extension/tracking/model';
import { aModel, aRun } from './runs';

const noModels = { kind: 'ready', models: [] } as const;
const summarize = (changes: Partial<Run>) => summarizeRun(aRun(changes), { name: 'digits' }, noModels);

describe('A run’s summary', () => {
  it('says where the run comes from, and leaves out what is not known', () => {
    const tags = new Map([
      ['mlflow.source.name', 'train.py'],
      ['mlflow.source.type', 'LOCAL'],
      ['mlflow.source.git.commit', 'c0ffee'],
      ['mlflow.source.git.branch', 'main'],
      ['mlflow.project.entryPoint', 'fit'],
      ['mlflow.parentRunId', 'p1'],
      ['mlflow.note.content', 'A note.'],
      ['mlflow.source.git.repoURL', ''],
    ]);
    const { facts, note } = summarize({ tags });
    equal(note, 'A note.');
    deepEqual(facts, {
      experimentId: '1',
      experimentName: 'digits',
      startedAt: 1_700_000_000_000,
      endedAt: 1_700_000_030_000,
      user: 'ann',
      source: 'train.py',
      sourceType: 'LOCAL',
      entryPoint: 'fit',
      gitCommit: 'c0ffee',
      gitBranch: 'main',
      parentRunId: 'p1',
    });
    deepEqual(
      summarizeRun(aRun({ userId: '', startedAt: undefined, endedAt: undefined }), undefined, noModels).facts,
      {
        experimentId: '1',
      },
    );
  });

  it('takes the user from the tags where the run itself does not say', () => {
    equal(summarize({ userId: '', tags: new Map([['mlflow.user', 'bob']]) }).facts.user, 'bob');
  });

  it('keeps MLflow’s own tags apart', () => {
    const { tags, systemTags } = summarize({
      tags: new Map([
        ['team', 'a'],
        ['mlflow.runName', 'first'],
      ]),
    });
    deepEqual(
      [tags, systemTags],
      [[{ key: 'team', value: 'a' }], [{ key: 'mlflow.runName', value: 'first' }]],
    );
  });

  it('sorts by name, numbers by size, and the system’s metrics last', () => {
    const point = { value: 1, step: 0, timestamp: 0 };
    const metrics = new Map(['system/cpu', 'loss10', 'loss9', 'acc'].map((key) => [key, point]));
    const params = new Map([
      ['layer10', ''],
      ['layer9', ''],
    ]);
    const summary = summarize({ metrics, params });
    deepEqual(
      summary.metrics.map(({ key }) => key),
      ['acc', 'loss9', 'loss10', 'system/cpu'],
    );
    deepEqual(
      summary.params.map(({ key }) => key),
      ['layer9', 'layer10'],
    );
  });

  it('writes numbers that JSON does not have as text', () => {
    const metrics = new Map([
      ['a', { value: NaN, step: 0, timestamp: 0 }],
      ['b', { value: -Infinity, step: 2n ** 63n - 1n, timestamp: 0 }],
    ]);
    const rows = summarize({ metrics }).metrics;
    deepEqual(
      rows.map(({ value, step }) => [value, step]),
      [
        ['NaN', '0'],
        ['-Infinity', '9223372036854775807'],
      ],
    );
  });

  it('bounds what a stranger wrote', () => {
    const huge = 'x'.repeat(1_000_000);
    const summary = summarize({ name: huge, params: new Map([[huge, huge]]) });
    ok(JSON.stringify(summary).length < 310_000);
  });

  it('survives a journey as JSON, whatever the texts', () => {
    const texts = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts)), texts, (pairs, name) => {
        const summary = summarize({
          name,
          params: new Map(pairs),
          tags: new Map([...pairs, ['__proto__', name]]),
        });
        deepEqual(JSON.parse(JSON.stringify(summary)), summary);
      }),
    );
  });
});

describe('The models of a run', () => {
  const modelsOf = (changes: Partial<Run>, models = [aModel()]) =>
    summarizeRun(aRun(changes), undefined, { kind: 'ready', models }).models;

  it('carry the step at which they were logged', () => {
    const models = modelsOf({ modelOutputs: [{ modelId: 'm-1', step: 2n ** 60n }] });
    deepEqual(models, {
      kind: 'ready',
      models: [
        {
          id: 'm-1',
          role: 'output',
          name: 'classifier',
          status: 'READY',
          type: 'sklearn',
          step: '1152921504606846976',
          createdAt: 1_700_000_020_000,
        },
      ],
    });
  });

  it('are listed by id where nothing more is known, inputs too', () => {
    const models = modelsOf({ modelOutputs: [{ modelId: 'm-2', step: 0 }], modelInputs: ['m-3'] }, []);
    deepEqual(models.kind === 'ready' && models.models, [
      { id: 'm-2', role: 'output', step: '0' },
      { id: 'm-3', role: 'input' },
    ]);
  });

  it('come from a tag where MLflow 2 logged them', () => {
    const history = JSON.stringify([
      { artifact_path: 'model', flavors: { python_function: {}, sklearn: {} } },
      { nonsense: 1 },
    ]);
    const models = modelsOf({ tags: new Map([['mlflow.log-model.history', history]]) }, []);
    deepEqual(models.kind === 'ready' && models.models, [{ role: 'output', name: 'model', type: 'sklearn' }]);
    for (const text of ['', 'nonsense', '{}', '[null, 7, []]']) {
      const none = modelsOf({ tags: new Map([['mlflow.log-model.history', text]]) }, []);
      deepEqual(none, { kind: 'ready', models: [] });
    }
  });
});

describe('Artifacts', () => {
  it('are listed folders first, then by name', () => {
    const rows = listArtifactRows([
      { path: 'b10.txt', isDirectory: false, size: 1 },
      { path: 'b9.txt', isDirectory: false, size: undefined },
      { path: 'z', isDirectory: true, size: undefined },
    ]);
    deepEqual(rows, [
      { path: 'z', isDirectory: true },
      { path: 'b9.txt', isDirectory: false },
      { path: 'b10.txt', isDirectory: false, size: 1 },
    ]);
  });
});
