import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { Credentials } from '../../../extension/connections/credentials';
import type { OriginCredentials } from '../../../extension/connections/login';
import { UserError } from '../../../extension/ui/userError';
import { Storage } from './fakes';

const ann: OriginCredentials = {
  login: { kind: 'basic', username: 'ann', password: 'S3CRET' },
  headers: new Map([['x-key', 'k']]),
};

describe('Credentials', () => {
  let storage: Storage;
  let log: string[];
  let credentials: Credentials;

  beforeEach(() => {
    storage = new Storage();
    log = [];
    credentials = new Credentials(storage.secretStore, (line) => log.push(line));
  });

  it('keeps them for one origin only', async () => {
    await credentials.save('http://a', ann);
    deepEqual(await credentials.read('http://a'), ann);
    equal(await credentials.read('https://a'), undefined);
    deepEqual([...storage.secrets.keys()], ['mlflow.credentials:http://a']);
    await credentials.remove('http://a');
    equal(await credentials.read('http://a'), undefined);
    equal(storage.secrets.size, 0);
  });

  it('notices what another window stores, and tells whose it is', async () => {
    const changed: string[] = [];
    credentials.onDidChange((origin) => changed.push(origin));
    equal(await credentials.read('http://a'), undefined);
    await new Credentials(storage.secretStore, () => undefined).save('http://a', ann);
    await storage.secretStore.store('somebody.else', 'x');
    deepEqual(changed, ['http://a']);
    deepEqual(await credentials.read('http://a'), ann);
  });

  it('takes malformed ones for none, and logs that without their content', async () => {
    await storage.secretStore.store('mlflow.credentials:http://a', '{"S3CRET');
    equal(await credentials.read('http://a'), undefined);
    match(log.join(), /http:\/\/a are malformed/);
    equal(log.join().includes('S3CRET'), false);
  });

  it('goes on without a secret storage that fails, and asks it again next time', async () => {
    let isBroken = true;
    const get = (key: string) =>
      isBroken ? Promise.reject(new Error('no keyring')) : storage.secretStore.get(key);
    const flaky = new Credentials({ ...storage.secretStore, get }, (line) => log.push(line));
    equal(await flaky.read('http://a'), undefined);
    equal(log.length, 1);
    await credentials.save('http://a', ann);
    isBroken = false;
    deepEqual(await flaky.read('http://a'), ann);
  });

  it('says so when they could not be stored', async () => {
    const store = () => Promise.reject(new Error('no keyring'));
    const broken = new Credentials({ ...storage.secretStore, store }, () => undefined);
    await rejects(broken.save('http://a', ann), UserError);
  });
});
