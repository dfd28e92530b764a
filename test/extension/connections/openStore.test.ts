import { equal, match, rejects } from 'node:assert/strict';
import { openStore } from '../../../extension/connections/openStore';
import { TrackingError } from '../../../extension/tracking/errors';
import type { TrackingStore } from '../../../extension/tracking/store';
import { LocalStore } from '../../../extension/tracking/local/localStore';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import { settingsWith } from './fakes';

describe('openStore', () => {
  function open(uri: string): Promise<TrackingStore> {
    return openStore(
      { uri, authorize: () => Promise.resolve(new Map()) },
      { settings: settingsWith(uri), version: '1.2.3', log: { info: () => undefined } },
    );
  }

  it('opens servers', async () => {
    for (const uri of ['http://127.0.0.1:5000', 'https://host/prefix']) {
      const store = await open(uri);
      equal(store instanceof RestStore, true);
      store.dispose();
    }
  });

  it('opens local stores', async () => {
    for (const uri of ['sqlite:////nowhere/mlflow.db', 'file:///nowhere/mlruns', '/nowhere/mlflow.db']) {
      const store = await open(uri);
      equal(store instanceof LocalStore, true);
      store.dispose();
    }
  });

  const unsupported = {
    'sqlite:///mlflow.db': /relative to a folder/,
    'sqlite://': /memory/,
    'postgresql://host/db': /start a local MLflow server for it/,
    './mlruns': /relative to a folder/,
    'databricks-uc': /names a model registry only/,
    'ftp://host': /is not a tracking URI/,
    'http://': /is not a tracking URI/,
  };
  for (const [uri, sentence] of Object.entries(unsupported)) {
    it(`says what to do about ${uri}`, async () => {
      await rejects(
        () => open(uri),
        (error) => {
          match(String(error), sentence);
          return error instanceof TrackingError && error.kind === 'unsupported';
        },
      );
    });
  }
});
