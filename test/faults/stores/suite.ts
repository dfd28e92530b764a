import type { FaultOptions } from '../faultOptions';
import { Hang } from '../measuredProcess';
import type { Verdict } from '../verdict';
import { makeBaseStores, type BaseStore } from './baseStores';
import { fileCases } from './fileCases';
import { fileLiveTrials } from './fileLive';
import { fuzzTrials } from './fuzz';
import { askMlflow } from './peer';
import { listQuestions } from './questions';
import { makeSchemas, schemaTrials } from './schemas';
import { sqliteLiveTrials } from './sqliteLive';
import { staticTrials } from './staticTrials';
import type { StoreCase } from './storeCase';
import { StoreProbe, type Reading } from './storeProbe';
import type { Theatre, Trial } from './trial';

/** The rows about stores in reference/PERFORMANCE.md §7d. */
export function listStoreTrials({ isShort, seed }: Pick<FaultOptions, 'isShort' | 'seed'>): readonly Trial[] {
  const fuzz = fuzzTrials(seed, isShort ? 60 : 300);
  return [...staticTrials, ...fileLiveTrials, ...sqliteLiveTrials, ...fuzz, ...schemaTrials];
}

/** Reads stores made by the real MLflow, each after or amid a fault, with a LocalStore in a process of its own. */
export async function injectStoreFaults(options: FaultOptions): Promise<readonly Verdict[]> {
  const trials = listStoreTrials(options).filter(({ group, name }) => options.only.test(`${group} ${name}`));
  const theatre = await buildTheatre(options, trials);
  const verdicts: Verdict[] = [];
  const waiting = trials.values();
  // Where nothing is measured, two processes share the work.
  const workers = Array.from({ length: options.isTimed ? 1 : 2 }, async () => {
    for await (const verdict of attemptAll(waiting, theatre)) {
      options.report(verdict);
      verdicts.push(verdict);
    }
  });
  await Promise.all(workers);
  compareWithPeer(verdicts, options);
  return verdicts;
}

async function buildTheatre(options: FaultOptions, trials: readonly Trial[]): Promise<Theatre> {
  const bases = await makeBaseStores();
  const groups = new Set(trials.map(({ group }) => group));
  const schemas = groups.has('schema') ? await makeSchemas() : '';
  const isPeerAsked = !options.isShort && groups.has('file');
  const peer = isPeerAsked
    ? await askMlflow(fileCases, bases.files, options)
    : new Map<StoreCase, undefined>();
  const probe = await StoreProbe.start();
  try {
    return { bases, options, schemas, peer, healthy: await warmUp(probe, bases) };
  } finally {
    await probe.stop();
  }
}

/** What is compiled and loaded once is no part of any trial. */
async function warmUp(probe: StoreProbe, bases: Theatre['bases']): Promise<Theatre['healthy']> {
  const read = async ({ kind, path, ids }: BaseStore): Promise<Reading> => {
    await probe.open('warm', kind, path);
    const reading = await probe.read('warm', listQuestions(ids), false);
    await probe.close('warm');
    return reading;
  };
  return { files: await read(bases.files), sqlite: await read(bases.sqlite) };
}

async function* attemptAll(trials: Iterable<Trial>, theatre: Theatre): AsyncGenerator<Verdict> {
  let probe: StoreProbe | undefined;
  try {
    for (const trial of trials) {
      if (!probe) {
        probe = await StoreProbe.start();
        await warmUp(probe, theatre.bases);
      }
      const verdict = await attempt(trial, probe, theatre);
      yield verdict;
      // What crashed or hangs would spoil the next trial.
      if (verdict.outcome !== '') continue;
      await probe.stop();
      probe = undefined;
    }
  } finally {
    await probe?.stop();
  }
}

async function attempt(trial: Trial, probe: StoreProbe, theatre: Theatre): Promise<Verdict> {
  const start = performance.now();
  const { group, name } = trial;
  try {
    const verdict = await trial.run(probe, theatre);
    return { group, name, ...verdict, ms: performance.now() - start };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const wrong = new Map([[error instanceof Hang ? 'prompt' : 'alive', reason] as const]);
    return { group, name, wrong, ms: performance.now() - start, outcome: '', block: 0 };
  }
}

function compareWithPeer(verdicts: readonly Verdict[], { note }: FaultOptions): void {
  const compared = verdicts.filter(({ doesPeerShowNeighbours }) => doesPeerShowNeighbours !== undefined);
  if (compared.length === 0) return;
  const theirs = compared.filter(({ doesPeerShowNeighbours }) => doesPeerShowNeighbours).length;
  const ours = compared.filter(
    ({ wrong }) => !wrong.has('neighbours') && !wrong.has('prompt') && !wrong.has('alive'),
  );
  const total = compared.length;
  note(`MLflow lists the others in ${theirs} of ${total}; we in ${ours.length} of ${total}.`);
}
