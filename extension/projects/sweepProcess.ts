import { Emitter } from '../catalog/emitter';
import type { Exit } from '../processes/keptProcess';
import { causeOf } from '../tracking/errors';
import type { SweepPoint } from './composeSweep';
import type { RunProcess } from './runProcess';

/** One `mlflow run` of a sweep, as far as a sweep needs it. */
export type SweepRun = Pick<
  RunProcess,
  'onDidWrite' | 'onDidStartRun' | 'ended' | 'stop' | 'runId' | 'isStopping'
>;

export interface SweepParts {
  /** The parent run. */
  readonly runId: string;
  readonly points: readonly SweepPoint[];
  readonly atOnce: number;
  readonly start: (point: SweepPoint) => SweepRun;
  /** Why a run could not start now: somebody may have edited the project meanwhile. */
  readonly findProblem: (point: SweepPoint) => Promise<string | undefined>;
  /** Has the parent marked ended. */
  readonly finish: (status: 'FINISHED' | 'FAILED' | 'KILLED') => Promise<void>;
}

export interface SweepProgress {
  readonly total: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** A run that did not end well. */
interface Failure {
  readonly number: number;
  readonly point: SweepPoint;
  readonly exit: Exit;
  readonly runId: string | undefined;
}

/** The runs of a sweep under way, so many at once. They end together; it knows nothing of VS Code. */
export class SweepProcess {
  private readonly wrote = new Emitter<string>();
  private readonly progressed = new Emitter<SweepProgress>();
  /** What its runs write, each line with the number of its run. */
  readonly onDidWrite = this.wrote.event;
  readonly onDidProgress = this.progressed.event;
  /** Settles when all runs have ended and the parent is marked. Code 0 means that all went well. */
  readonly ended: Promise<Exit>;
  private readonly active = new Set<SweepRun>();
  private readonly failures: Failure[] = [];
  private next = 0;
  private succeeded = 0;
  private isAsked = false;

  constructor(private readonly parts: SweepParts) {
    // Who made it listens before anything happens.
    this.ended = Promise.resolve().then(() => this.run());
  }

  /** The parent run. */
  get runId(): string {
    return this.parts.runId;
  }

  get isStopping(): boolean {
    return this.isAsked;
  }

  /** Ends all runs; no further one starts. */
  async stop(): Promise<void> {
    this.isAsked = true;
    await Promise.all([...this.active].map((run) => run.stop()));
    await this.ended;
  }

  /** The first run is alone until its command starts: the project's environment is then made, once. */
  private async run(): Promise<Exit> {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const lanes = Array.from({ length: Math.max(1, this.parts.atOnce) }, async (_, index) => {
      if (index > 0) await opened;
      while (!this.isAsked && this.next < this.parts.points.length) await this.runNext(open);
      open();
    });
    await Promise.all(lanes);
    return await this.finish();
  }

  private async runNext(open: () => void): Promise<void> {
    const number = ++this.next;
    const point = this.parts.points[number - 1] ?? new Map<string, string>();
    this.say(number, describePoint(point));
    const problem = await this.parts.findProblem(point).catch(causeOf);
    if (problem !== undefined) this.refuse(number, point, problem);
    else if (!this.isAsked) await this.follow(number, point, open);
    open();
    this.tell();
  }

  /** A run that MLflow might leave RUNNING for ever is not started. */
  private refuse(number: number, point: SweepPoint, problem: string): void {
    this.say(number, problem);
    this.failures.push({ number, point, exit: { code: undefined, problem }, runId: undefined });
  }

  private async follow(number: number, point: SweepPoint, open: () => void): Promise<void> {
    const run = this.parts.start(point);
    this.active.add(run);
    run.onDidStartRun(() => {
      open();
      this.tell();
    });
    run.onDidWrite(this.writeLines(number));
    this.tell();
    const exit = await run.ended;
    this.active.delete(run);
    if (exit.code === 0) this.succeeded++;
    else if (!run.isStopping) this.failures.push({ number, point, exit, runId: run.runId });
  }

  private async finish(): Promise<Exit> {
    const { failures } = this;
    const status = this.isAsked ? 'KILLED' : failures.length > 0 ? 'FAILED' : 'FINISHED';
    for (const line of this.report()) this.wrote.fire(`${line}\n`);
    try {
      await this.parts.finish(status);
    } catch (error) {
      this.wrote.fire(`The parent run could not be marked ${status}: ${String(error)}\n`);
      return { code: 1 };
    }
    return { code: status === 'FINISHED' ? 0 : 1 };
  }

  /** What became of it, a line each. */
  private report(): readonly string[] {
    const { succeeded, failures, next, parts } = this;
    const rest = parts.points.length - next;
    const counts = [
      `${succeeded} of ${parts.points.length} runs succeeded`,
      ...(failures.length > 0 ? [`${failures.length} failed`] : []),
      ...(rest > 0 ? [`${rest} were not started`] : []),
    ];
    return [`=== Sweep: ${counts.join(', ')} ===`, ...failures.map(describeFailure)];
  }

  private tell(): void {
    const { succeeded, failures, active, parts } = this;
    const total = parts.points.length;
    this.progressed.fire({ total, succeeded, failed: failures.length, running: active.size });
  }

  /** Takes pieces as they come and writes whole lines. */
  private writeLines(number: number): (text: string) => void {
    let rest = '';
    return (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.say(number, line);
    };
  }

  private say(number: number, line: string): void {
    this.wrote.fire(`[${number}/${this.parts.points.length}] ${line}\n`);
  }
}

/** `3 of 9 succeeded, 2 running`. */
export function describeProgress({ total, running, succeeded, failed }: SweepProgress): string {
  const parts = [
    `${succeeded} of ${total} succeeded`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(running > 0 ? [`${running} running`] : []),
  ];
  return parts.join(', ');
}

export function describePoint(point: SweepPoint): string {
  return [...point].map(([name, value]) => `${name}=${value}`).join(', ');
}

function describeFailure({ number, point, exit, runId }: Failure): string {
  const how = exit.problem?.replace(/\.$/, '') ?? `exit code ${exit.code ?? 'unknown'}`;
  const run = runId === undefined ? 'no run was made' : `run ${runId}`;
  return `[${number}] failed (${how}, ${run}): ${describePoint(point)}`;
}
