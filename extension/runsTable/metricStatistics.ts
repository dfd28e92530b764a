import type { Catalog } from '../catalog/catalog';
import { envelope } from '../histories/envelope';
import type { HistoryCache, WantedMetric } from '../histories/historyCache';
import { seriesAlong } from '../histories/series';
import { statisticsOf } from '../histories/statistics';
import { causeOf } from '../tracking/errors';
import type { MetricHistory } from '../tracking/model';
import type { MetricStatistic } from '../../webviews/protocol/arrangement';
import type { Direction, Points } from '../../webviews/protocol/metrics';
import type { Trend, TrendsQuery } from '../../webviews/protocol/runsTable';
import type { RunColumns } from './runColumns';
import { ValueColumn } from './valueColumn';

export interface MetricStatisticsOptions {
  readonly columns: RunColumns;
  readonly catalog: Pick<Catalog, 'findRun' | 'renewRuns'>;
  readonly histories: () => Promise<Pick<HistoryCache, 'want' | 'read'>>;
  readonly directionOf: (metric: string) => Direction;
}

/** What is known of one metric's histories, by slot. */
interface Known {
  readonly min: ValueColumn;
  readonly max: ValueColumn;
  /** The run's revision when its history was read. */
  readonly revisions: Map<number, number>;
}

/** Histories wanted at a time: what is wanted stays in memory. */
const batchSize = 100;

const nothing: Points = { x: new Float64Array(), y: new Float64Array() };

/** The lowest, highest and best values of metrics, which no listing tells: the histories of runs are read for them. */
export class MetricStatistics {
  private readonly known = new Map<string, Known>();
  /** Another whenever more is known. */
  revision = 0;

  constructor(private readonly options: MetricStatisticsOptions) {}

  /** What is known so far of a statistic; undefined for what is not kept here. */
  column(metric: string, statistic: MetricStatistic): ValueColumn | undefined {
    const known = this.known.get(metric);
    switch (statistic) {
      case 'min':
      case 'max':
        return known?.[statistic];
      case 'best':
        return this.options.directionOf(metric) === 'lower' ? known?.min : known?.max;
      case 'last':
      case 'trend':
        return undefined;
    }
  }

  /** The ranges of all that is known of a metric. */
  extremes(metric: string): unknown {
    const known = this.known.get(metric);
    return [known?.min.extremes, known?.max.extremes];
  }

  /** Has the statistics of these runs known. Runs whose history cannot be read stay without. Rejects when aborted. */
  async fill(
    metric: string,
    slots: Iterable<number>,
    signal: AbortSignal,
    onProgress: (done: number, all: number) => void = () => undefined,
  ): Promise<void> {
    const missing = [...slots].filter((slot) => !this.isKnown(metric, slot));
    for (let start = 0; start < missing.length; start += batchSize) {
      onProgress(start, missing.length);
      const batch = missing.slice(start, start + batchSize);
      await this.read(metric, batch, signal, () => undefined);
    }
  }

  /** Rejects only when aborted. */
  async trends({ metric, runIds, pixels }: TrendsQuery, signal: AbortSignal): Promise<readonly Trend[]> {
    const trends = new Map<number, Omit<Trend, 'runId'>>();
    const slots = runIds.flatMap((id) => this.options.columns.slotOf(id) ?? []);
    await this.read(metric, slots, signal, (slot, found) => {
      if (typeof found === 'string') trends.set(slot, { points: nothing, cause: found });
      else trends.set(slot, { ...this.describe(found, metric), points: drawTrend(found, pixels) });
    });
    return runIds.map((runId) => {
      const slot = this.options.columns.slotOf(runId) ?? -1;
      return { runId, ...(trends.get(slot) ?? { points: nothing }) };
    });
  }

  private describe(history: MetricHistory, metric: string): Pick<Trend, 'min' | 'max' | 'best'> {
    const { min, max, best } = statisticsOf([history], this.options.directionOf(metric));
    return {
      ...(min && { min: String(min.value) }),
      ...(max && { max: String(max.value) }),
      ...(best && { best: String(best.value) }),
    };
  }

