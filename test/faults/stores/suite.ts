import { dirname } from 'node:path';
import type { FaultOptions } from '../faultOptions';
import { Hang } from '../measuredProcess';
import type { Verdict } from '../verdict';
import { makeBaseStores, type BaseStore, type StoreKind } from './baseStores';
import { fileCases } from './fileCases';
import { fileOddities } from './fileOddities';
import { judge, type Evidence } from './judge';
import { listQuestions } from './questions';
import { sqliteCases } from './sqliteCases';
import { restoreStage, setStage, strikeStage } from './stage';
import type { Stage, StoreCase } from './storeCase';
import { StoreProbe } from './storeProbe';
import { hashTree } from './storeTree';

/** The static rows about stores in reference/PERFORMANCE.md §7d. */
export const storeFaults: readonly StoreCase[] = [...fileCases, ...fileOddities, ...sqliteCases].filter(
  ({ isPosix }) => isPosix !== true || process.platform !== 'win32',
);

/** Puts each fault into a copy of a store made by the real MLflow, reads it with a LocalStore in a process of its own. */
export async function injectStoreFaults(options: FaultOptions): Promise<readonly Verdict[]> {
  const bases = await makeBaseStores();
  const verdicts: Verdict[] = [];
  let probe = await StoreProbe.start();
  try {
    await warmUp(probe, bases);
    for (const fault of storeFaults.filter(({ group, name }) => options.only.test(`${group} ${name}`))) {
      const base = bases[fault.group === 'sqlite' ? 'sqlite' : 'files'];
      const verdict = await runCase(fault, base, probe, options);
      options.report(verdict);
      verdicts.push(verdict);
      // What crashed or hangs would spoil the next case.
      if (verdict.outcome === '') {
        await probe.stop();
        probe = await StoreProbe.start();
      }
    }
  } finally {
    await probe.stop();
  }
  return verdicts;
}

/** What is compiled and loaded once is no part of any case. */
async function warmUp(probe: StoreProbe, bases: Readonly<Record<StoreKind, BaseStore>>): Promise<void> {
  for (const { kind, path, ids } of Object.values(bases)) {
    await probe.open('warm', kind, path);
    await probe.read('warm', listQuestions(ids), false);
    await probe.close('warm');
  }
}

async function runCase(
  fault: StoreCase,
  base: BaseStore,
  probe: StoreProbe,
  options: FaultOptions,
): Promise<Verdict> {
  const stage = setStage(base, options);
  const start = performance.now();
  try {
    const evidence = await gather(fault, stage, probe);
    return judge(fault, { ...evidence, ms: performance.now() - start }, stage, options.isTimed);
  } catch (error) {
    const { group, name } = fault;
    const reason = error instanceof Error ? error.message : String(error);
    const oracle = error instanceof Hang ? 'prompt' : 'alive';
    const ms = performance.now() - start;
    return { group, name, wrong: new Map([[oracle, reason]]), ms, outcome: '', block: 0 };
  } finally {
    strikeStage(stage);
  }
}

async function gather(fault: StoreCase, stage: Stage, probe: StoreProbe): Promise<Omit<Evidence, 'ms'>> {
  const { kind, path } = stage;
  const questions = listQuestions(stage.ids);
  const folder = dirname(path);
  await probe.open('open', kind, path);
  const baseline = await probe.read('open', questions, false);
  await fault.inject(stage);

  const before = hashTree(folder);
  const open = await probe.read('open', questions, true);
  await probe.open('fresh', kind, path);
  const fresh = await probe.read('fresh', questions, false);
  const after = hashTree(folder);

  if (fault.undo) await fault.undo(stage);
  else restoreStage(stage);
  const restored = hashTree(folder);
  // Only a store that could not be opened at all is connected again.
  const isConnected = fresh.answers.get('connect')?.ok === true;
  const recovered = [
    await probe.read('open', questions, true),
    await probe.read('fresh', questions, isConnected),
  ] as const;
  await probe.close('open');
  await probe.close('fresh');
  return { baseline, open, fresh, recovered, hashes: [before, after, restored, hashTree(folder)] };
}
