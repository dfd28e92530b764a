import { deepEqual } from 'node:assert/strict';
import {
  composeTrackingEnvironment,
  listLostHeaders,
} from '../../../extension/processes/trackingEnvironment';

const basic = `Basic ${Buffer.from('me:pass:word').toString('base64')}`;

describe('What programs are told of a connection', () => {
  it('is a server’s address, with the login in variables of its own', () => {
    const headers = new Map([['authorization', basic]]);
    deepEqual(composeTrackingEnvironment({ uri: 'https://example.test', headers }), {
      MLFLOW_TRACKING_URI: 'https://example.test',
      MLFLOW_TRACKING_USERNAME: 'me',
      MLFLOW_TRACKING_PASSWORD: 'pass:word',
    });
    const token = new Map([
      ['authorization', 'Bearer abc'],
      ['x-mlflow-workspace', 'team'],
    ]);
    deepEqual(
      composeTrackingEnvironment({
        uri: 'https://example.test',
        headers: token,
        registry: { uri: 'databricks-uc' },
      }),
      {
        MLFLOW_TRACKING_URI: 'https://example.test',
        MLFLOW_REGISTRY_URI: 'databricks-uc',
        MLFLOW_WORKSPACE: 'team',
        MLFLOW_TRACKING_TOKEN: 'abc',
      },
    );
  });

  it('is an absolute path of a local store', () => {
    const headers = new Map<string, string>();
    deepEqual(composeTrackingEnvironment({ uri: 'sqlite:///mlflow.db', path: '/a b/mlflow.db', headers }), {
      MLFLOW_TRACKING_URI: 'sqlite:////a b/mlflow.db',
    });
    deepEqual(composeTrackingEnvironment({ uri: 'mlruns', path: '/a b/mlruns', headers }), {
      MLFLOW_TRACKING_URI: 'file:///a%20b/mlruns',
      MLFLOW_ALLOW_FILE_STORE: 'true',
    });
    const registry = { uri: './models', path: '/a b/models' };
    deepEqual(composeTrackingEnvironment({ uri: 'https://example.test', headers, registry }), {
      MLFLOW_TRACKING_URI: 'https://example.test',
      MLFLOW_REGISTRY_URI: 'file:///a%20b/models',
      MLFLOW_ALLOW_FILE_STORE: 'true',
    });
  });

  it('misses headers that MLflow’s client has no variable for, by name', () => {
    deepEqual(
      listLostHeaders(
        new Map([
          ['authorization', basic],
          ['x-api-key', 'k'],
        ]),
      ),
      ['x-api-key'],
    );
  });
});
