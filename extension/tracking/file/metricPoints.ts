import type { Int64, MetricHistory, MetricPoint } from '../model';

/** Points of one metric in columns that grow, in the order in which they were added. */
export class MetricPoints {
  length = 0;
  private values: Float64Array;
  private timestamps: Float64Array;
  private steps: Float64Array;
  /** By index, the steps beyond ±(2^53 − 1). */
  private readonly longSteps = new Map<number, bigint>();

  constructor(capacity = 256) {
    this.values = new Float64Array(capacity);
    this.timestamps = new Float64Array(capacity);
    this.steps = new Float64Array(capacity);
  }

  /** How many bytes the columns take. */
  get bytes(): number {
    return this.values.byteLength * 3;
  }

  add(value: number, step: Int64, timestamp: number): void {
    if (this.length === this.values.length) this.grow();
    const index = this.length++;
    this.values[index] = value;
    this.timestamps[index] = timestamp;
    this.steps[index] = Number(step);
    if (typeof step === 'bigint') this.longSteps.set(index, step);
  }

  clear(): void {
    this.length = 0;
    this.longSteps.clear();
  }

  /**
   * The greatest of `best` and all points by step, then timestamp, then value, as MLflow's file store defines the latest:
   * of equal ones, and where a value is NaN, the earlier line wins.
   */
  latest(best: MetricPoint | undefined): MetricPoint | undefined {
    let found = best;
    for (let index = 0; index < this.length; index++) {
      const isLater = found === undefined || this.isLater(index, found);
      if (isLater) found = this.at(index);
    }
    return found;
  }

  private isLater(index: number, best: MetricPoint): boolean {
    const step = this.stepAt(index);
    if (step !== best.step) return step > best.step;
    const timestamp = this.timestamps[index] ?? 0;
    if (timestamp !== best.timestamp) return timestamp > best.timestamp;
    return (this.values[index] ?? NaN) > best.value;
  }

  private stepAt(index: number): Int64 {
    const step = this.steps[index] ?? 0;
    return this.longSteps.size === 0 ? step : (this.longSteps.get(index) ?? step);
  }

  private at(index: number): MetricPoint {
    return {
      value: this.values[index] ?? NaN,
      step: this.stepAt(index),
      timestamp: this.timestamps[index] ?? 0,
    };
  }

  /** A copy of all points. */
  toHistory(): MetricHistory {
    return {
      values: this.values.slice(0, this.length),
      timestamps: this.timestamps.slice(0, this.length),
      steps: this.longSteps.size === 0 ? this.steps.slice(0, this.length) : this.toLongSteps(),
    };
  }

  private toLongSteps(): BigInt64Array {
    return BigInt64Array.from({ length: this.length }, (_, index) => BigInt(this.stepAt(index)));
  }

  private grow(): void {
    const capacity = this.values.length * 2;
    this.values = enlarge(this.values, capacity);
    this.timestamps = enlarge(this.timestamps, capacity);
    this.steps = enlarge(this.steps, capacity);
  }
}

function enlarge(column: Float64Array, capacity: number): Float64Array {
  const larger = new Float64Array(capacity);
  larger.set(column);
  return larger;
}
