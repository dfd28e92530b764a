import { isCancellation } from '../tracking/errors';
import type { MetricStatistics } from './metricStatistics';

/** What is to be known of metrics before runs can be sorted by it. */
export interface Fill {
  readonly statistics: Pick<MetricStatistics, 'fill'>;
  readonly metrics: readonly string[];
  readonly slots: Int32Array;
  /** The revision of the runs: once they are others, their histories may be, too. */
  readonly revision: number;
}

/** Reads the histories that runs are sorted by: one sorting at a time, and each once while the runs stay as they are. */
export class HistoryFill {
  private done = '';
  private controller: AbortController | undefined;
  private progress = '';

  constructor(private readonly onDidChange: () => void) {}

  /** What is being read, in a few words; undefined while nothing is. */
  get state(): string | undefined {
    return this.controller && this.progress;
  }

  /** Whether there was something to read, and all of it was. */
  async fill({ statistics, metrics, slots, revision }: Fill): Promise<boolean> {
    const key = `${revision} ${metrics.join(' ')}`;
    if (metrics.length === 0 || key === this.done || this.controller) return false;
    const controller = new AbortController();
    this.controller = controller;
    try {
      for (const metric of metrics) {
        await statistics.fill(metric, slots, controller.signal, (done, all) => {
          this.progress = `Reading the histories of ${metric}: ${done} of ${all}`;
          this.onDidChange();
        });
      }
      this.done = key;
    } catch (error) {
      if (!isCancellation(error)) throw error;
    } finally {
      if (this.controller === controller) this.controller = undefined;
    }
    return this.done === key;
  }

  /** Gives up; what was read stays known. */
  stop(): void {
    this.controller?.abort();
    this.controller = undefined;
  }
}
