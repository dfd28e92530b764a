import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findPython } from '../../../extension/processes/findPython';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import { UserError } from '../../../extension/ui/userError';
import { ensureMlflow, type MlflowVersion } from '../../support/tools';
import { runToEnd } from '../../support/processes';
import { until } from '../../support/until';
import { holder, isAlive, openServer } from './servers';

const never = new AbortController().signal;

/** Makes an experiment with one run in it, by the client of the same MLflow, without any server. */
const seed = [
  'import mlflow, sys',
  'mlflow.set_tracking_uri(sys.argv[1])',
  'mlflow.set_experiment("made without a server")',
  'with mlflow.start_run(run_name="first"): mlflow.log_text("hello", "greeting.txt")',
].join('\n');

describe('A local server', function () {
  this.timeout(240_000);

  let folder: string;
  const stops: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-local-'));
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (uri: string, version: MlflowVersion = 'newest', python?: string) => {
    const opened = await openServer(uri, folder, python ?? (await ensureMlflow(version)).python);
    stops.push(() => opened.server.stop());
    return opened;
  };
  const seedWith = async (uri: string, version: MlflowVersion): Promise<void> => {
    const env = { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true', MLFLOW_DISABLE_TELEMETRY: 'true' };
    const { python } = await ensureMlflow(version);
    await runToEnd(python, ['-c', seed, uri], { cwd: folder, env });
  };

  const cases = [
    { version: 'newest', uri: 'sqlite:///mlflow.db' },
    { version: 'newest', uri: './mlruns' },
    { version: 'oldest', uri: 'sqlite:///mlflow.db' },
    { version: 'oldest', uri: './mlruns' },
  ] as const;
  for (const { version, uri } of cases) {
    it(`of the ${version} MLflow serves ${uri} with its runs and their artifacts, and stops whole`, async () => {
      await seedWith(uri, version);
      const { server } = await open(uri, version);
      await server.becomeHealthy(never);
      deepEqual(await listRuns(server.address), ['first: greeting.txt']);
      ok(isAlive(server.group));
      await server.stop();
      await isGone(server.group);
      equal(existsSync(join(folder, 'mlartifacts')), false);
    });
  }

  it('that is no longer wanted while it starts leaves no process behind', async () => {
    const { server } = await open('sqlite:///mlflow.db');
    const wanted = new AbortController();
    const starting = server.becomeHealthy(wanted.signal);
    wanted.abort();
    await rejects(starting, { name: 'AbortError' });
    await isGone(server.group);
  });

  it('whose host is killed without a chance to tidy up ends with it', async () => {
    const { python } = await ensureMlflow('newest');
    const host = spawn(process.execPath, [holder, 'sqlite:///mlflow.db', folder, python], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(host.stdout), 'line')) as [string];
    const { group } = JSON.parse(line) as { readonly group: number };
    ok(isAlive(group));
    host.kill('SIGKILL');
    await isGone(group);
  });

  it('whose keeper is killed ends with it, too', async () => {
    const { server } = await open('sqlite:///mlflow.db');
    await server.becomeHealthy(never);
    process.kill(server.group ?? 0, 'SIGKILL');
    await server.ended;
    await isGone(server.group);
  });

  it('that ends by itself says why, and neither its log nor its error holds the password', async () => {
    const uri = 'postgresql+nosuchdriver://me:c4nary-pw@127.0.0.1:1/db';
    const { server, lines } = await open(uri);
    const failure = await server.becomeHealthy(never).catch((error: unknown) => error);
    ok(failure instanceof UserError);
    match(failure.message, /^The MLflow server ended before it answered: .*nosuchdriver/);
    await isGone(server.group);
    equal([failure.message, ...lines].join('\n').includes('c4nary'), false);
  });

  it('that a Python without MLflow was to run says so', async () => {
    const python = join(folder, 'bare', 'bin', 'python');
    await runToEnd((await ensureMlflow('newest')).python, [
      '-m',
      'venv',
      '--without-pip',
      join(folder, 'bare'),
    ]);
    const { server } = await open('sqlite:///mlflow.db', 'newest', python);
    await rejects(server.becomeHealthy(never), /ended before it answered: No module named mlflow\.$/);
    const place = { python, reason: 'the setting mlflow.python.path' };
    await rejects(
      findPython([place], () => undefined, never),
      /\(the setting mlflow\.python\.path: .*bare.*: MLflow is not installed\)/,
    );
  });

  it('runs on the first Python that has MLflow, and the log says which and why', async () => {
    const tool = await ensureMlflow('oldest');
    const lines: string[] = [];
    const places = [
      { python: join(folder, 'gone', 'python'), reason: '.venv in the workspace' },
      { python: tool.python, reason: 'python on PATH' },
    ];
    const found = await findPython(places, (line) => lines.push(line), never);
    deepEqual(found, { ...places[1], version: tool.version });
    match(lines[0] ?? '', /not .*gone.* \(\.venv in the workspace\): there is no such program/);
    match(lines[1] ?? '', /with MLflow 2\.0\.1, since it is python on PATH/);
  });
});

/** Those that are killed are there until the system has noticed. */
async function isGone(group: number | undefined): Promise<void> {
  await until('no process of the server is left', () => !isAlive(group));
}

async function listRuns(baseUri: string): Promise<readonly string[]> {
  const store = new RestStore({
    baseUri,
    authorize: () => Promise.resolve(new Map()),
    timeoutMs: 30_000,
    log: () => undefined,
  });
  try {
    const { items } = await store.searchExperiments({ pageSize: 10, view: 'active' }, never);
    const experimentIds = items.map(({ id }) => id);
    const runs = await store.searchRuns({ experimentIds, pageSize: 10, view: 'active' }, never);
    return await Promise.all(
      runs.items.map(async (run) => {
        const artifacts = await store.listArtifacts(run.id, '', never);
        return `${run.name}: ${artifacts.map(({ path }) => path).join(', ')}`;
      }),
    );
  } finally {
    store.dispose();
  }
}
