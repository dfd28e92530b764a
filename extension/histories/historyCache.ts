import { Emitter, nextOf, type Disposable } from '../catalog/emitter';
import { causeOf, isCancellation } from '../tracking/errors';
import type { MetricHistory, MetricPoint } from '../tracking/model';
import type { TrackingStore } from '../tracking/store';

/** A metric of a run that somebody wants the points of, as the run is now. */
export interface WantedMetric {
  readonly runId: string;
  readonly metric: string;
  /** The latest point, by which it is seen that there are new ones. */
  readonly latest: MetricPoint;
  readonly isFinished: boolean;
}

/** What is known of the points of a metric of a run. */
export type KnownPoints =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading' }
  /** A server's sample; the whole is being read, or cannot be. */
  | { readonly kind: 'preview'; readonly history: MetricHistory; readonly cause?: string }
  | { readonly kind: 'whole'; readonly history: MetricHistory }
  | { readonly kind: 'failed'; readonly cause: string };

type State = Pick<WantedMetric, 'latest' | 'isFinished'>;

interface Entry {
  readonly runId: string;
  readonly metric: string;
  /** As the run is now. */
  state: State;
  history?: MetricHistory;
  /** As the run was when its history, or its failure, began to be read. */
  readAs?: State | undefined;
  preview?: MetricHistory;
  isPreviewAsked: boolean;
  failure?: string | undefined;
  reading?: AbortController | undefined;
  lastUse: number;
}

/** Reads at once: enough to keep a server's two requests busy, so few that none waits out its time. */
const readsAtOnce = 3;

/** What a store takes in one request for previews. */
const runsPerPreview = 100;

const bytesPerPoint = 24;

/**
 * The full histories of metrics, read from a store when somebody wants them and kept as long as there is room. A finished
 * run's is read once, that of another when its latest point is not the one that was known. Reads that nobody wants any
 * more are given up.
 */
export class HistoryCache implements Disposable {
  private readonly changed = new Emitter<string>();
  /** Tells the name of a metric of which more is known than before. */
  readonly onDidChange = this.changed.event;

  private readonly entries = new Map<string, Entry>();
  private readonly wanted = new Map<object, readonly Entry[]>();
  private readonly previews = new Map<AbortController, readonly Entry[]>();
  private uses = 0;
  private isDisposed = false;

  constructor(
    private readonly store: Pick<TrackingStore, 'getMetricHistory' | 'getMetricPreview'>,
    private readonly budget = 256 * 2 ** 20,
  ) {}

  /** What `owner` wants from now on, first what is to be read first. Whatever nobody wants is read no further. */
  want(owner: object, metrics: readonly WantedMetric[]): void {
    if (this.isDisposed) return;
    if (metrics.length === 0) this.wanted.delete(owner);
    else
      this.wanted.set(
        owner,
        metrics.map((one) => this.enter(one)),
      );
    this.giveUpUnwanted();
    this.pump();
  }

  /** What is known now, without asking the store. */
  find(runId: string, metric: string): KnownPoints {
    const entry = this.entries.get(keyOf(runId, metric));
    if (!entry) return { kind: 'none' };
    entry.lastUse = ++this.uses;
    const { history, preview, failure } = entry;
    if (history) return { kind: 'whole', history };
    if (preview)
      return { kind: 'preview', history: preview, ...(failure === undefined ? {} : { cause: failure }) };
    return failure === undefined ? { kind: 'reading' } : { kind: 'failed', cause: failure };
  }

  /** Every point of a metric, as of now. Rejects with why it cannot be read, or with the signal's reason. */
  async read(metric: WantedMetric, signal: AbortSignal): Promise<MetricHistory> {
    const owner = {};
    const entry = this.enter(metric);
    try {
      this.want(owner, [metric]);
      while (needsRead(entry) || entry.reading) await this.nextChange(signal);
      signal.throwIfAborted();
      if (!entry.history) throw new Error(entry.failure ?? 'The connection was closed.');
      return entry.history;
    } finally {
      this.want(owner, []);
    }
  }

  /** Reads again what `owner` wants, finished or failed or not; what is known stays until then. */
  renew(owner: object): void {
    for (const entry of this.wanted.get(owner) ?? []) {
      entry.readAs = undefined;
      entry.failure = undefined;
    }
    this.pump();
  }

  dispose(): void {
    this.isDisposed = true;
    this.wanted.clear();
    this.giveUpUnwanted();
    this.changed.fire('');
    this.entries.clear();
    this.changed.dispose();
  }

  private enter({ runId, metric, latest, isFinished }: WantedMetric): Entry {
    const key = keyOf(runId, metric);
    const state = { latest, isFinished };
    const entry = this.entries.get(key) ?? { runId, metric, state, isPreviewAsked: false, lastUse: 0 };
    entry.state = state;
    entry.lastUse = ++this.uses;
    this.entries.set(key, entry);
    return entry;
  }

