import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ManagedProcess } from '../../../extension/processes/managedProcess';
import { composeCurl } from '../../../extension/serving/curl';
import { composeRequest } from '../../../extension/serving/composeRequest';
import { dockerfileArguments, predictArguments } from '../../../extension/serving/modelProgram';
import { readModelFiles } from '../../../extension/serving/readModel';
import { formatReply, sendRequest } from '../../../extension/serving/scoring';
import { until } from '../../support/until';
import { isAlive } from '../processes/servers';
import {
  modelProgram,
  saveModels,
  saveOldModel,
  serveModel,
  type SavedModels,
  type ServedForTest,
} from './models';

const never = new AbortController().signal;

describe('A model that a real MLflow saved', function () {
  this.timeout(240_000);
  let folder: string;
  let saved: SavedModels;
  const served: ServedForTest[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-serving-'));
    saved = await saveModels(folder);
  });
  after(async () => {
    await Promise.all(served.map(({ server }) => server.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  const serve = async (uri: string, port?: number): Promise<ServedForTest> => {
    const one = await serveModel(saved, folder, uri, port);
    served.push(one);
    return one;
  };
  const requestFor = async (uri: string): Promise<string> =>
    composeRequest(await readModelFiles(modelProgram(saved, folder, []), uri, never));

  describe('served by its registered version', () => {
    let server: ServedForTest['server'];
    let address: string;
    before(async () => {
      ({ server } = await serve('models:/doubler/1'));
      await server.becomeHealthy(never);
      ({ address } = server);
    });

    it('answers its own input example, every digit of large numbers kept', async () => {
      const scored = await sendRequest(address, await requestFor('models:/doubler/1'), never);
      equal(scored.status, 200);
      match(formatReply(scored), /"status": 200,\n {2}"milliseconds": \d+,\n {2}"reply": \{/);
      match(formatReply(scored), /\b18014398509481986,\n/);
    });

    it('answers the skeleton that its signature makes', async () => {
      const request = await requestFor(saved.modelUri);
      deepEqual(JSON.parse(request), {
        dataframe_split: { columns: ['x', 'name'], data: [[0, '']] },
        params: { k: 3 },
      });
      const scored = await sendRequest(address, request, never);
      deepEqual([scored.status, JSON.parse(scored.text)], [200, { predictions: [0] }]);
    });

    it('says what is wrong with a request in its own words', async () => {
      const broken = await sendRequest(address, '{"dataframe_split": ', never);
      equal(broken.status, 400);
      match(formatReply(broken), /"reply": \{\n {4}"error_code": "BAD_REQUEST",/);
      const refused = await sendRequest(
        address,
        '{"dataframe_split": {"columns": ["x", "name"], "data": [[-1, "a"]]}}',
        never,
      );
      ok(refused.status >= 400);
      match(refused.text, /no number below zero can be doubled/);
    });

    it('answers the copied curl command, whatever the text holds', async () => {
      const text = await requestFor('models:/doubler/1');
      const { stdout } = await promisify(execFile)('sh', ['-c', composeCurl(address, text)]);
      equal(stdout, '{"predictions": [18014398509481986, 8]}');
    });

    it('stops whole', async () => {
      ok(isAlive(server.group));
      await server.stop();
      await until('no process of the server is left', () => !isAlive(server.group));
      await rejects(sendRequest(address, '{}', never), { kind: 'refused' });
    });
  });

  it('is served from its folder, too', async () => {
    const { server } = await serve(saved.folders.bare);
    await server.becomeHealthy(never);
    const scored = await sendRequest(server.address, await requestFor(saved.folders.bare), never);
    equal(scored.status, 200);
    await server.stop();
  });

  it('is served by the oldest MLflow, too, which answers its input example', async () => {
    const old = await saveOldModel(folder);
    const uri = 'models:/old doubler/1';
    const one = await serveModel(old, folder, uri);
    served.push(one);
    await one.server.becomeHealthy(never);
    const request = composeRequest(await readModelFiles(modelProgram(old, folder, []), uri, never));
    const scored = await sendRequest(one.server.address, request, never);
    deepEqual([scored.status, JSON.parse(scored.text)], [200, { predictions: [{ x: 42 }] }]);
    await one.server.stop();
    await until('no process of the server is left', () => !isAlive(one.server.group));
  });

  it('cannot be served on a port that is taken, which is what the message says', async () => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { server } = await serve(saved.folders.bare, (silent.address() as AddressInfo).port);
    await rejects(
      server.becomeHealthy(never),
      /^UserError: The model server ended before it answered: address already in use\.$/,
    );
    await until('no process of the server is left', () => !isAlive(server.group));
    silent.close();
  });

  it('that needs a package which is missing is refused with its name', async () => {
    const broken = join(folder, 'broken');
    await cp(saved.folders.bare, broken, { recursive: true });
    const text = await readFile(join(broken, 'MLmodel'), 'utf8');
    await writeFile(join(broken, 'MLmodel'), text.replace('mlflow.pyfunc.model', 'nosuchpackage.loader'));
    const { server } = await serve(broken);
    await rejects(server.becomeHealthy(never), /ended before it answered: No module named nosuchpackage\.$/);
  });

  it('that there is no such version of says so', async () => {
    await rejects(requestFor('models:/doubler/7'), /could not be read: .*doubler.*7.* not found/i);
  });

  it('becomes a folder with a Dockerfile and the model in it', async () => {
    const target = join(folder, "it's for docker");
    const command = modelProgram(saved, folder, dockerfileArguments(saved.folders.bare, target));
    const quiet = { hideSecrets: (text: string) => text, log: () => undefined };
    await new ManagedProcess({ name: 'mlflow models generate-dockerfile', command, ...quiet }).finish(never);
    match(await readFile(join(target, 'Dockerfile'), 'utf8'), /^FROM |\nFROM /);
  });

  it('predicts for a file, and a program that fails says why', async () => {
    const input = join(folder, "it's $(here).csv");
    await writeFile(input, 'x,name\n21,a\n');
    const output = join(folder, 'predictions.json');
    const predict = (path: string) => {
      const paths = { uri: 'models:/doubler/1', input: path, output };
      const args = predictArguments({ ...paths, contentType: 'csv', manager: 'local' });
      const command = modelProgram(saved, folder, args);
      const quiet = { hideSecrets: (text: string) => text, log: () => undefined };
      return new ManagedProcess({ name: 'mlflow models predict', command, ...quiet }).finish(never);
    };
    await predict(input);
    deepEqual(JSON.parse(await readFile(output, 'utf8')), { predictions: [42] });
    await rejects(predict(join(folder, 'none.csv')), /mlflow models predict failed: .*No such file/);
  });
});
