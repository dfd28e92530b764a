import { equal } from 'node:assert/strict';
import { findStoreUri } from '../../../extension/localServer/storeUri';

const shown = 'postgresql://host/db';
const nothing = { setting: undefined, environment: undefined, envFile: undefined };

describe('The URI that a local server is given', () => {
  const written = {
    setting: 'postgresql://me:one@host/db',
    environment: 'postgresql://me:two@host/db',
    envFile: 'postgresql://me:three@host/db',
  };
  const cases = [
    ['userSetting', written.setting],
    ['workspaceSetting', written.setting],
    ['environment', written.environment],
    ['envFile', written.envFile],
  ] as const;
  for (const [source, uri] of cases) {
    it(`has the login that was written in the ${source}, and no other place's`, () => {
      equal(findStoreUri({ uri: shown, source }, written), uri);
      equal(findStoreUri({ uri: shown, source }, nothing), shown);
    });
  }

  it('is never that of another store', () => {
    const setting = 'postgresql://me:one@elsewhere/db';
    equal(findStoreUri({ uri: shown, source: 'userSetting' }, { ...nothing, setting }), shown);
  });
});
