import { pbkdf2Sync } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { cacheRoot, fingerprint, projectRoot } from './cache';
import { installOnce } from './installOnce';
import { becomeHealthy, freePort, runToEnd, startProcess } from './processes';
import { ensureMlflow, say, type MlflowTool, type MlflowVersion } from './tools';

export type { MlflowVersion } from './tools';

const START_MS = 120_000;

/** Who may sign in to a server started with `auth`. MLflow refuses its own former default, password1234. */
export const administrator = { username: 'admin', password: 'password12345' } as const;

/** A real `mlflow server` with an SQLite backend, on a port of its own. */
export interface MlflowServer {
  readonly uri: string;
  readonly port: number;
  /** The folder of mlflow.db and mlartifacts. */
  readonly store: string;
  /** The interpreter of the environment that it runs in. */
  readonly python: string;
  readonly version: string;
  stop(): Promise<void>;
}

export interface MlflowServerOptions {
  readonly version?: MlflowVersion;
  /** Default: a fresh folder, removed on stop. */
  readonly store?: string;
  /** MLflow's own basic-auth app, with `administrator` in it. */
  readonly auth?: boolean;
  readonly args?: readonly string[];
  readonly port?: number;
}

/** Starts a server, waits until it is healthy; it ends with `stop`, or with this process. */
export async function startMlflowServer(options: MlflowServerOptions = {}): Promise<MlflowServer> {
  const tool = await ensureMlflow(options.version ?? 'newest');
  const store = options.store ?? (await mkdtemp(join(tmpdir(), 'mlflow-store-')));
  const port = options.port ?? (await freePort());
  const uri = `http://127.0.0.1:${port}`;
  const auth = options.auth ? await authentication(store) : undefined;
  const isPlain = options.version !== 'oldest' && !options.auth && !options.args;
  const { args, env, sign } = isPlain ? innerServer(store, port) : wholeServer(store, port, options);
  const running = startProcess(tool.python, args, {
    cwd: store,
    env: { ...environment(tool), ...auth, ...env },
  });
  const stop = async (): Promise<void> => {
    await running.stop();
    if (options.store === undefined) await rm(store, { recursive: true, force: true });
  };
  try {
    await becomeHealthy(running, `MLflow ${tool.version}`, uri + sign, START_MS);
    if (auth) hastenLogin(store);
  } catch (error) {
    await stop();
    throw error;
  }
  return { uri, port, store, python: tool.python, version: tool.version, stop };
}

/** Starts a server on a copy of the seeded store, which is made once by seed.py and kept in the cache. */
export async function seededServer(version: MlflowVersion = 'newest'): Promise<MlflowServer> {
  const seeded = await seededStore(version);
  const store = await mkdtemp(join(tmpdir(), 'mlflow-seeded-'));
  await cp(seeded, store, { recursive: true });
  const server = await startMlflowServer({ version, store });
  return {
    ...server,
    stop: async () => {
      await server.stop();
      await rm(store, { recursive: true, force: true });
    },
  };
}

/** The seeded store in the cache. Copy it before anything writes to it. */
export async function seededStore(version: MlflowVersion, ...args: readonly string[]): Promise<string> {
  const script = join(projectRoot(), 'test/support/seed.py');
  const tool = await ensureMlflow(version);
  const key = fingerprint(await readFile(script), tool.version, ...args);
  return installOnce(join(cacheRoot(), `seeded-${tool.version}-${key}`), async (store) => {
    say(`Seeding a store with MLflow ${tool.version} (about a minute, once)…`);
    const server = await startMlflowServer({ version, store });
    try {
      await runPython(server, script, args);
    } finally {
      await server.stop();
    }
  });
}

/** Runs a Python script file with the server's own MLflow, pointed at the server or store; answers what it printed. */
export async function runPython(
  server: Pick<MlflowServer, 'uri' | 'python'>,
  script: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  return runToEnd(server.python, [script, ...args], {
    env: { ...quiet(), ...env, MLFLOW_TRACKING_URI: server.uri, PYTHONUNBUFFERED: '1' },
  });
}

