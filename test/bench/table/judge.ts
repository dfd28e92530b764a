import { compare, type BenchResult } from '../result';
import { longest, type Memory, type ScrollSample, type TableSample, type TableShape } from './samples';

/** By the name of the side. */
export type Samples = ReadonlyMap<string, readonly TableSample[]>;

const ours = { database: 'mlflow.db', rest: 'REST' } as const;
type Ours = keyof typeof ours;

/** In ms: the longest frame that nobody notices. */
const longestFrame = 50;

/** Ours against the goals, as far as it and the peers were measured. */
export function judgeRuns(shape: TableShape, samples: Samples): readonly BenchResult[] {
  return eachOfOurs(samples, (side, taken, name) => [
    ...judgeFirstRows(`table ${shape.name}, ${name}: first rows`, side, samples, [
      ['mlflow', "MLflow's"],
      ['mlflow-cached', "MLflow's, its programs cached"],
      ['mlflow-all-columns', "MLflow's, cached, with all columns"],
    ]),
    ...judgeFrames(`table ${shape.name}, ${name}`, taken),
    ...judgeMemory(`table ${shape.name}, ${name}`, shape, taken),
  ]);
}

export function judgeComparison(shape: TableShape, samples: Samples): readonly BenchResult[] {
  return eachOfOurs(samples, (side, taken, name) => [
    ...judgeFirstRows(`${shape.name}, ${name}: first rows`, side, samples, [
      ['mlflow', "MLflow's compare page"],
      ['mlflow-cached', "MLflow's compare page, its programs cached"],
    ]),
    ...judgeFrames(`${shape.name}, ${name}`, taken),
  ]);
}

function eachOfOurs(
  samples: Samples,
  judge: (side: Ours, taken: readonly TableSample[], name: string) => readonly BenchResult[],
): readonly BenchResult[] {
  return (Object.keys(ours) as Ours[]).flatMap((side) => {
    const taken = samples.get(side);
    return taken ? judge(side, taken, ours[side]) : [];
  });
}

function judgeFirstRows(
  name: string,
  side: Ours,
  samples: Samples,
  peers: readonly (readonly [side: string, name: string])[],
): readonly BenchResult[] {
  const times = (of: string) => samples.get(of)?.map(({ firstRows }) => firstRows) ?? [];
  return peers
    .filter(([peer]) => samples.has(peer))
    .map(([peer, whose]) => compare(`${name} / ${whose}`, 'ms', times(side), times(peer), 0.2));
}

/** Where the same page at rest has a longer frame than anybody may notice, the machine is to blame. */
function judgeFrames(name: string, taken: readonly TableSample[]): readonly BenchResult[] {
  const scrolls = scrollsOf(taken);
  const allowed = scrolls.map(({ resting }) => Math.max(longestFrame, longest(resting)));
  const against = (what: string, frames: (scroll: ScrollSample) => readonly number[]) =>
    compare(
      `${name}: longest frame ${what}`,
      'ms',
      scrolls.map((one) => longest(frames(one))),
      allowed,
      1,
    );
  if (scrolls.length === 0) return [];
  return [
    against('to the last row', ({ down }) => down.frames),
    against('to the last column', ({ across }) => across?.frames ?? []),
    compare(`${name}: scrolls that never came to the last row (+1)`, '', [lost(scrolls) + 1], [1], 1),
  ];
}

const lost = (scrolls: readonly ScrollSample[]): number =>
  scrolls.filter(({ down }) => !down.hasArrived).length;

/** What it keeps from the first screen to the last, against a bare number of 8 bytes for each value that there is. */
function judgeMemory(
  name: string,
  { runs, columns }: TableShape,
  taken: readonly TableSample[],
): readonly BenchResult[] {
  const all = (8 * runs * (columns.params + columns.metrics + columns.tags)) / 1e6;
  const grown = (of: (memory: Memory) => number) =>
    scrollsOf(taken).map(({ memory: [opened, , end] }) => Math.max(0, of(end) - of(opened)) / 1e6);
  const against = (whose: string, of: (memory: Memory) => number) =>
    compare(`${name}: growth of the ${whose} / 8 bytes a value`, 'MB', grown(of), [all], 1);
  if (scrollsOf(taken).length === 0) return [];
  return [
    against("page's memory", ({ page }) => page.script + page.dom),
    against("extension host's heap", ({ host }) => host?.heap ?? NaN),
  ];
}

const scrollsOf = (taken: readonly TableSample[]): readonly ScrollSample[] =>
  taken.flatMap(({ scrolling }) => scrolling ?? []);
