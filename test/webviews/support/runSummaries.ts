import type { DatasetRow, Entry, MetricRow, RunSummary } from '../../../webviews/protocol/runSummary';

/** Run summaries as real ones look, for the tests of the view. */

export const subject = { runId: 'f5a801af8258450ca0479112144b136b', connectionUri: 'http://127.0.0.1:5000' };

const startedAt = Date.UTC(2026, 10, 21, 3, 55, 12);

/** An ordinary run: a name, some parameters, a dataset, a model. */
export const ordinaryRun: RunSummary = {
  id: subject.runId,
  name: 'resnet50-finetune',
  status: 'FINISHED',
  isDeleted: false,
  facts: {
    experimentId: '12',
    experimentName: 'image-classification',
    startedAt,
    endedAt: startedAt + 3_912_000,
    user: 'ann',
    source: 'train.py',
    sourceType: 'LOCAL',
    entryPoint: 'main',
    gitCommit: '3f2a9c1b7d5e8f60a1b2c3d4e5f60718293a4b5c',
    gitBranch: 'feature/augmentation',
    parentRunId: '9966e247c20d4ce6bb1b5b78a9348618',
  },
  note: 'Second try with stronger augmentation.\nLearning rate follows a cosine schedule; see the sweep for the others.',
  metrics: [
    metric('train/accuracy', '0.9731823205947876', '100'),
    metric('train/loss', '0.08212387561798096', '100'),
    metric('val/accuracy', '0.9312', '100'),
    metric('val/f1 score', 'NaN', '100'),
    metric('val/loss', '0.00002134', '100'),
    metric('system/cpu_utilization_percentage', '37.4', '318'),
    metric('system/system_memory_usage_megabytes', '11437.2', '318'),
  ],
  params: entries({
    batch_size: '64',
    'data.augment': "{'flip': True, 'mixup': 0.2, 'crop': [224, 224]}",
    epochs: '100',
    lr: '0.0003',
    model: 'resnet50',
    optimizer: 'AdamW',
    weight_decay: '0.01',
  }),
  tags: entries({ stage: 'candidate', team: 'vision' }),
  systemTags: entries({
    'mlflow.runName': 'resnet50-finetune',
    'mlflow.source.name': 'train.py',
    'mlflow.source.type': 'LOCAL',
    'mlflow.user': 'ann',
  }),
  datasets: [
    dataset('imagenet-subset', 'a91be0c2', 'training'),
    { ...dataset('imagenet-val', '77d0f2aa', 'eval'), schema: '{"mlflow_tensorspec": {"features": []}}' },
  ],
  models: {
    kind: 'ready',
    models: [
      {
        id: 'm-a908b2bd5b0744efa6ef915db2f627bb',
        name: 'classifier',
        role: 'output',
        status: 'READY',
        type: 'pytorch',
        step: '100',
        createdAt: startedAt + 3_900_000,
      },
    ],
  },
};

/** A run with nothing in it. */
export const emptyRun: RunSummary = {
  ...ordinaryRun,
  name: '',
  status: 'RUNNING',
  facts: { experimentId: '0', startedAt },
  metrics: [],
  params: [],
  tags: [],
  systemTags: [],
  datasets: [],
  models: { kind: 'ready', models: [] },
};

/** A run with so many metrics and parameters. */
export function largeRun(count: number): RunSummary {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return {
    ...ordinaryRun,
    metrics: numbers.map((index) =>
      metric(`group_${index % 40}/metric_${index}`, String(Math.sin(index)), String(index)),
    ),
    params: numbers.map((index) => ({
      key: `module.layer_${index}.config`,
      value: index % 50 === 7 ? `value ${index} `.repeat(600).slice(0, 6000) : `value ${index}`,
    })),
  };
}

export function entries(values: Readonly<Record<string, string>>): readonly Entry[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

export function metric(key: string, value: string, step: string): MetricRow {
  return { key, value, step, loggedAt: startedAt + 3_900_000 };
}

function dataset(name: string, digest: string, context: string): DatasetRow {
  return {
    name,
    digest,
    context,
    sourceType: 'local',
    source: '{"uri": "/data/imagenet/subset.parquet"}',
    schema:
      '{"mlflow_colspec": [{"type": "double", "name": "width", "required": true}, {"type": "string", "name": "label", "required": false}]}',
    profile: '{"num_rows": 12811, "num_elements": 25622}',
  };
}