  /** Reads the histories of runs that have the metric, several at a time; calls back with each, or why there is none. */
  private async read(
    metric: string,
    slots: readonly number[],
    signal: AbortSignal,
    onRead: (slot: number, found: MetricHistory | string) => void,
  ): Promise<void> {
    const present = slots.filter((slot) => this.options.columns.column('metrics', metric)?.has(slot));
    await this.renewUnfinished(metric, present, signal);
    const histories = await this.options.histories();
    const wanted = present.map((slot) => ({ slot, one: this.want(metric, slot) }));
    const owner = {};
    histories.want(
      owner,
      wanted.map(({ one }) => one),
    );
    const readOne = async ({ slot, one }: (typeof wanted)[number]): Promise<void> => {
      const revision = this.options.columns.facts(slot)?.revision ?? 0;
      try {
        const history = await histories.read(one, signal);
        this.keep(metric, slot, revision, history);
        onRead(slot, history);
      } catch (error) {
        signal.throwIfAborted();
        onRead(slot, causeOf(error));
      }
    };
    try {
      await Promise.all(wanted.map(readOne));
    } finally {
      histories.want(owner, []);
    }
    signal.throwIfAborted();
  }

  /** Histories are kept by their latest point, which columns do not hold: the catalog does, for runs that still change. */
  private async renewUnfinished(
    metric: string,
    slots: readonly number[],
    signal: AbortSignal,
  ): Promise<void> {
    const { columns, catalog } = this.options;
    const stale = new Map<string, string[]>();
    for (const slot of slots) {
      const facts = columns.facts(slot);
      if (!facts?.isUnfinished) continue;
      const latest = catalog.findRun(facts.id)?.metrics.get(metric);
      if (latest && columns.column('metrics', metric)?.holds(slot, latest.value)) continue;
      stale.set(facts.experimentId, [...(stale.get(facts.experimentId) ?? []), facts.id]);
    }
    const renewals = [...stale].map(([id, runIds]) => catalog.renewRuns(id, runIds, signal));
    // A run that cannot be read now tells so by its history.
    await Promise.allSettled(renewals);
    signal.throwIfAborted();
  }

  private want(metric: string, slot: number): WantedMetric {
    const { columns, catalog } = this.options;
    const facts = columns.facts(slot);
    const runId = facts?.id ?? '';
    const value = columns.column('metrics', metric)?.number(slot) ?? NaN;
    const latest = catalog.findRun(runId)?.metrics.get(metric) ?? { value, step: 0, timestamp: 0 };
    return { runId, metric, latest, isFinished: facts?.isUnfinished !== true };
  }

  private isKnown(metric: string, slot: number): boolean {
    const revision = this.options.columns.facts(slot)?.revision;
    return revision !== undefined && this.known.get(metric)?.revisions.get(slot) === revision;
  }

  private keep(metric: string, slot: number, revision: number, history: MetricHistory): void {
    if (this.isKnown(metric, slot) || this.options.columns.facts(slot)?.revision !== revision) return;
    const known = this.known.get(metric) ?? newlyKnown();
    this.known.set(metric, known);
    const { min, max } = statisticsOf([history], 'lower');
    for (const [column, found] of [
      [known.min, min],
      [known.max, max],
    ] as const) {
      if (found) column.set(slot, Number(found.value));
      else column.clear(slot);
    }
    known.revisions.set(slot, revision);
    this.revision++;
  }
}

function newlyKnown(): Known {
  return { min: new ValueColumn(), max: new ValueColumn(), revisions: new Map() };
}

/** The whole history by step, as so many pixel columns can show it. */
function drawTrend(history: MetricHistory, pixels: number): Points {
  const { x, y } = seriesAlong(history, { kind: 'step' });
  const [from = 0] = x;
  const to = x[x.length - 1] ?? 0;
  return envelope(x, y, { from, to }, Math.max(1, Math.floor(pixels)), false);
}
