import { isDeepStrictEqual } from 'node:util';
import type { Acted, CallResult } from '../acted';
import { longestBlock, type Oracle, type Verdict } from '../verdict';
import type { FaultCase, Injection } from './faultCase';
import type { Call } from './probeMessages';
import type { Theatre } from './stage';

/** Everything that was seen of one case. */
export interface Evidence {
  readonly injection: Injection;
  /** What the victim and its neighbours answer without a fault. */
  readonly baseline: readonly CallResult[];
  readonly faulty: Acted;
  readonly recovered: Acted;
  readonly hashes: readonly [before: string, after: string];
  readonly ms: number;
}

/** Puts the seven questions to the evidence. `isTimed` holds it to the clock too, which says little on a busy machine. */
export function judge(
  { group, name }: FaultCase,
  evidence: Evidence,
  theatre: Theatre,
  isTimed: boolean,
): Verdict {
  const answers: Readonly<Record<Oracle, string | undefined>> = {
    alive: findCrash(evidence),
    prompt: isTimed ? findDelay(evidence) : undefined,
    neighbours: findLostNeighbour(evidence),
    message: findWrongAnswer(evidence),
    secrets: findLeak(evidence, theatre),
    store: evidence.hashes[0] === evidence.hashes[1] ? undefined : 'the store’s bytes have changed',
    recovers: findRelapse(evidence),
  };
  const wrong = Object.entries(answers).filter((entry): entry is [Oracle, string] => entry[1] !== undefined);
  const [victim] = evidence.faulty.results;
  const outcome = victim?.ok === true ? 'the answer came all the same' : (victim?.message ?? '');
  const block = Math.max(evidence.faulty.block.computing, evidence.recovered.block.computing);
  return { group, name, wrong: new Map(wrong), ms: evidence.ms, outcome, block };
}

function findCrash({ faulty, recovered }: Evidence): string | undefined {
  return [...faulty.crashes, ...recovered.crashes][0];
}

function findDelay({ faulty, injection }: Evidence): string | undefined {
  const ms = faulty.results[0]?.ms ?? Infinity;
  const deadline = injection.deadline ?? 2000;
  if (ms > deadline) return `it took ${Math.round(ms)} ms, more than ${deadline}`;
  const { computing, clock } = faulty.block;
  if (computing <= longestBlock) return undefined;
  return `the event loop was held up for ${Math.round(computing)} ms (${Math.round(clock)} by the clock)`;
}

function findLostNeighbour({ faulty, baseline }: Evidence): string | undefined {
  return findDifference(baseline.slice(1), faulty.results.slice(1));
}

function findWrongAnswer({ injection, faulty, baseline }: Evidence): string | undefined {
  const { expected } = injection;
  const [result] = faulty.results;
  const [before] = baseline;
  if (!result || before?.ok !== true) return 'without the fault there is no answer either';
  const tries = injection.hits?.();
  if (tries !== undefined && tries !== (expected.tries ?? 1)) return `the request was made ${tries} times`;
  if ('check' in expected) {
    if (!result.ok) return `failed: ${result.message}`;
    return explain(() => {
      expected.check(result.value, before.value);
    });
  }
  if (result.ok) return 'an answer came';
  if (result.kind !== expected.kind) return `${result.kind}: ${result.message}`;
  const isClear = expected.message.test(result.message) && !result.message.includes('\n');
  return isClear ? undefined : `the message is: ${result.message}`;
}

function findLeak({ faulty, recovered }: Evidence, { secrets, leaked }: Theatre): string | undefined {
  const failures = [...faulty.results, ...recovered.results].flatMap((result) => (result.ok ? [] : [result]));
  const shown = failures.flatMap(({ message, printed }) => [message, printed]);
  const written = [...shown, ...faulty.log, ...recovered.log];
  const found = written.find((text) => secrets.some((secret) => text.includes(secret)));
  if (found !== undefined) return `in: ${found.slice(0, 200)}`;
  return leaked().length === 0 ? undefined : `another origin was asked: ${leaked().join('; ').slice(0, 200)}`;
}

function findRelapse({ recovered, baseline }: Evidence): string | undefined {
  return findDifference(baseline.slice(0, 1), recovered.results);
}

function findDifference(expected: readonly CallResult[], actual: readonly CallResult[]): string | undefined {
  for (const [index, one] of expected.entries()) {
    const other = actual[index];
    if (other?.ok !== true) return other?.message ?? 'no answer';
    if (!one.ok) return one.message;
    if (!isDeepStrictEqual(one.value, other.value)) return 'another answer than without the fault';
  }
  return undefined;
}

function explain(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n').slice(0, 4).join(' ') : String(error);
  }
}

/** The calls of one act: the victim first. */
export function listCalls(
  victim: Omit<Call, 'store'>,
  neighbours: string,
  theatre: Theatre,
): readonly Call[] {
  const runs = { experimentIds: [theatre.neighbourExperiment], view: 'active', pageSize: 20 };
  return [
    { store: 'tested', ...victim },
    { store: neighbours, method: 'searchExperiments', args: [{ view: 'active', pageSize: 20 }] },
    { store: neighbours, method: 'searchRuns', args: [runs] },
  ];
}
