import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadFiles } from '../../../extension/artifacts/downloadFiles';
import { composeFailure } from '../../../extension/artifacts/transferFailures';
import { findUpload } from '../../../extension/artifacts/transferSource';
import { uploadFiles } from '../../../extension/artifacts/uploadFiles';
import { planUpload } from '../../../extension/artifacts/uploadPlan';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import { unsureTail } from '../../../extension/ui/writePieces';
import { projectRoot } from '../../support/cache';
import { administrator, type MlflowServer, runPython, startMlflowServer } from '../../support/mlflowServer';
import { planOf, withoutPython } from './transfers';

const never = new AbortController().signal;
const reader = { username: 'reader', password: 'password67890' } as const;

type User = typeof administrator | typeof reader;

describe('Artifacts of a server with two users, one of whom may only read', function () {
  this.timeout(300_000);
  let server: MlflowServer;
  let folder: string;
  let runId: string;
  let store: RestStore;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mlflow-rights-'));
    server = await startMlflowServer({ auth: true });
    await ask('2.0/mlflow/users/create', reader);
    const script = join(projectRoot(), 'test/extension/tracking/log_artifacts.py');
    const printed = await runPython(server, script, [], {
      MLFLOW_TRACKING_USERNAME: administrator.username,
      MLFLOW_TRACKING_PASSWORD: administrator.password,
    });
    ({ runId } = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as { readonly runId: string });
    store = openAs(reader);
  });
  after(async () => {
    store.dispose();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function openAs(user: User): RestStore {
    const authorize = () => Promise.resolve(new Map([['authorization', basic(user)]]));
    return new RestStore({ baseUri: server.uri, authorize, timeoutMs: 60_000, log: () => undefined });
  }

  /** As the administrator. */
  async function ask(path: string, body: Readonly<Record<string, string>>): Promise<void> {
    const headers = { authorization: basic(administrator), 'content-type': 'application/json' };
    const url = `${server.uri}/api/${path}`;
    const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    equal(reply.status, 200, await reply.text());
  }

  /** Takes from the reader, or gives back, the right to read the run’s experiment. */
  async function change(right: 'DENY' | 'default'): Promise<void> {
    const place = { username: reader.username, resource_type: 'experiment', resource_id: '0' };
    const [action, body] = right === 'DENY' ? ['grant', { ...place, permission: right }] : ['revoke', place];
    await ask(`3.0/mlflow/users/permissions/${action}`, body);
  }

  it('are not uploaded by that user, who is told why; the run stays as it was', async () => {
    const source = join(folder, 'up');
    await mkdir(source);
    await writeFile(join(source, 'small.txt'), 'small');
    await writeFile(join(source, 'large.bin'), Buffer.alloc(16 * 2 ** 20));
    const before = await store.listArtifacts(runId, '', never);
    const { files } = await planUpload([source], '', never);
    const send = await findUpload(store, await store.getRun(runId, never), withoutPython, never);
    const outcome = await uploadFiles(files, send, () => undefined, never);
    deepEqual(outcome.done, []);
    equal(outcome.failures.length, 1, 'the others would fare the same');
    const { message } = composeFailure(outcome, files.length, 'uploaded') ?? {};
    match(message ?? '', /^1 of 2 files could not be uploaded\. .*does not allow this \(403\)/);
    deepEqual(await store.listArtifacts(runId, '', never), before);
  });

  it('are not downloaded once the right is withdrawn, and leave nothing but what can be gone on with', async () => {
    const target = join(folder, 'down');
    await mkdir(target);
    const large = await planOf({ store, runId, path: 'large.txt' });
    const small = await planOf({ store, runId, path: 'plain.txt' });
    const options = { folder: target, connectionUri: 'test', onBytes: () => undefined };
    const stopping = new AbortController();
    let there = 0;
    const stopLate = (count: number): void => {
      there += count;
      if (there > 2 * unsureTail) stopping.abort();
    };
    await rejects(downloadFiles(large.files, { ...options, onBytes: stopLate }, stopping.signal), {
      name: 'AbortError',
    });
    const part = ['large.txt.part', 'large.txt.part.json'];
    deepEqual((await readdir(target)).sort(), part);

    await change('DENY');
    const files = [...large.files, ...small.files];
    const outcome = await downloadFiles(files, options, never);
    deepEqual(outcome.done, []);
    const { message } = composeFailure(outcome, files.length, 'downloaded') ?? {};
    match(message ?? '', /^1 of 2 files could not be downloaded\. .*does not allow this \(403\)/);
    deepEqual((await readdir(target)).sort(), part);

    await change('default');
    const again = await downloadFiles(files, options, never);
    deepEqual(again.failures, []);
    deepEqual((await readdir(target)).sort(), ['large.txt', 'plain.txt']);
  });
});

function basic({ username, password }: User): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
