/** The seven questions that each fault is judged by (reference/PERFORMANCE.md §7d). */
export const oracles = [
  'alive', // no crash, no unhandled rejection
  'prompt', // no hang; where measured, nothing holds up the event loop for more than 50 ms
  'neighbours', // what the fault does not touch is still shown
  'message', // the message names the cause; or what was asked for arrives in spite of the fault
  'secrets', // in no log, no message and at no other origin
  'store', // not a byte changed
  'recovers', // within one refresh after the fault ends
] as const;

/** What may hold up the event loop at most, in ms. */
export const longestBlock = 50;

export type Oracle = (typeof oracles)[number];

/** What came of one case. A question that found nothing wrong is not in the map. */
export interface Verdict<Question extends string = Oracle> {
  readonly group: string;
  readonly name: string;
  readonly wrong: ReadonlyMap<Question, string>;
  /** How long the case took, in ms. */
  readonly ms: number;
  /** What the user would read, or that the answer came in spite of the fault; `skipped: why` if it was not tried. */
  readonly outcome: string;
  /** The longest that our code held up the event loop, in ms. */
  readonly block: number;
  /** Whether MLflow's own client still shows what the fault does not touch, where that was tried. */
  readonly doesPeerShowNeighbours?: boolean;
}

/** The verdicts as a table for the terminal, then what was wrong with each that failed. */
export function formatVerdict(verdict: Verdict<string>, questions: readonly string[]): string {
  const { group, name, wrong, ms, outcome, doesPeerShowNeighbours: isShown } = verdict;
  const peer = isShown === undefined ? '' : `MLflow ${isShown ? '✓' : '✗'}  `;
  const marks = questions
    .map((question) => (wrong.has(question) ? '✗' : '✓').padEnd(question.length))
    .join(' ');
  const row = `${group.padEnd(11)} ${name.padEnd(42)} ${marks} ${String(Math.round(ms)).padStart(6)} ms  ${peer}${outcome}`;
  return [row, ...[...wrong].map(([question, reason]) => `    ${question}: ${reason}`)].join('\n');
}

export function formatHeading(questions: readonly string[]): string {
  return `${'group'.padEnd(11)} ${'fault'.padEnd(42)} ${questions.join(' ')}`;
}
