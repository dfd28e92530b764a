import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkEnvironment } from '../../../extension/serving/checkEnvironment';
import { writeReport } from '../../../extension/serving/environmentReport';

const never = new AbortController().signal;

describe('Check Environment', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'mlflow-check-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const check = async (environment: Record<string, string>) => {
    const python = { problem: 'No Python with MLflow was found.' };
    const managers = [
      { name: 'local', isThere: true, reason: '' },
      { name: 'uv', isThere: false, reason: 'there is no uv' },
    ] as const;
    return await checkEnvironment({ python, managers, environment, home }, never);
  };

  it('says of what is missing how to get it', async () => {
    const findings = await check({ PATH: home });
    deepEqual(
      findings.map(({ name, isThere }) => [name, isThere]),
      [
        'Python with MLflow',
        'uv',
        'git',
        'docker',
        'kubectl',
        'Databricks credentials',
        'AWS credentials',
      ].map((name) => [name, false]),
    );
    ok(findings.every(({ way, purpose }) => way !== '' && purpose !== ''));
    match(writeReport(findings), /\*\*git\*\*: not on PATH {2}\n.*To get it: Install Git/s);
  });

  it('finds credentials and never shows them', async () => {
    await writeFile(join(home, '.databrickscfg'), '[DEFAULT]\nhost = x\ntoken = c4nary-file\n[staging]\n');
    await mkdir(join(home, '.aws'));
    await writeFile(join(home, '.aws', 'credentials'), 'aws_secret_access_key = c4nary-aws');
    const findings = await check({
      PATH: home,
      DATABRICKS_TOKEN: 'c4nary-env',
      AWS_SECRET_ACCESS_KEY: 'c4nary-key',
    });
    const details = new Map(findings.map(({ name, detail }) => [name, detail]));
    match(
      details.get('Databricks credentials') ?? '',
      /^DATABRICKS_TOKEN, .*\.databrickscfg \(2 profiles\)$/,
    );
    match(details.get('AWS credentials') ?? '', /^AWS_SECRET_ACCESS_KEY, .*credentials$/);
    equal(writeReport(findings).includes('c4nary'), false);
  });

  it('runs what is on PATH, and shows its word as text only', async () => {
    const script = '#!/bin/sh\necho "git [x](command:y) | 1"\n';
    await writeFile(join(home, 'git'), script, { mode: 0o755 });
    const findings = await check({ PATH: `${home}:/bin` });
    equal(findings.find(({ name }) => name === 'git')?.detail, 'git [x](command:y) | 1');
    match(writeReport(findings), /\*\*git\*\*: git \\\[x\\\]\\\(command\\:y\\\) \\\| 1 {2}\n/);
  });
});
