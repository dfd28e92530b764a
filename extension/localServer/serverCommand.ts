import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Program } from '../processes/program';
import { composePythonEnvironment } from '../processes/pythonEnvironment';
import type { Backend } from './backend';

export interface ServerCommandOptions {
  readonly backend: Backend;
  readonly python: string;
  readonly port: number;
  /** The environment of this process. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where relative paths of a database server's artifacts begin, as if somebody had typed the command there. */
  readonly folder: string;
}

/**
 * The variables by which MLflow's own server is configured: those of the user's environment are about another server.
 * The rest passes, among it MLFLOW_DISABLE_TELEMETRY and the credentials of artifact stores.
 */
const aboutAnotherServer =
  /^_?MLFLOW_(TRACKING_\w+|REGISTRY_\w+|WORKSPACE\w*|ENABLE_WORKSPACES|BACKEND_STORE_URI|READ_REPLICA_\w+|ARTIFACTS_ONLY|HOST|PORT|WORKERS|STATIC_PREFIX|\w+_OPTS|EXPOSE_PROMETHEUS|SERVER_\w+|AUTH_\w+|RUN_ID|EXPERIMENT_\w+|TRACE_ARCHIVAL_CONFIG)$/;
const aboutArtifacts = /^MLFLOW_(DEFAULT_ARTIFACT_ROOT|ARTIFACTS_DESTINATION|SERVE_ARTIFACTS)$/;

/**
 * `mlflow server` over the backend on the loopback address, as MLflow 2.0 and newer take it. The backend's URI goes in
 * the environment, since anybody on the machine may read a program's arguments.
 */
export function composeServerCommand(options: ServerCommandOptions): Program {
  const { backend, python, port, folder } = options;
  return {
    program: python,
    args: [
      ...['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
      ...artifactArguments(backend),
    ],
    cwd: backend.path === undefined ? folder : dirname(backend.path),
    env: composeEnvironment(options),
  };
}

/**
 * New artifacts go where they would without a server, so that the store stays whole when the server is gone: into
 * `mlruns` beside a database, or into the file store itself. `mlartifacts` beside them is where an earlier server in
 * that folder kept what it stored for its clients (reference/STORES.md §1).
 */
function artifactArguments({ kind, path }: Backend): readonly string[] {
  if (path === undefined) return [];
  const beside = dirname(path);
  const root = kind === 'files' ? path : join(beside, 'mlruns');
  return [
    ...['--default-artifact-root', pathToFileURL(root).href],
    ...['--artifacts-destination', join(beside, 'mlartifacts')],
  ];
}

function composeEnvironment({ backend, python, environment }: ServerCommandOptions): NodeJS.ProcessEnv {
  const passes = (name: string): boolean =>
    !aboutAnotherServer.test(name) && (backend.kind === 'database' || !aboutArtifacts.test(name));
  return {
    ...composePythonEnvironment(python, environment, passes),
    MLFLOW_BACKEND_STORE_URI: backend.uri,
    // The runner of background jobs takes 2 GB, and no view of ours needs it.
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
    ...(backend.kind === 'files' ? { MLFLOW_ALLOW_FILE_STORE: 'true' } : {}),
    // What lies beside the store is data: Python 3.11 and newer then imports nothing from there.
    PYTHONSAFEPATH: '1',
  };
}