  private listWanted(): ReadonlySet<Entry> {
    return new Set([...this.wanted.values()].flat());
  }

  private giveUpUnwanted(): void {
    const wanted = this.listWanted();
    for (const entry of this.entries.values()) {
      if (!entry.reading || wanted.has(entry)) continue;
      entry.reading.abort();
      entry.reading = undefined;
    }
    for (const [controller, entries] of this.previews) {
      if (entries.some((entry) => wanted.has(entry))) continue;
      this.previews.delete(controller);
      for (const entry of entries) entry.isPreviewAsked = false;
      controller.abort();
    }
  }

  /** Begins as many reads as may go on at once: all previews before the first whole. */
  private pump(): void {
    if (this.isDisposed) return;
    const wanted = [...this.listWanted()];
    let room = readsAtOnce - this.previews.size - wanted.filter((entry) => entry.reading).length;
    while (room-- > 0) {
      const batch = this.nextPreview(wanted);
      const next = batch.length > 0 ? undefined : wanted.find((entry) => !entry.reading && needsRead(entry));
      if (batch.length > 0) void this.readPreview(batch);
      else if (next) void this.readWhole(next);
      else break;
    }
  }

  private nextPreview(wanted: readonly Entry[]): readonly Entry[] {
    if (!this.store.getMetricPreview) return [];
    const bare = wanted.filter((entry) => !entry.history && !entry.isPreviewAsked && needsRead(entry));
    return bare.filter(({ metric }) => metric === bare[0]?.metric).slice(0, runsPerPreview);
  }

  /** A preview that fails is none: the whole tells why. */
  private async readPreview(batch: readonly Entry[]): Promise<void> {
    const controller = new AbortController();
    const metric = batch[0]?.metric ?? '';
    this.previews.set(controller, batch);
    for (const entry of batch) entry.isPreviewAsked = true;
    try {
      const ids = batch.map(({ runId }) => runId);
      const found = await this.store.getMetricPreview?.(ids, metric, controller.signal);
      if (!this.previews.has(controller)) return;
      for (const entry of batch) {
        const preview = found?.get(entry.runId);
        if (preview && preview.values.length > 0 && !entry.history) entry.preview = preview;
      }
    } catch {
      // See above.
    } finally {
      if (this.previews.delete(controller)) this.settle(metric);
    }
  }

  private async readWhole(entry: Entry): Promise<void> {
    const controller = new AbortController();
    const { runId, metric, state, history } = entry;
    entry.reading = controller;
    const isOver = () => entry.reading !== controller;
    try {
      // A finished run is read from its beginning once more: then all of it is sure to be there.
      const known = state.isFinished ? undefined : history;
      const read = await this.store.getMetricHistory(runId, metric, controller.signal, known);
      if (isOver()) return;
      entry.history = read;
      entry.failure = undefined;
      delete entry.preview;
    } catch (error) {
      if (isOver()) return;
      entry.failure = isCancellation(error) ? 'Loading was stopped.' : causeOf(error);
    }
    entry.readAs = state;
    entry.reading = undefined;
    this.settle(metric);
  }

  private settle(metric: string): void {
    if (this.isDisposed) return;
    this.forgetBeyondBudget();
    this.pump();
    this.changed.fire(metric);
  }

  /** Forgets what was looked at longest ago, but nothing that somebody wants. */
  private forgetBeyondBudget(): void {
    const wanted = this.listWanted();
    let bytes = 0;
    for (const entry of this.entries.values()) bytes += bytesOf(entry);
    if (bytes <= this.budget) return;
    const spare = [...this.entries.entries()].filter(([, entry]) => !wanted.has(entry));
    for (const [key, entry] of spare.sort(([, one], [, other]) => one.lastUse - other.lastUse)) {
      if (bytes <= this.budget) return;
      bytes -= bytesOf(entry);
      this.entries.delete(key);
    }
  }

  private async nextChange(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.isDisposed) throw new DOMException('The connection was closed.', 'AbortError');
    await nextOf(this.onDidChange, signal);
  }
}

function keyOf(runId: string, metric: string): string {
  return `${runId} ${metric}`;
}

function bytesOf({ history, preview }: Entry): number {
  return bytesPerPoint * ((history?.values.length ?? 0) + (preview?.values.length ?? 0));
}

/** Whether the store may have what is not known here. */
function needsRead({ readAs, state }: Entry): boolean {
  if (!readAs) return true;
  if (readAs.isFinished) return false;
  const { latest } = readAs;
  return (
    state.isFinished ||
    latest.step !== state.latest.step ||
    latest.timestamp !== state.latest.timestamp ||
    !Object.is(latest.value, state.latest.value)
  );
}
