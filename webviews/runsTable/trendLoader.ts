import type { Trend, TrendsQuery } from '../protocol/runsTable';

export interface TrendLoaderActions {
  load(query: TrendsQuery, signal: AbortSignal): Promise<readonly Trend[]>;
  loaded(): void;
  failed(error: unknown): void;
}

/** The metrics and runs whose trends are in sight. */
export interface TrendSight {
  readonly version: number;
  readonly metrics: readonly string[];
  readonly runIds: readonly string[];
}

interface Kept {
  readonly version: number;
  readonly trend: Trend;
}

interface Running {
  readonly controller: AbortController;
  readonly runIds: readonly string[];
}

const mostRuns = 100;
const mostKept = 3000;
/** As many as the widest sparkline that is worth looking at. */
const pixels = 160;

/** Reads trends of what is in sight, one question for each metric at a time; it is called off when none of its runs is in sight. */
export class TrendLoader {
  /** The one that was read last is the last. */
  private readonly kept = new Map<string, Kept>();
  private readonly running = new Map<string, Running>();
  private readonly failed = new Set<string>();
  private sight: TrendSight | undefined;

  constructor(private readonly actions: TrendLoaderActions) {}

  look(sight: TrendSight): void {
    if (sight.version !== this.sight?.version) this.failed.clear();
    this.sight = sight;
    for (const [metric, { controller, runIds }] of this.running) {
      if (sight.metrics.includes(metric) && runIds.some((id) => sight.runIds.includes(id))) continue;
      this.running.delete(metric);
      controller.abort();
    }
    for (const metric of sight.metrics) this.ask(metric);
  }

  trendOf(metric: string, runId: string): Trend | undefined {
    return this.kept.get(keyOf(metric, runId))?.trend;
  }

  private ask(metric: string): void {
    const { sight } = this;
    if (!sight?.metrics.includes(metric) || this.running.has(metric)) return;
    const { version } = sight;
    const runIds = sight.runIds.filter((id) => this.isMissing(keyOf(metric, id), version)).slice(0, mostRuns);
    if (runIds.length > 0) void this.load(metric, runIds, version);
  }

  private isMissing(key: string, version: number): boolean {
    return !this.failed.has(key) && this.kept.get(key)?.version !== version;
  }

  private async load(metric: string, runIds: readonly string[], version: number): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    this.running.set(metric, { controller, runIds });
    try {
      const trends = await this.actions.load({ metric, runIds, pixels }, signal);
      if (signal.aborted) return;
      for (const id of runIds) this.failed.add(keyOf(metric, id));
      for (const trend of trends) this.keep(keyOf(metric, trend.runId), { version, trend });
      this.actions.loaded();
    } catch (error) {
      if (signal.aborted) return;
      for (const id of runIds) this.failed.add(keyOf(metric, id));
      this.actions.failed(error);
    }
    if (this.running.get(metric)?.controller === controller) this.running.delete(metric);
    this.ask(metric);
  }

  private keep(key: string, kept: Kept): void {
    this.failed.delete(key);
    this.kept.delete(key);
    this.kept.set(key, kept);
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
  }
}

function keyOf(metric: string, runId: string): string {
  return `${runId} ${metric}`;
}
