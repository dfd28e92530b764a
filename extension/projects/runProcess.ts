import type { Readable } from 'node:stream';
import { Emitter } from '../catalog/emitter';
import { type Exit, KeptProcess } from '../processes/keptProcess';
import type { Program } from '../processes/program';
import { causeOf } from '../tracking/errors';
import { findRunId, runsInContainer } from './findRunId';
import { stopContainers } from './stopContainers';

/** In characters: MLflow names the run long before it has written so much. */
const longestSearch = 1_000_000;

/** A `mlflow run` under way. It ends with the window that started it. */
export class RunProcess {
  private readonly wrote = new Emitter<string>();
  private readonly started = new Emitter<string>();
  /** What it writes, as it comes. */
  readonly onDidWrite = this.wrote.event;
  /** Fires once, with the id of the run that MLflow has made. */
  readonly onDidStartRun = this.started.event;
  /** Settles when it has ended with all that it started, and all that it wrote has been told. */
  readonly ended: Promise<Exit>;
  private readonly process: KeptProcess;
  private searched: string | undefined = '';
  private foundRun: string | undefined;
  private isInContainer = false;
  private stopping: Promise<void> | undefined;

  constructor(private readonly program: Program) {
    this.process = new KeptProcess(program);
    this.ended = this.follow();
  }

  /** The run that MLflow has made for it, once that is known. */
  get runId(): string | undefined {
    return this.foundRun;
  }

  get isStopping(): boolean {
    return this.process.isStopping;
  }

  /** Ends it and all that it started. */
  async stop(): Promise<void> {
    if (this.isInContainer && this.foundRun !== undefined)
      this.stopping ??= this.stopContainers(this.foundRun);
    await this.process.stop();
    await this.ended;
  }

  /** Never rejects: what Docker complains of is told as the rest that it writes. */
  private async stopContainers(runId: string): Promise<void> {
    try {
      await stopContainers(runId, this.program.env);
    } catch (error) {
      this.wrote.fire(`The run’s container could not be stopped: ${causeOf(error)}\n`);
    }
  }

  private async follow(): Promise<Exit> {
    const { stdout, stderr } = this.process;
    const reading = Promise.all([this.read(stdout, false), this.read(stderr, true)]);
    const exit = await this.process.ended;
    // A process that has left its group may hold the streams open, though nobody waits for its words any more.
    if (this.isStopping) for (const stream of [stdout, stderr]) stream.destroy();
    await reading;
    await this.stopping;
    return exit;
  }

  /** MLflow's own log is on the one stream only. Never rejects. */
  private async read(stream: Readable, isLog: boolean): Promise<void> {
    try {
      for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>) {
        this.wrote.fire(chunk);
        if (isLog) this.search(chunk);
      }
    } catch {
      // The stream broke off with its program.
    }
  }

  private search(chunk: string): void {
    if (this.searched === undefined) return;
    this.searched += chunk;
    const runId = findRunId(this.searched);
    if (runId === undefined && this.searched.length < longestSearch) return;
    this.isInContainer = runsInContainer(this.searched);
    this.searched = undefined;
    this.foundRun = runId;
    if (runId !== undefined) this.started.fire(runId);
  }
}
