import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalStore } from '../../extension/tracking/local/localStore';
import { RestStore } from '../../extension/tracking/rest/restStore';
import { hashTree } from '../faults/stores/storeTree';
import { startMlflowServer } from '../support/mlflowServer';
import { compareStore, type Comparison } from './compareStore';
import { askMlflow, readAnswers, type Answers, type ParityOptions, type StoreKind } from './oracle';

export const parityKinds = ['sqlite', 'files', 'rest'] as const;

export type ParityKind = (typeof parityKinds)[number];

export interface ParityReport extends Comparison {
  readonly kind: ParityKind;
  /** Whether our reading changed a byte of the store. */
  readonly isTouched: boolean;
}

/** Makes the random stores of a seed and compares ours of one kind with MLflow's own client. */
export async function compareKind(kind: ParityKind, options: ParityOptions): Promise<ParityReport> {
  const folder = await askMlflow(options);
  const answers = await readAnswers(folder, kind === 'files' ? 'files' : 'sqlite');
  const compare = { sqlite: compareFiles, files: compareFiles, rest: compareRest };
  return { kind, ...(await compare[kind](folder, answers, kind === 'files' ? 'files' : 'sqlite')) };
}

async function compareFiles(
  folder: string,
  answers: Answers,
  kind: StoreKind,
): Promise<Omit<ParityReport, 'kind'>> {
  const home = join(folder, kind);
  const before = hashTree(home);
  const store = new LocalStore({ kind, path: join(home, kind === 'sqlite' ? 'mlflow.db' : 'mlruns') });
  try {
    await store.connect(new AbortController().signal);
    const comparison = await compareStore(store, answers);
    return { ...comparison, isTouched: hashTree(home) !== before };
  } finally {
    store.dispose();
  }
}

/** On a copy: a server may write to its store. */
async function compareRest(folder: string, answers: Answers): Promise<Omit<ParityReport, 'kind'>> {
  const copy = await mkdtemp(join(tmpdir(), 'mlflow-parity-'));
  await cp(join(folder, 'sqlite'), copy, { recursive: true });
  const server = await startMlflowServer({ store: copy });
  const store = new RestStore({
    baseUri: server.uri,
    authorize: () => Promise.resolve(new Map()),
    timeoutMs: 60_000,
    log: () => undefined,
  });
  try {
    return { ...(await compareStore(store, answers)), isTouched: false };
  } finally {
    store.dispose();
    await server.stop();
    await rm(copy, { recursive: true, force: true });
  }
}
