import type { Disposable } from '../catalog/emitter';
import { isUnfinished, type MetricHistory, type Run } from '../tracking/model';
import { Lifetime } from '../ui/lifetime';
import type {
  ChartData,
  ChartQuery,
  Direction,
  ExactPoint,
  PointQuery,
} from '../../webviews/protocol/metrics';
import { makeChartData, type FindPoints } from './chartData';
import type { HistoryCache, WantedMetric } from '../histories/historyCache';
import { Pace } from '../histories/pace';
import { findPoints } from './points';

export interface ChartReaderOptions {
  readonly histories: HistoryCache;
  readonly directionOf: (metric: string) => Direction;
  /** The points of these metrics are not what was last told. */
  readonly onDidChange: (metrics: readonly string[]) => void;
  /** Milliseconds that a chart waits for points before it shows what there is. */
  readonly patience?: number;
  /** Milliseconds between two calls of `onDidChange`. */
  readonly interval?: number;
}

/** As many charts as are in sight at first, and lines as are drawn. */
const foreseenMetrics = 4;
const foreseenRuns = 100;

/** Answers the charts of one panel from the histories of one connection, and tells when there is more to show. */
export class ChartReader implements Disposable {
  private readonly lifetime = new Lifetime();
  private runs: ReadonlyMap<string, Run> = new Map();
  /** The charts in sight by metric, as they were last asked for. */
  private readonly asked = new Map<string, ChartQuery>();
  /** The charts whose points are not what was last told. */
  private readonly dirty = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private isPaused = false;
  private hasBeenAsked = false;

  constructor(private readonly options: ChartReaderOptions) {
    const { histories } = options;
    this.lifetime.add(
      histories.onDidChange((metric) => {
        this.touch((query) => query.metric === metric || query.x.metric === metric);
      }),
    );
  }

  /** The runs that may be read, as they are now. New points of those in sight are read. */
  setRuns(runs: readonly Run[]): void {
    this.runs = new Map(runs.map((run) => [run.id, run]));
    this.want();
  }

  /** Only charts of these metrics are in sight. */
  watch(metrics: readonly string[]): void {
    for (const metric of [...this.asked.keys()]) if (!metrics.includes(metric)) this.asked.delete(metric);
    this.want();
  }

  /** Reads nothing while nobody sees it. */
  pause(isPaused: boolean): void {
    this.isPaused = isPaused;
    this.want();
  }

  /** Reads all in sight again. */
  renew(): void {
    this.options.histories.renew(this);
  }

  /** Has the charts in sight ask again. */
  touchAll(): void {
    this.touch(() => true);
  }

  /** What a chart can show: of all points where they are soon there, else of what there is, with the rest to follow. */
  async loadChart(query: ChartQuery, signal: AbortSignal): Promise<ChartData> {
    this.hasBeenAsked = true;
    this.asked.set(query.metric, query);
    this.want();
    await this.untilRead(query, signal);
    this.dirty.delete(query.metric);
    return await makeChartData(query, this.find, this.options.directionOf(query.metric), new Pace());
  }

  readPoints(query: PointQuery): readonly ExactPoint[] {
    return findPoints(query, this.find);
  }

  /** Every point of a metric of a run. */
  async readHistory(runId: string, metric: string, signal: AbortSignal): Promise<MetricHistory | undefined> {
    const wanted = this.wantedOf(runId, metric);
    return wanted && (await this.options.histories.read(wanted, signal));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.asked.clear();
    this.options.histories.want(this, []);
    this.lifetime.dispose();
  }

  private readonly find: FindPoints = (runId, metric) =>
    this.runs.get(runId)?.metrics.has(metric) === true
      ? this.options.histories.find(runId, metric)
      : { kind: 'none' };

  private want(): void {
    const queries = this.isPaused ? [] : [...this.asked.values()];
    const isOpening = !this.hasBeenAsked && !this.isPaused;
    const wanted = isOpening ? this.foresee() : queries.flatMap((query) => this.wantedBy(query));
    this.options.histories.want(this, wanted);
  }

  /** What the view will most likely ask for first, read while it is still being loaded. */
  private foresee(): readonly WantedMetric[] {
    const runs = [...this.runs.values()].slice(0, foreseenRuns);
    const names = [...new Set(runs.flatMap(({ metrics }) => [...metrics.keys()]))].sort();
    const first = [...names.filter((name) => !name.includes('/')), ...names].slice(0, foreseenMetrics);
    return first.flatMap((name) => runs.flatMap(({ id }) => this.wantedOf(id, name) ?? []));
  }

  private wantedBy({ metric, x, lines }: ChartQuery): readonly WantedMetric[] {
    const metrics = x.kind === 'metric' && x.metric !== undefined ? [x.metric, metric] : [metric];
    const runIds = lines.flatMap((line) => line.runIds);
    return metrics.flatMap((key) => runIds.flatMap((runId) => this.wantedOf(runId, key) ?? []));
  }

  private wantedOf(runId: string, metric: string): WantedMetric | undefined {
    const run = this.runs.get(runId);
    const latest = run?.metrics.get(metric);
    return run && latest && { runId, metric, latest, isFinished: !isUnfinished(run) };
  }

  /** Waits until there is something of every run, but not for long. */
  private async untilRead(query: ChartQuery, signal: AbortSignal): Promise<void> {
    const { histories, patience = 150 } = this.options;
    const isReading = () =>
      this.wantedBy(query).some(({ runId, metric }) => histories.find(runId, metric).kind === 'reading');
    if (!isReading()) return;
    await new Promise<void>((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        subscription.dispose();
        signal.removeEventListener('abort', settle);
        resolve();
      };
      const timer = setTimeout(settle, patience);
      const subscription = histories.onDidChange(() => {
        if (!isReading()) settle();
      });
      signal.addEventListener('abort', settle);
    });
    signal.throwIfAborted();
  }

  private touch(isAffected: (query: ChartQuery) => boolean): void {
    for (const query of this.asked.values()) if (isAffected(query)) this.dirty.add(query.metric);
    if (this.dirty.size === 0) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const metrics = [...this.dirty].filter((metric) => this.asked.has(metric));
      this.dirty.clear();
      if (metrics.length > 0) this.options.onDidChange(metrics);
    }, this.options.interval ?? 250);
  }
}
