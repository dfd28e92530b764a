import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { backendTemplates } from '../../../extension/projects/backendConfig';
import { stopContainers } from '../../../extension/projects/stopContainers';
import { payloads } from '../../faults/launch/payloads';
import { runToEnd } from '../../support/processes';
import { type TestProject, writeProject } from './launched';
import { databricksToken, playDatabricks } from './playedDatabricks';
import { jobTemplate, playKubernetes } from './playedKubernetes';
import { startRecorder } from './recorder';

const experiment = { kind: 'id', id: '7' } as const;

/** As far as a backend can be tried without being there: MLflow itself speaks to a server that plays its API. */
describe('mlflow run by a backend elsewhere', function () {
  this.timeout(240_000);
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  const write = async (files: Readonly<Record<string, string>>): Promise<TestProject> => {
    const project = await writeProject(files);
    ends.push(() => project.remove());
    return project;
  };

  it('hands Databricks a job that has the cluster of the file and each hostile value whole', async () => {
    const { env, recorder, jobs } = await playDatabricks();
    ends.push(() => {
      recorder.close();
    });
    const names = payloads.map((_, index) => `p${index}`);
    const declared = names.map((name) => `${name}: string`).join(', ');
    const project = await write({
      MLproject: `entry_points:\n  main:\n    parameters: {${declared}}\n    command: python a.py ${names.map((name) => `{${name}}`).join(' ')}\n`,
      'databricks.json': backendTemplates.databricks,
    });
    const parameters = new Map(names.map((name, index) => [name, payloads[index] ?? '']));
    const launch = {
      parameters,
      backend: 'databricks',
      backendConfig: 'databricks.json',
      experiment,
    } as const;
    const { run: process, output } = await project.launch(launch, 'newest', {
      MLFLOW_TRACKING_URI: 'databricks',
      ...env,
    });
    equal((await process.ended).code, 0, output());
    const [job] = jobs();
    ok(job);
    const { spark_version, num_workers } = job.new_cluster;
    deepEqual({ spark_version, num_workers }, { spark_version: '16.4.x-scala2.12', num_workers: 1 });
    const [, , script = ''] = job.shell_command_task.command;
    const words = await wordsOf(script.slice(script.indexOf('mlflow run ')));
    const given = names.flatMap((name, index) => ['-P', `${name}=${payloads[index] ?? ''}`]);
    deepEqual(words.slice(-given.length), given);
    equal(words[words.indexOf('--entry-point') + 1], 'main');
    ok(recorder.seen.some(({ method, path }) => method === 'POST' && path.endsWith('.tar.gz')));
    const asked = recorder.seen.filter(({ path }) => path.startsWith('/api/'));
    ok(asked.every(({ authorization }) => authorization === `Bearer ${databricksToken}`));
    equal(output().includes(databricksToken), false);
  });

  it('hands Kubernetes a job by the template, with the pushed image and the command', async () => {
    const cluster = await playKubernetes();
    ends.push(() => cluster.stop());
    const project = await write({
      MLproject:
        'name: remote\ndocker_env: {image: "base:1"}\nentry_points:\n  main:\n    parameters: {alpha: float, data: {default: a/b.csv}}\n    command: python train.py --alpha {alpha} {data}\n',
      'kubernetes.json': backendTemplates.kubernetes,
      ...jobTemplate,
    });
    const launch = {
      parameters: new Map([
        ['alpha', '0.5'],
        ['extra', '-1'],
      ]),
      backend: 'kubernetes',
    } as const;
    const { run, output } = await project.launch(
      { ...launch, backendConfig: 'kubernetes.json', environmentManager: undefined },
      'newest',
      cluster.env,
    );
    equal((await run.ended).code, 0, output());
    const [job] = cluster.jobs();
    const [container] = job?.containers ?? [];
    deepEqual(container?.command, ['python', 'train.py', '--alpha', '0.5', 'a/b.csv', '--extra', '-1']);
    equal(container.image, 'base:1@sha256:pushed');
    equal(job?.restartPolicy, 'Never');
    match(output(), /=== Run \(ID '[0-9a-f]{32}'\) succeeded ===/);
  });

  it('has Docker stop the container of a run that is ended, and no other', async () => {
    const runOf = (id: string) => ({ Id: id, Config: { Env: ['PATH=/bin', `MLFLOW_RUN_ID=run-${id}`] } });
    const daemon = await startRecorder({
      'GET /containers/json': ['one', 'two', 'gone'].map((id) => ({ Id: id })),
      'GET /containers/one/json': runOf('one'),
      'GET /containers/two/json': runOf('two'),
    });
    ends.push(() => {
      daemon.close();
    });
    const host = { DOCKER_HOST: `tcp://127.0.0.1:${daemon.port}`, DOCKER_API_VERSION: '1.43' };
    await stopContainers('run-two', { ...process.env, ...host });
    const stopped = daemon.seen.filter(({ method }) => method === 'POST').map(({ path }) => path);
    deepEqual(stopped, ['/v1.43/containers/two/stop']);
  });
});

/** What bash makes of a command: its words, which nothing runs. */
async function wordsOf(command: string): Promise<readonly string[]> {
  const script = `mlflow() { printf '%s\\0' "$@"; }\n${command}`;
  return (await runToEnd('bash', ['-c', script])).split('\0').slice(0, -1);
}
