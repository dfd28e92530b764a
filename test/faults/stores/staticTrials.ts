import { dirname } from 'node:path';
import { fileCases } from './fileCases';
import { fileOddities } from './fileOddities';
import { judge, type Evidence } from './judge';
import { listQuestions } from './questions';
import { sqliteCases } from './sqliteCases';
import { restoreStage, setStage, strikeStage } from './stage';
import type { Stage, StoreCase } from './storeCase';
import type { StoreProbe } from './storeProbe';
import { hashTree, settleTree } from './storeTree';
import type { Trial } from './trial';

/** What is damaged between two looks at a store, or before the first. */
export const staticTrials: readonly Trial[] = [...fileCases, ...fileOddities, ...sqliteCases]
  .filter(({ isPosix }) => isPosix !== true || process.platform !== 'win32')
  .map((fault) => ({
    group: fault.group,
    name: fault.name,
    run: async (probe, { bases, options, peer }) => {
      const stage = setStage(bases[fault.group === 'sqlite' ? 'sqlite' : 'files'], options);
      try {
        const verdict = judge(fault, await gather(fault, stage, probe), stage, options.isTimed);
        return peer.has(fault)
          ? { ...verdict, doesPeerShowNeighbours: peer.get(fault) === undefined }
          : verdict;
      } finally {
        strikeStage(stage);
      }
    },
  }));

async function gather(fault: StoreCase, stage: Stage, probe: StoreProbe): Promise<Evidence> {
  const { kind, path } = stage;
  const questions = listQuestions(stage.ids);
  const folder = dirname(path);
  await probe.open('open', kind, path);
  const baseline = await probe.read('open', questions, false);
  await fault.inject(stage);
  settleTree(path);

  const before = hashTree(folder);
  const open = await probe.read('open', questions, true);
  await probe.open('fresh', kind, path);
  const fresh = await probe.read('fresh', questions, false);
  const after = hashTree(folder);

  restoreStage(stage);
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
