import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createRandom, type Random } from '../random';
import { findChange, findCrash, findDelay, findDifference, listWrong, sumUp } from './judge';
import { listQuestions, type Answers } from './questions';
import { restoreStage, setStage, strikeStage } from './stage';
import type { Complaint } from './storeCase';
import { hashTree } from './storeTree';
import type { StoreProbe } from './storeProbe';
import type { Judgement, Theatre, Trial } from './trial';

/** Databases with some bytes changed or cut off, each told by its own seed. */
export function fuzzTrials(seed: number, count: number): readonly Trial[] {
  return Array.from({ length: count }, (_, index) => ({
    group: 'fuzz',
    name: `seed ${seed * 1000 + index}`,
    run: (probe, theatre) => readSpoilt(seed * 1000 + index, probe, theatre),
  }));
}

async function readSpoilt(seed: number, probe: StoreProbe, theatre: Theatre): Promise<Judgement> {
  const { bases, healthy, options } = theatre;
  const stage = setStage(bases.sqlite, options);
  const questions = listQuestions(stage.ids);
  const folder = dirname(stage.path);
  try {
    const how = spoil(stage.path, createRandom(seed));

    const before = hashTree(folder);
    await probe.open('fresh', 'sqlite', stage.path);
    const fresh = await probe.read('fresh', questions, false);
    const after = hashTree(folder);

    restoreStage(stage);
    const restored = hashTree(folder);
    const recovered = await probe.read('fresh', questions, fresh.answers.get('connect')?.ok === true);
    await probe.close('fresh');
    return {
      wrong: listWrong({
        alive: findCrash([fresh, recovered]),
        prompt: options.isTimed ? findDelay([fresh], 2000) : undefined,
        message: findUnclear(fresh.answers),
        store: findChange([before, after, restored, hashTree(folder)]),
        recovers: findDifference(healthy.sqlite.answers, recovered.answers),
      }),
      outcome: `${how}: ${sumUp(fresh, stage)}`,
      block: Math.max(fresh.block.computing, recovered.block.computing),
    };
  } finally {
    strikeStage(stage);
  }
}

/** Whatever cannot be answered says so in a sentence. */
function findUnclear(answers: Answers): Complaint {
  const failures = [...answers.values()].flatMap((result) => (result.ok ? [] : [result.message]));
  const unclear = failures.find(
    (message) => message.length < 10 || message.length > 400 || message.includes('\n'),
  );
  return unclear === undefined ? undefined : `the message is: ${unclear}`;
}

/** Breaks the file, and tells how. */
function spoil(path: string, random: Random): string {
  const bytes = readFileSync(path);
  const [how, spoilt] = ways[random.below(ways.length)]?.(bytes, random) ?? ['not at all', bytes];
  writeFileSync(path, spoilt);
  return how;
}

type Way = (bytes: Buffer, random: Random) => readonly [how: string, spoilt: Buffer];

const pageSize = 4096;

/** Where something is: most of a small database's pages are all but empty. */
function findBusySpot(bytes: Buffer, random: Random): number {
  for (;;) {
    const at = random.below(bytes.length);
    if (bytes[at] !== 0) return at;
  }
}

const flip = (bytes: Buffer, at: number, random: Random): void => {
  bytes[at] = (bytes[at] ?? 0) ^ (1 + random.below(255));
};

const ways: readonly Way[] = [
  (bytes, random) => {
    const count = 1 + random.below(64);
    for (let flips = 0; flips < count; flips++) flip(bytes, findBusySpot(bytes, random), random);
    return [`${count} bytes`, bytes];
  },
  (bytes, random) => {
    const at = random.below(100);
    flip(bytes, at, random);
    return [`the header at ${at}`, bytes];
  },
  (bytes, random) => {
    const page = random.below(bytes.length / pageSize);
    for (let flips = 0; flips < 6; flips++) flip(bytes, page * pageSize + random.below(12), random);
    return [`the head of page ${page + 1}`, bytes];
  },
  (bytes, random) => {
    const pages = bytes.length / pageSize;
    const [from, to] = [random.below(pages), random.below(pages)];
    bytes.copy(bytes, to * pageSize, from * pageSize, (from + 1) * pageSize);
    return [`page ${from + 1} for ${to + 1}`, bytes];
  },
  (bytes, random) => {
    const [at, length] = [random.below(bytes.length), 1 + random.below(3 * pageSize)];
    return [`${length} zeros at ${at}`, bytes.fill(0, at, Math.min(bytes.length, at + length))];
  },
  (bytes, random) => {
    const left = random.below(bytes.length);
    return [`cut at ${left}`, bytes.subarray(0, left)];
  },
];
