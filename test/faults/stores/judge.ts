import { inspect, isDeepStrictEqual } from 'node:util';
import { longestBlock, type Oracle } from '../verdict';
import type { Judgement } from './trial';
import { itemsOf, type Answers } from './questions';
import type { Complaint, Scope, Stage, StoreCase } from './storeCase';
import type { Reading } from './storeProbe';

/** Everything that was seen of one case. */
export interface Evidence {
  /** What was answered before the fault. */
  readonly baseline: Reading;
  /** With the fault, by the store that had been open before. */
  readonly open: Reading;
  /** With the fault, by a store opened after it struck. */
  readonly fresh: Reading;
  /** By each of the two, in the same order, after the fault had ended. */
  readonly recovered: readonly [Reading, Reading];
  /** Of the store with the fault, before and after it was read; and without it again, before and after. */
  readonly hashes: readonly [before: string, after: string, restored: string, last: string];
}

interface Identified {
  readonly id?: string;
  readonly name?: string;
  readonly problem?: string | undefined;
}

/** Puts the seven questions to the evidence. `isTimed` holds it to the clock too, which says little on a busy machine. */
export function judge(fault: StoreCase, evidence: Evidence, stage: Stage, isTimed: boolean): Judgement {
  const { open, fresh, recovered, baseline } = evidence;
  const readings = [open, fresh, ...recovered];
  const whenOpen = fault.whenOpen ?? fault;
  const each = (
    ask: (reading: Reading, expected: Pick<StoreCase, 'scope' | 'check'>) => Complaint,
  ): Complaint => blame('opened before', ask(open, whenOpen)) ?? blame('opened after', ask(fresh, fault));
  const answers: Readonly<Record<Oracle, Complaint>> = {
    alive: findCrash(readings),
    prompt: isTimed ? findDelay([open, fresh], fault.deadline ?? 2000) : undefined,
    neighbours: each(({ answers }, { scope }) => findLostNeighbour(baseline.answers, answers, scope, stage)),
    message: each(({ answers }, { check }) => check(answers, stage)),
    secrets: findLeak(readings, stage.canary),
    store: findChange(evidence.hashes),
    recovers: findRelapse(baseline.answers, recovered),
  };
  return {
    wrong: listWrong(answers),
    outcome: sumUp(fresh, stage),
    block: Math.max(...readings.map(({ block }) => block.computing)),
  };
}

/** The oracles that found something. */
export function listWrong(
  answers: Readonly<Partial<Record<Oracle, Complaint>>>,
): ReadonlyMap<Oracle, string> {
  return new Map(
    Object.entries(answers).filter((entry): entry is [Oracle, string] => entry[1] !== undefined),
  );
}

function blame(who: string, complaint: Complaint): Complaint {
  return complaint === undefined ? undefined : `${who}: ${complaint}`;
}

/** No crash, and no error that is not meant for a person. */
export function findCrash(readings: readonly Reading[]): Complaint {
  for (const { crashes, answers } of readings) {
    if (crashes[0] !== undefined) return crashes[0];
    for (const [name, result] of answers) {
      if (!result.ok && result.kind === 'not a TrackingError')
        return `${name}: ${firstLines(result.printed)}`;
    }
  }
  return undefined;
}

function firstLines(text: string): string {
  return text.split('\n').slice(0, 3).join(' ');
}

export function findDelay(readings: readonly Reading[], deadline: number): Complaint {
  for (const { ms, block } of readings) {
    if (ms > deadline) return `it took ${Math.round(ms)} ms, more than ${deadline}`;
    if (block.computing > longestBlock)
      return `the event loop was held up for ${Math.round(block.computing)} ms`;
  }
  return undefined;
}

/** Which answer lacks something, or has something else, though the fault does not reach it. */
export function findLostNeighbour(
  baseline: Answers,
  answers: Answers,
  scope: Scope,
  { ids, victim }: Stage,
): Complaint {
  if (scope === 'store') return undefined;
  const experiments = new Set(scope === 'experiment' || scope === 'tree' ? [ids.trees] : []);
  const runs = new Set(scope === 'run' ? [victim] : scope === 'tree' ? ids.runs : []);
  const isHit = (name: string): boolean => {
    const [what, id = ''] = name.split(' ');
    return name === 'connect' || (what === 'runs' && scope === 'tree' && id === ids.trees) || runs.has(id);
  };
  for (const [name, before] of baseline) {
    if (isHit(name)) continue;
    const now = answers.get(name);
    if (!before.ok || now?.ok !== true) return `${name}: ${now?.ok === false ? now.message : 'no answer'}`;
    const isListing = name === 'experiments' || name.startsWith('runs ');
    const spared = name === 'experiments' ? experiments : runs;
    const isSame = isListing
      ? isSameListing(itemsOf(before), itemsOf(now), spared)
      : isDeepStrictEqual(before.value, now.value);
    if (!isSame) return `${name}: another answer than without the fault`;
  }
  return undefined;
}

/** What is new in a listing must say what is wrong with it. */
function isSameListing(
  before: readonly Identified[],
  now: readonly Identified[],
  hit: ReadonlySet<string>,
): boolean {
  const known = new Set(before.map(({ id }) => id));
  const isSpared = ({ id = '' }: Identified): boolean => !hit.has(id);
  const isKnown = ({ id, problem }: Identified): boolean => known.has(id) || problem === undefined;
  return isDeepStrictEqual(before.filter(isSpared), now.filter(isSpared).filter(isKnown));
}

/** Hashes in pairs, which must be alike. */
export function findChange([before, after, restored, last]: Evidence['hashes']): Complaint {
  if (before !== after) return 'the store’s bytes have changed';
  return restored === last ? undefined : 'the store’s bytes have changed after the fault';
}

function findLeak(readings: readonly Reading[], canary: string): Complaint {
  for (const { answers } of readings) {
    for (const [name, result] of answers) {
      const shown = inspect(result, { depth: 10, maxArrayLength: 1000, maxStringLength: null });
      if (shown.includes(canary))
        return `in ${name}: ${shown.slice(Math.max(0, shown.indexOf(canary) - 80)).slice(0, 200)}`;
    }
  }
  return undefined;
}

function findRelapse(baseline: Answers, [open, fresh]: readonly [Reading, Reading]): Complaint {
  return (
    blame('opened before', findDifference(baseline, open.answers)) ??
    blame('opened after', findDifference(baseline, fresh.answers))
  );
}

export function findDifference(baseline: Answers, answers: Answers): Complaint {
  for (const [name, before] of baseline) {
    if (name === 'connect') continue;
    const now = answers.get(name);
    if (!before.ok || now?.ok !== true) return `${name}: ${now?.ok === false ? now.message : 'no answer'}`;
    if (!isDeepStrictEqual(before.value, now.value)) return `${name}: another answer than before the fault`;
  }
  return undefined;
}

/** What the user would read. */
export function sumUp({ answers }: Reading, { victim }: Pick<Stage, 'victim'>): string {
  for (const result of answers.values()) if (!result.ok) return result.message;
  const damaged = [...answers]
    .filter(([name]) => name === 'experiments' || name.startsWith('runs '))
    .flatMap(([, result]) => itemsOf(result) as readonly Identified[])
    .filter(({ problem }) => problem !== undefined);
  const told = damaged.find(({ id }) => id === victim) ?? damaged[0];
  return told?.problem ?? 'the answer came all the same';
}
