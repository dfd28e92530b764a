import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TransferOutcome } from '../../../extension/artifacts/transferFailures';
import { findTransferSource, findUpload, type OpenPython } from '../../../extension/artifacts/transferSource';
import { uploadFiles } from '../../../extension/artifacts/uploadFiles';
import { findPresent, planUpload } from '../../../extension/artifacts/uploadPlan';
import type { TrackingStore } from '../../../extension/tracking/store';
import { unsureTail } from '../../../extension/ui/writePieces';
import { projectRoot } from '../../support/cache';
import { runPython, type MlflowServer } from '../../support/mlflowServer';
import { downloadTo, sumsOf } from './transfers';

const never = new AbortController().signal;
const here = join(projectRoot(), 'test/extension/artifacts');
const logScript = join(projectRoot(), 'test/extension/tracking/log_artifacts.py');

/** What transfers are tried with. */
export interface Subject {
  readonly store: TrackingStore;
  readonly python: Pick<MlflowServer, 'uri' | 'python'>;
  readonly env: Readonly<Record<string, string>>;
  readonly openPython: OpenPython;
  /** Whether it says when a file has changed; the oldest server does not. */
  readonly tellsVersions: boolean;
}

interface Logged {
  readonly runId: string;
  /** By path. */
  readonly sums: Readonly<Record<string, string>>;
}

/** What is to be uploaded: a folder with one of every kind of file. */
const uploaded: Readonly<Record<string, string>> = {
  'plain.txt': 'first line\nsecond line\n',
  'deep/ünï çode + 100%.json': '{}',
  'deep/er/large.bin': '0123456789abcdef'.repeat(2 ** 18),
};

async function lastLine<T>(printing: Promise<string>): Promise<T> {
  return JSON.parse((await printing).trim().split('\n').at(-1) ?? '') as T;
}

/** What transfers must do, whatever kind of store it is. */
export function transfers(subject: () => Subject): void {
  let folder: string;
  let runId: string;
  let sums: Readonly<Record<string, string>>;

  before(async () => {
    const { python, env } = subject();
    folder = await mkdtemp(join(tmpdir(), 'mlflow-transfer-'));
    ({ runId, sums } = await lastLine<Logged>(runPython(python, logScript, [], env)));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('downloads all of a run, byte by byte, and leaves nothing else', async () => {
    const { store, openPython } = subject();
    const target = join(folder, 'down');
    await mkdir(target);
    const { failures } = await downloadTo(target, { store, runId, path: '', openPython });
    assert.deepEqual(failures, []);
    const expected = Object.entries(sums).map(([path, sum]) => [`all/${path}`, sum]);
    assert.deepEqual(await sumsOf(target), Object.fromEntries(expected));
  });

  it('goes on where it was stopped, if that is still the same file', async () => {
    const { store, openPython, tellsVersions } = subject();
    const target = join(folder, 'resumed');
    await mkdir(target);
    const asked = { store, runId, path: 'large.txt', openPython };
    const stopping = new AbortController();
    let there = 0;
    const stop = (count: number) => {
      there += count;
      if (there > 2 * unsureTail) stopping.abort();
    };
    await assert.rejects(downloadTo(target, asked, stopping.signal, stop), { name: 'AbortError' });
    const kept: number[] = [];
    const { failures } = await downloadTo(target, asked, never, (count, isNew) => {
      if (!isNew) kept.push(count);
    });
    assert.deepEqual(failures, []);
    assert.deepEqual(await sumsOf(target), { 'large.txt': sums['large.txt'] });
    assert.equal(
      kept.some((count) => count > 0),
      tellsVersions,
    );
  });

  it('uploads a folder, which MLflow’s own client then reads', async () => {
    const { store, python, env, openPython } = subject();
    const source = join(folder, 'up');
    for (const [path, text] of Object.entries(uploaded)) {
      await mkdir(join(source, path, '..'), { recursive: true });
      await writeFile(join(source, path), text);
    }
    const before = await sumsOf(source);
    const { done, failures } = await upload(store, [source], 'deep', openPython);
    assert.deepEqual(failures, []);
    assert.equal(done.length, Object.keys(uploaded).length);
    const found = await lastLine<typeof sums>(runPython(python, join(here, 'sumArtifacts.py'), [runId], env));
    const added = Object.entries(before).map(([path, sum]) => [`deep/up/${path}`, sum]);
    assert.deepEqual(found, { ...sums, ...Object.fromEntries(added) });
  });

  it('knows which artifacts are there already', async () => {
    const { store, openPython } = subject();
    const source = await findTransferSource(store, await store.getRun(runId, never), openPython, never);
    const paths = ['plain.txt', 'new.txt', 'deep/er/ünï çode + 1.json', 'no/such/folder.txt'];
    const present = await findPresent(paths, (one) => source.list(one, never));
    assert.deepEqual([...present], ['plain.txt', 'deep/er/ünï çode + 1.json']);
  });

  async function upload(
    store: TrackingStore,
    sources: readonly string[],
    to: string,
    openPython: OpenPython,
  ): Promise<TransferOutcome> {
    const run = await store.getRun(runId, never);
    const { files } = await planUpload(sources, to, never);
    return await uploadFiles(files, await findUpload(store, run, openPython, never), () => undefined, never);
  }
}
