import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connection } from '../../../extension/connections/connection';
import { endRun } from '../../../extension/projects/endRun';
import { readConnectionTracking } from '../../../extension/processes/connectionTracking';
import { administrator, startMlflowServer, type MlflowServer } from '../../support/mlflowServer';
import { type TestProject, writeProject } from './launched';

const login = Buffer.from(`${administrator.username}:${administrator.password}`).toString('base64');
const headers = new Map([['authorization', `Basic ${login}`]]);

const files = {
  MLproject:
    'entry_points:\n  main: {command: python log.py}\n  registry: {command: python registry.py}\n  waiting: {command: python wait.py}\n  failing: {command: python fail.py}\n' +
    '  flow: {parameters: {text: string}, command: "python flow.py {text}"}\n' +
    '  step: {parameters: {text: string}, command: "python step.py {text}"}\n',
  'log.py': 'import mlflow\nmlflow.log_metric("loss", 0.5)\n',
  'registry.py':
    'from mlflow import MlflowClient\nprint("MODELS", len(MlflowClient().search_registered_models()))\n',
  'flow.py': [
    'import mlflow, sys',
    'with mlflow.start_run() as parent:',
    '    step = mlflow.projects.run(".", "step", parameters={"text": sys.argv[1]}, env_manager="local")',
    '    mlflow.log_param("child", step.run_id)',
  ].join('\n'),
  'step.py': 'import mlflow, sys\nmlflow.set_tag("text", sys.argv[1])\n',
  'fail.py': 'import mlflow\nmlflow.log_metric("loss", 1)\nraise ValueError("no luck today")\n',
  'wait.py': 'import time\nprint("WAITING", flush=True)\ntime.sleep(600)\n',
};

describe('mlflow run beside a server that wants a login', function () {
  this.timeout(240_000);
  let server: MlflowServer;
  let project: TestProject;
  before(async () => {
    [server, project] = await Promise.all([startMlflowServer({ auth: true }), writeProject(files)]);
  });
  after(async () => {
    await Promise.all([server.stop(), project.remove()]);
  });

  const connect = (registry?: string): Connection => {
    const place = {
      source: 'userSetting',
      sourceLabel: 'here',
      authorize: () => Promise.resolve(headers),
    } as const;
    return {
      ...{ ...place, uri: server.uri },
      registry: registry === undefined ? undefined : { ...place, uri: registry },
    };
  };
  const readRun = async (id: string | undefined): Promise<SeenRun> => {
    const address = `${server.uri}/api/2.0/mlflow/runs/get?run_id=${id ?? ''}`;
    const reply = await fetch(address, { headers: Object.fromEntries(headers) });
    return ((await reply.json()) as { readonly run: SeenRun }).run;
  };

  it('logs there, with the login in its environment only', async () => {
    const { variables, losses } = await readConnectionTracking(connect());
    const { run, program, output } = await project.launch({ runName: 'signed in' }, 'newest', variables);
    equal((await run.ended).code, 0, output());
    const { info, data } = await readRun(run.runId);
    deepEqual([info.run_name, info.status, data.metrics[0]?.value], ['signed in', 'FINISHED', 0.5]);
    deepEqual(losses, []);
    ok(!JSON.stringify(program.args).includes(administrator.password));
    ok(!output().includes(administrator.password));
  });

  it('of several steps hands a text on from step to step as it is, each a run there', async () => {
    const { variables } = await readConnectionTracking(connect());
    const text = `it's "quoted" $HOME \`x\` ünïcödé 漢字; rm -rf`;
    const launch = { entryPoint: 'flow', parameters: new Map([['text', text]]) };
    const { run, output } = await project.launch(launch, 'newest', variables);
    equal((await run.ended).code, 0, output());
    const flow = await readRun(run.runId);
    const step = await readRun(flow.data.params?.find(({ key }) => key === 'child')?.value);
    deepEqual([flow.info.status, step.info.status], ['FINISHED', 'FINISHED']);
    equal(step.data.tags?.find(({ key }) => key === 'text')?.value, text);
  });

  it('of a script that fails is FAILED there, with what it logged', async () => {
    const { variables } = await readConnectionTracking(connect());
    const { run, output } = await project.launch({ entryPoint: 'failing' }, 'newest', variables);
    equal((await run.ended).code, 1);
    match(output(), /ValueError: no luck today/);
    const { info, data } = await readRun(run.runId);
    deepEqual([info.status, data.metrics[0]?.value], ['FAILED', 1]);
  });

  it('is marked KILLED there once it was stopped', async () => {
    const { variables } = await readConnectionTracking(connect());
    const { run, program } = await project.launch({ entryPoint: 'waiting' }, 'newest', variables);
    await new Promise((resolve) => run.onDidStartRun(resolve));
    await run.stop();
    equal((await readRun(run.runId)).info.status, 'RUNNING');
    await endRun(program, run.runId ?? '', () => undefined);
    equal((await readRun(run.runId)).info.status, 'KILLED');
  });

  it('gets no login where the registry is another server, which never sees it', async () => {
    const seen: (string | undefined)[] = [];
    const registry = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.setHeader('content-type', 'application/json').end('{}');
    });
    registry.listen(0, '127.0.0.1');
    await once(registry, 'listening');
    const { port } = registry.address() as AddressInfo;
    const { variables, losses } = await readConnectionTracking(connect(`http://127.0.0.1:${port}`));
    match(losses.join(), /registry is on another server/);
    const own = { ...variables, MLFLOW_TRACKING_URI: project.store, MLFLOW_ALLOW_FILE_STORE: 'true' };
    const { run, output } = await project.launch({ entryPoint: 'registry' }, 'newest', own);
    equal((await run.ended).code, 0, output());
    match(output(), /MODELS 0/);
    registry.close();
    ok(seen.length > 0);
    deepEqual(new Set(seen), new Set([undefined]));
  });
});

interface SeenRun {
  readonly info: { readonly run_name: string; readonly status: string };
  readonly data: {
    readonly metrics: readonly { readonly value: number }[];
    readonly params?: readonly Pair[];
    readonly tags?: readonly Pair[];
  };
}

interface Pair {
  readonly key: string;
  readonly value: string;
}
