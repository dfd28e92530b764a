import type { Memento } from './memento';
import type { Disposable } from './emitter';

/** The palette of charts: so many colours, each with so many patterns of dashes. */
export const hues = 10;
export const dashes = 4;

const key = 'mlflow.runColors';

/** Runs whose colours outlive VS Code, over all connections. */
const mostRuns = 5000;

/** Milliseconds between two writes: a table that is scrolled through has new runs all the time. */
const interval = 1000;

/** `connection URI`, then run id, with the colour: the least recently used first. */
type Remembered = readonly (readonly [uri: string, runId: string, color: number])[];

/**
 * The colour that each run has for good: `color % 10` of the palette's colours, `floor(color / 10) % 4` of its dashes. A run
 * that has none yet gets one that differs from those it is shown with, and of these the one that fewest others have.
 */
export class RunColors implements Disposable {
  /** By connection and run, the least recently used first. */
  private readonly known: Map<string, readonly [uri: string, runId: string, color: number]>;
  /** How many of all known runs have each colour. */
  private readonly everywhere: Counts;
  private timer: NodeJS.Timeout | undefined;
  private isUnwritten = false;

  constructor(private readonly state: Memento) {
    this.known = new Map(readRemembered(state).map((one) => [keyOf(one[0], one[1]), one]));
    this.everywhere = new Counts([...this.known.values()].map(([, , color]) => color));
  }

  /** The colours of runs that are shown together, in their order. */
  colorsOf(uri: string, runIds: readonly string[]): readonly number[] {
    const shown = runIds.flatMap((runId) => this.known.get(keyOf(uri, runId))?.[2] ?? []);
    const counts = new Counts(shown);
    const { everywhere } = this;
    const isNew = runIds.some((runId) => !this.known.has(keyOf(uri, runId)));
    const colors = runIds.map((runId) => {
      const present = this.known.get(keyOf(uri, runId))?.[2];
      const color = present ?? chooseColor(counts, everywhere);
      if (present === undefined) {
        counts.add(color);
        everywhere.add(color);
      }
      this.touch(uri, runId, color);
      return color;
    });
    if (isNew) this.write();
    return colors;
  }

  private touch(uri: string, runId: string, color: number): void {
    const id = keyOf(uri, runId);
    this.known.delete(id);
    this.known.set(id, [uri, runId, color]);
  }

  private write(): void {
    this.isUnwritten = true;
    if (this.timer) return;
    this.writeNow();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.isUnwritten) this.write();
    }, interval).unref();
  }

  /** The last used only. */
  private writeNow(): void {
    this.isUnwritten = false;
    void this.state.update(key, [...this.known.values()].slice(-mostRuns));
  }

  dispose(): void {
    clearTimeout(this.timer);
    if (this.isUnwritten) this.writeNow();
  }
}

function keyOf(uri: string, runId: string): string {
  return `${uri} ${runId}`;
}

/** What was remembered, as far as it is what this version writes. */
function readRemembered(state: Memento): Remembered {
  const kept = state.get<unknown>(key, []);
  if (!Array.isArray(kept)) return [];
  return kept.filter(
    (one): one is Remembered[number] =>
      Array.isArray(one) &&
      typeof one[0] === 'string' &&
      typeof one[1] === 'string' &&
      Number.isInteger(one[2]) &&
      Number(one[2]) >= 0 &&
      Number(one[2]) < hues * dashes,
  );
}

/** How many have each colour and each hue. */
class Counts {
  readonly colors = new Array<number>(hues * dashes).fill(0);
  readonly hues = new Array<number>(hues).fill(0);

  constructor(colors: readonly number[]) {
    for (const color of colors) this.add(color);
  }

  add(color: number): void {
    this.colors[color] = (this.colors[color] ?? 0) + 1;
    this.hues[color % hues] = (this.hues[color % hues] ?? 0) + 1;
  }
}

/** Least used among those shown, then of the least used hue, then without dashes, then least used everywhere. */
function chooseColor(shown: Counts, everywhere: Counts): number {
  let best = 0;
  let bestRank = rankOf(0, shown, everywhere);
  for (let color = 1; color < hues * dashes; color++) {
    const rank = rankOf(color, shown, everywhere);
    const index = rank.findIndex((value, place) => value !== bestRank[place]);
    if (index < 0 || (rank[index] ?? 0) > (bestRank[index] ?? 0)) continue;
    best = color;
    bestRank = rank;
  }
  return best;
}

function rankOf(color: number, shown: Counts, everywhere: Counts): readonly number[] {
  return [
    shown.colors[color] ?? 0,
    shown.hues[color % hues] ?? 0,
    Math.floor(color / hues),
    everywhere.hues[color % hues] ?? 0,
    color,
  ];
}