/** How Python serves a store. */
interface ServerStart {
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** The path that it answers once it is ready. */
  readonly sign: string;
}

function wholeServer(store: string, port: number, { auth, args = [] }: MlflowServerOptions): ServerStart {
  return {
    args: [
      ...['-m', 'mlflow', 'server', ...listenOn(port)],
      ...['--backend-store-uri', backendOf(store), '--serve-artifacts'],
      ...['--artifacts-destination', artifactsOf(store)],
      ...(auth ? ['--app-name', 'basic-auth'] : []),
      ...args,
    ],
    sign: '/health',
  };
}

/**
 * What the newest `mlflow server` starts in the end (`_run_server`), without the process around it: that imports all of MLflow once more,
 * which takes three seconds of a processor. It is then the first question that makes the database.
 */
function innerServer(store: string, port: number): ServerStart {
  return {
    args: ['-m', 'uvicorn', ...listenOn(port), 'mlflow.server.fastapi_app:app'],
    env: {
      _MLFLOW_SERVER_FILE_STORE: backendOf(store),
      _MLFLOW_SERVER_ARTIFACT_ROOT: 'mlflow-artifacts:/',
      _MLFLOW_SERVER_ARTIFACT_DESTINATION: artifactsOf(store),
      _MLFLOW_SERVER_SERVE_ARTIFACTS: 'true',
      _MLFLOW_SGI_NAME: 'uvicorn',
    },
    sign: '/api/2.0/mlflow/experiments/get?experiment_id=0',
  };
}

const listenOn = (port: number): string[] => `--host 127.0.0.1 --port ${port} --workers 1`.split(' ');
const backendOf = (store: string): string => `sqlite:///${join(store, 'mlflow.db')}`;
const artifactsOf = (store: string): string => join(store, 'mlartifacts');

/** Old servers look for gunicorn on PATH. */
function environment(tool: MlflowTool): NodeJS.ProcessEnv {
  return { ...quiet(), PATH: [join(tool.folder, 'bin'), process.env['PATH'] ?? ''].join(delimiter) };
}

/** An environment without what the caller's shell says of its own MLflow. */
export function withoutMlflow(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isOurs = (name: string): boolean => !name.startsWith('MLFLOW_') || name.startsWith('MLFLOW_LENS_');
  return Object.fromEntries(Object.entries(env).filter(([name]) => isOurs(name)));
}

/** Without the job runner, which takes 2 GB. */
function quiet(): NodeJS.ProcessEnv {
  return {
    ...withoutMlflow(process.env),
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
    MLFLOW_DISABLE_TELEMETRY: 'true',
    MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT: 'true',
    PYTHONWARNINGS: 'ignore',
  };
}

/**
 * MLflow checks the password three times for each request, a tenth of a second of a processor each. The hash that it keeps is
 * replaced by one of the same password that takes no time; Werkzeug reads in the hash how it was made.
 */
function hastenLogin(store: string): void {
  const hash = pbkdf2Sync(administrator.password, 'salt', 1, 32, 'sha256').toString('hex');
  // The Node.js that installs has no SQLite.
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const database = new DatabaseSync(join(store, authDatabase));
  try {
    const update = database.prepare('UPDATE users SET password_hash = ? WHERE username = ?');
    update.run(`pbkdf2:sha256:1$salt$${hash}`, administrator.username);
  } finally {
    database.close();
  }
}

const authDatabase = 'basic_auth.db';

async function authentication(store: string): Promise<NodeJS.ProcessEnv> {
  await mkdir(store, { recursive: true });
  const file = join(store, 'basic_auth.ini');
  const lines = [
    '[mlflow]',
    'default_permission = READ',
    `database_uri = sqlite:///${join(store, authDatabase)}`,
    `admin_username = ${administrator.username}`,
    `admin_password = ${administrator.password}`,
    'authorization_function = mlflow.server.auth:authenticate_request_basic_auth',
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  return { MLFLOW_AUTH_CONFIG_PATH: file, MLFLOW_FLASK_SERVER_SECRET_KEY: 'only for tests' };
}
