import { deepEqual, equal, ok } from 'node:assert/strict';
import { delimiter } from 'node:path';
import { readBackend } from '../../../extension/localServer/backend';
import { composeServerCommand } from '../../../extension/localServer/serverCommand';

const environment = {
  PATH: '/usr/bin',
  HOME: '/home',
  MLFLOW_DISABLE_TELEMETRY: 'true',
  MLFLOW_S3_ENDPOINT_URL: 'http://minio:9000',
  MLFLOW_TRACKING_URI: 'http://elsewhere',
  MLFLOW_TRACKING_TOKEN: 'c4nary',
  MLFLOW_STATIC_PREFIX: '/prefix',
  MLFLOW_WORKSPACE: 'team',
  MLFLOW_REGISTRY_STORE_URI: 'sqlite:///other.db',
  MLFLOW_GUNICORN_OPTS: '--reload',
  MLFLOW_DEFAULT_ARTIFACT_ROOT: 's3://bucket',
};

const compose = (uri: string) =>
  composeServerCommand({
    backend: readBackend(uri, '/project'),
    python: '/venv/bin/python',
    port: 5001,
    environment,
    folder: '/project',
  });

const start = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', '5001', '--workers', '1'];

describe('The command of a local server', () => {
  it('listens on the loopback address and keeps a password out of the arguments', () => {
    const uri = 'postgresql://me:c4nary@host/db';
    const { program, args, cwd, env } = compose(uri);
    deepEqual([program, args, cwd], ['/venv/bin/python', start, '/project']);
    equal(env['MLFLOW_BACKEND_STORE_URI'], uri);
  });

  it('puts new artifacts where they would be without a server', () => {
    const artifacts = (root: string) => ['--default-artifact-root', root, '--artifacts-destination'];
    deepEqual(compose('sqlite:///data/mlflow.db').args.slice(start.length), [
      ...artifacts('file:///project/data/mlruns'),
      '/project/data/mlartifacts',
    ]);
    deepEqual(compose('./mlruns').args.slice(start.length), [
      ...artifacts('file:///project/mlruns'),
      '/project/mlartifacts',
    ]);
    equal(compose('sqlite:///data/mlflow.db').cwd, '/project/data');
  });

  it('allows a file store, and only where there is one', () => {
    equal(compose('./mlruns').env['MLFLOW_ALLOW_FILE_STORE'], 'true');
    equal(compose('sqlite:///mlflow.db').env['MLFLOW_ALLOW_FILE_STORE'], undefined);
  });

  it('takes what the environment says of another server out, and leaves the rest, telemetry included, to the user', () => {
    const { env } = compose('sqlite:///mlflow.db');
    const passed = Object.keys(env).filter((name) => name in environment && name !== 'PATH');
    deepEqual(passed, ['HOME', 'MLFLOW_DISABLE_TELEMETRY', 'MLFLOW_S3_ENDPOINT_URL']);
    ok(!Object.values(env).includes('c4nary'));
    equal(compose('./mlruns').env['MLFLOW_DEFAULT_ARTIFACT_ROOT'], undefined);
    equal(compose('mysql://host/db').env['MLFLOW_DEFAULT_ARTIFACT_ROOT'], 's3://bucket');
  });

  it('finds the programs of its own Python first', () => {
    equal(compose('./mlruns').env['PATH'], ['/venv/bin', '/usr/bin'].join(delimiter));
  });
});
