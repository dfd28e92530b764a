import { rm } from 'node:fs/promises';
import type { BenchDocument } from './language/benchDocument';
import { makeModel } from './language/model';
import { makeProject } from './language/project';
import { measureSession, type Session } from './language/session';
import { type Side, sides } from './language/sides';
import { type BenchOptions, type BenchResult, compare, median } from './result';

/** The greatest ratio to the peer, of times and of memory. */
interface Goals {
  readonly coldStart: number;
  readonly edit: number;
  readonly completion: number;
  readonly memory: number;
}

/** Of what has no goal of its own. */
const noWorse: Goals = { coldStart: 1, edit: 1, completion: 1, memory: 1 };

interface LanguageCase {
  readonly name: string;
  readonly make: () => Promise<BenchDocument>;
  readonly goals: Goals;
}

const small: Goals = { ...noWorse, coldStart: 0.2, edit: 0.1, memory: 0.8 };
const cases: readonly LanguageCase[] = [
  { name: '53 lines', make: () => makeProject(53), goals: small },
  { name: '1000 lines', make: () => makeProject(1000), goals: noWorse },
  {
    name: '10000 lines',
    make: () => makeProject(10_000),
    goals: { ...noWorse, edit: 0.05, completion: 0.05, memory: 0.5 },
  },
  { name: 'MLmodel of 30 columns', make: () => makeModel(30), goals: small },
  { name: 'MLmodel of 800 columns', make: () => makeModel(800), goals: small },
];

/**
 * Our language server beside yaml-language-server with JSON schemas of MLproject and MLmodel, each a process over stdio with the same
 * documents and keystrokes, in turn. The peer waits 200 ms after each edit, which no setting changes: the goals are for it
 * as users have it; beside it without that wait, ours must not be slower.
 */
export async function measureLanguage(options: BenchOptions): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  for (const one of cases) {
    if (!options.only.test(one.name)) continue;
    const [ours, peer, undelayed] = await measureSides(one, options.repetitions);
    results.push(...judge(`language ${one.name}`, ours, peer, one.goals));
    results.push(...judgeTimes(`language ${one.name}, peer without its wait`, ours, undelayed, noWorse));
  }
  return results;
}

type Sessions = readonly Session[];

async function measureSides(
  { name, make }: LanguageCase,
  repetitions: number,
): Promise<[Sessions, Sessions, Sessions]> {
  const document = await make();
  const sessions: [Session[], Session[], Session[]] = [[], [], []];
  try {
    for (let round = 0; round < repetitions; round++) {
      for (const [index, side] of sides.entries()) {
        const session = await measureSession(side, document);
        sessions[index]?.push(session);
        console.log(describe(name, side, session));
      }
    }
  } finally {
    await rm(document.folder, { recursive: true });
  }
  return sessions;
}

function judge(name: string, ours: Sessions, peer: Sessions, goals: Goals): readonly BenchResult[] {
  const megabytes = (what: string, of: (session: Session) => number) =>
    compare(`${name}: memory ${what}`, 'MB', ours.map(of), peer.map(of), goals.memory);
  return [
    ...judgeTimes(name, ours, peer, goals),
    megabytes('once open', ({ opened }) => opened),
    megabytes('after the edits', ({ edited }) => edited),
  ];
}

function judgeTimes(name: string, ours: Sessions, peer: Sessions, goals: Goals): readonly BenchResult[] {
  const milliseconds = (what: string, goal: number, of: (session: Session) => number) =>
    compare(`${name}: ${what}`, 'ms', ours.map(of), peer.map(of), goal);
  return [
    milliseconds('start to first diagnostic', goals.coldStart, ({ coldStart }) => coldStart),
    milliseconds('edit to diagnostics, p50', goals.edit, ({ edits }) => median(edits)),
    milliseconds('edit to diagnostics, p95', goals.edit, ({ edits }) => p95(edits)),
    milliseconds('completion, p50', goals.completion, ({ completions }) => median(completions)),
    milliseconds('completion, p95', goals.completion, ({ completions }) => p95(completions)),
    milliseconds('work to first diagnostic', 1, ({ startWork }) => startWork),
    milliseconds('work for edits and completions', 1, ({ editWork }) => editWork),
  ];
}

/** The value that 95 % do not exceed. */
function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? NaN;
}

function describe(document: string, side: Side, session: Session): string {
  const { coldStart, edits, completions, opened, edited } = session;
  const times = (values: readonly number[]) =>
    `min ${Math.min(...values).toFixed(1)}, p50 ${median(values).toFixed(1)}, p95 ${p95(values).toFixed(1)} ms`;
  return (
    `${document}, ${side.name}: start ${coldStart.toFixed(0)} ms; edits ${times(edits)}; ` +
    `completions ${times(completions)}; memory ${opened.toFixed(0)}, then ${edited.toFixed(0)} MB`
  );
}
