import { equal, match, rejects } from 'node:assert/strict';
import { openStore } from '../../../extension/connections/openStore';
import { TrackingError } from '../../../extension/tracking/errors';
import type { TrackingStore } from '../../../extension/tracking/store';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import { settingsWith } from './fakes';

describe('openStore', () => {
  function open(uri: string): Promise<TrackingStore> {
    return openStore(
      { uri, authorize: () => Promise.resolve(new Map()) },
      { settings: settingsWith(uri), version: '1.2.3', log: () => undefined },
    );
  }

  it('opens servers', async () => {
    for (const uri of ['http://127.0.0.1:5000', 'https://host/prefix']) {
      const store = await open(uri);
      equal(store instanceof RestStore, true);
      store.dispose();
    }
  });

  const unsupported = {
    'sqlite:///mlflow.db': /mlflow server --backend-store-uri sqlite:\/\/\/mlflow\.db/,
    'postgresql://host/db': /mlflow server --backend-store-uri/,
    'file:///data/mlruns': /mlflow server --backend-store-uri/,
    './mlruns': /mlflow server --backend-store-uri \.\/mlruns/,
    'databricks://profile': /Databricks .* http/,
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
