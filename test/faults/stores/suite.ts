import type { FaultOptions } from '../faultOptions';
import { Hang } from '../measuredProcess';
import type { Verdict } from '../verdict';
import { makeBaseStores } from './baseStores';
import { fileCases } from './fileCases';
import { fileLiveTrials } from './fileLive';
import { fuzzTrials } from './fuzz';
import { askMlflow } from './peer';
import { listQuestions } from './questions';
import { schemaTrials } from './schemas';
import { sqliteLiveTrials } from './sqliteLive';
import { staticTrials } from './staticTrials';
import { StoreProbe } from './storeProbe';
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
  let probe = await startProbe(theatre);
  try {
    for (const trial of trials) {
      const verdict = await attempt(trial, probe, theatre);
      options.report(verdict);
      verdicts.push(verdict);
      // What crashed or hangs would spoil the next trial.
      if (verdict.outcome === '') {
        await probe.stop();
        probe = await startProbe(theatre);
      }
    }
  } finally {
    await probe.stop();
  }
  compareWithPeer(verdicts, options);
  return verdicts;
}

async function buildTheatre(options: FaultOptions, trials: readonly Trial[]): Promise<Theatre> {
  const bases = await makeBaseStores();
  const isPeerAsked = !options.isShort && trials.some(({ group }) => group === 'file');
  return { bases, options, peer: isPeerAsked ? await askMlflow(fileCases, bases.files, options) : new Map() };
}

/** What is compiled and loaded once is no part of any trial. */
async function startProbe({ bases }: Theatre): Promise<StoreProbe> {
  const probe = await StoreProbe.start();
  for (const { kind, path, ids } of Object.values(bases)) {
    await probe.open('warm', kind, path);
    await probe.read('warm', listQuestions(ids), false);
    await probe.close('warm');
  }
  return probe;
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
