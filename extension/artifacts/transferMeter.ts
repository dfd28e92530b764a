import { formatSize } from '../ui/numbers';
import { joinFacts } from '../ui/text';

/** How far back a rate looks, and how close together its samples are, in ms. */
const [rateSpan, sampleSpan] = [3000, 200];

/** How far a transfer has come, and how fast it is. */
export class TransferMeter {
  private done = 0;
  private samples: readonly { readonly time: number; readonly done: number }[] = [];

  /** `total` in bytes, undefined where nobody knows. */
  constructor(
    private readonly total: number | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.samples = [{ time: now(), done: 0 }];
  }

  /** Whether it is time to show it again. `count` bytes more are done; what was there before counts for no rate. */
  add(count: number, isNew = true): boolean {
    this.done += count;
    if (!isNew) this.samples = this.samples.map((sample) => ({ ...sample, done: sample.done + count }));
    const time = this.now();
    if (time - (this.samples.at(-1)?.time ?? 0) < sampleSpan) return false;
    const recent = this.samples.filter((sample) => time - sample.time < rateSpan);
    this.samples = [...(recent.length > 0 ? recent : this.samples.slice(-1)), { time, done: this.done }];
    return true;
  }

  /** Of 100; undefined where the total is not known. */
  get percent(): number | undefined {
    return this.total ? Math.min(100, (100 * this.done) / this.total) : undefined;
  }

  /** `45 MB of 1.2 GB · 23 MB/s`. */
  describe(): string {
    const first = this.samples[0];
    const seconds = first ? (this.now() - first.time) / 1000 : 0;
    const rate = first && seconds > 0.2 ? (this.done - first.done) / seconds : 0;
    const of = this.total === undefined ? '' : ` of ${formatSize(this.total)}`;
    return joinFacts([formatSize(this.done) + of, rate > 0 ? `${formatSize(rate)}/s` : '']);
  }
}
