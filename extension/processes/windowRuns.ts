import { Emitter, type Disposable } from '../catalog/emitter';

/** A project's run, or a sweep of them, that goes on. */
export interface WindowRun {
  /** Tells it from all others. */
  readonly id: string;
  /** For people. */
  readonly title: string;
  /** In ms since 1970. */
  readonly startedAt: number;
  /** The run that MLflow has made for it, once that is known. */
  readonly runId: string | undefined;
  /** How far it is, for people; empty where nobody knows. */
  readonly progress: string;
  readonly isStopping: boolean;
  /** Ends it with all its processes; it is then marked KILLED. */
  readonly stop: () => Promise<void>;
  readonly showLog: () => void;
}

/** The runs of this window, found again ones among them. What they are made of belongs to others. */
export class WindowRuns implements Disposable {
  private readonly changed = new Emitter();
  /** Fires when one begins, gets on or has ended. */
  readonly onDidChange = this.changed.event;
  private readonly runs = new Map<string, WindowRun>();

  /** Those that go on, oldest first. */
  list(): readonly WindowRun[] {
    return [...this.runs.values()];
  }

  /** By what tells it from others, or by the run that MLflow has made for it. */
  find(id: string): WindowRun | undefined {
    return this.list().find((one) => one.id === id || one.runId === id);
  }

  /** Adds one, or tells that it has got on. */
  set(run: WindowRun): void {
    this.runs.set(run.id, run);
    this.changed.fire();
  }

  delete(id: string): void {
    if (this.runs.delete(id)) this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
