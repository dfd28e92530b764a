const tick = 5;

interface ThreadClock {
  /** From Node 23.9 on. */
  threadCpuUsage?(): NodeJS.CpuUsage;
}

/** How long this very thread has been computing, in ms; an older Node cannot tell it from the time by the clock. */
function computed(): number {
  const usage = (process as ThreadClock).threadCpuUsage?.();
  return usage ? (usage.user + usage.system) / 1000 : performance.now();
}

/** The longest that the event loop was held up, in ms. */
export interface Block {
  readonly clock: number;
  /** As far as this thread was computing. */
  readonly computing: number;
}

/**
 * Watches how long the event loop is held up. On a busy machine a thread may also be kept from running by others, so
 * beside the time by the clock it tells how much of it this thread was computing, which alone is its own doing.
 */
export class LoopWatch {
  private clock = 0;
  private computing = 0;
  private last = performance.now();
  private lastComputed = computed();
  private readonly timer = setInterval(() => {
    this.look();
  }, tick);

  stop(): Block {
    this.look();
    clearInterval(this.timer);
    return { clock: this.clock, computing: this.computing };
  }

  private look(): void {
    const now = performance.now();
    const nowComputed = computed();
    const late = now - this.last - tick;
    this.clock = Math.max(this.clock, late);
    this.computing = Math.max(this.computing, Math.min(late, nowComputed - this.lastComputed));
    this.last = now;
    this.lastComputed = nowComputed;
  }
}
