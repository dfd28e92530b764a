import { deepEqual, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { readAnyYaml } from '../../../../extension/tracking/file/anyYaml';
import { readFlatYaml } from '../../../../extension/tracking/file/flatYaml';
import type { MetaFields, MetaValue } from '../../../../extension/tracking/file/metaFields';
import { projectRoot } from '../../../support/cache';
import { runToEnd } from '../../../support/processes';
import { testSeed } from '../../../support/testSeed';
import { ensureMlflow } from '../../../support/tools';

interface Sample {
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const samplesPerRun = 3000;

describe('A meta.yaml that MLflow has written', () => {
  let samples: readonly Sample[];

  before(async () => {
    const { python } = await ensureMlflow('newest');
    const script = join(projectRoot(), 'test/extension/tracking/file/writeMetas.py');
    const printed = await runToEnd(python, [script, String(testSeed), String(samplesPerRun)], {
      env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' },
    });
    samples = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Sample);
  });

  it(`is read alike by the fast parser, the general one and PyYAML (MLFLOW_LENS_SEED=${testSeed})`, () => {
    let fast = 0;
    for (const { text, fields } of samples) {
      const read = readFlatYaml(text);
      if (read) fast++;
      deepEqual(toObject(readAnyYaml(text)), fields, `the general parser on ${JSON.stringify(text)}`);
      if (read) deepEqual(toObject(read), fields, `the fast parser on ${JSON.stringify(text)}`);
    }
    ok(fast > samplesPerRun * 0.3, `only ${fast} of ${samplesPerRun} were read by the fast parser`);
  });
});

function toObject(fields: MetaFields): Record<string, unknown> {
  return Object.fromEntries([...fields].map(([key, value]) => [key, toPlain(value)]));
}

function toPlain(value: MetaValue): unknown {
  return value instanceof Map ? toObject(value as MetaFields) : value;
}
