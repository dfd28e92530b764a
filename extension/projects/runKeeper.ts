import { appendFileSync, existsSync, unwatchFile, watchFile } from 'node:fs';
import { knowProcess } from '../processes/identifyProcess';
import type { Program } from '../processes/program';
import { runProgram } from '../processes/runProgram';
import { causeOf } from '../tracking/errors';
import { plainText } from '../ui/text';
import { checkProject } from './checkProject';
import { nameCopiedFiles } from './docker';
import { endRun } from './endRun';
import {
  filesOf,
  isDiskFull,
  readJob,
  type RunEnd,
  type RunFiles,
  type RunJob,
  type RunState,
  writeState,
} from './runFolder';
import { RunProcess } from './runProcess';
import type { StreamReplacer } from './streamReplacer';
import { SweepProcess } from './sweepProcess';
import { composeChild, composeEnding } from './sweepPrograms';

/**
 * A program of its own beside the window: `runKeeper FOLDER` runs the job of a run's folder, writes there what becomes of it, and
 * has MLflow mark as KILLED what was stopped. So a run can outlive its window, and is marked though its window is gone.
 */

/** How often it is looked whether the run is to end, in ms. */
const lookMs = 300;

type Work = RunProcess | SweepProcess;

class RunKeeper {
  private state: RunState = { keeper: { pid: process.pid, identity: undefined }, isStopping: false };
  private writing: Promise<void> = Promise.resolve();
  private isOver = false;
  private complaint: string | undefined;
  private readonly files: RunFiles;
  private readonly tracebacks: StreamReplacer | undefined;

  constructor(
    private readonly folder: string,
    private readonly job: RunJob,
  ) {
    this.files = filesOf(folder);
    const { args, cwd } = job.program;
    if (args.includes('--build-image')) this.tracebacks = nameCopiedFiles(cwd);
  }

  async keep(): Promise<void> {
    this.note({ keeper: await knowProcess(process.pid) });
    const work = this.start();
    this.listen(work);
    const exit = await work.ended;
    this.log(this.tracebacks?.end() ?? '');
    this.isOver = true;
    unwatchFile(this.files.stop);
    process.stdin.destroy();
    const end: RunEnd = { ...exit, isStopped: work.isStopping };
    await this.markEnd(work);
    this.note({ end: { ...end, complaint: this.complaint } });
    await this.writing;
  }

  private start(): Work {
    const work = this.job.kind === 'sweep' ? this.startSweep(this.job) : this.startRun();
    work.onDidWrite((text) => {
      this.log(this.tracebacks?.write(text) ?? text);
    });
    return work;
  }

  private get program(): Program {
    return { ...this.job.program, env: process.env };
  }

  private startRun(): RunProcess {
    const run = new RunProcess(this.program);
    run.onDidStartRun((runId) => {
      this.note({ runId });
    });
    return run;
  }

  private startSweep({ launch, points, atOnce, parent }: RunJob & { readonly kind: 'sweep' }): SweepProcess {
    const { program } = this;
    const sweep = new SweepProcess({
      ...{ runId: parent.runId, points, atOnce },
      findProblem: async (parameters) => (await checkProject({ ...launch, parameters })).problem,
      start: (parameters) => new RunProcess(composeChild(program, { ...launch, parameters }, parent)),
      finish: async (status) => {
        if (status === 'KILLED') await this.markKilled(parent.runId);
        else await runProgram(composeEnding(program, parent.runId, status));
      },
    });
    this.note({ runId: parent.runId });
    sweep.onDidProgress((progress) => {
      this.note({ progress });
    });
    return sweep;
  }

  /** Who may end it: any window by a file, its own by closing where the user has said so, the system by a signal. */
  private listen(work: Work): void {
    const stop = (): void => {
      if (this.state.isStopping || this.isOver) return;
      this.note({ isStopping: true });
      void work.stop();
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
    const look = (): void => {
      if (existsSync(this.files.stop)) stop();
    };
    watchFile(this.files.stop, { interval: lookMs }, look);
    look();
    if (this.job.whenWindowCloses === 'end') process.stdin.on('error', stop).on('close', stop).resume();
  }

  /** A sweep marks its own. */
  private async markEnd({ isStopping, runId }: Work): Promise<void> {
    if (!isStopping || runId === undefined || this.job.kind === 'sweep') return;
    try {
      await this.markKilled(runId);
    } catch (error) {
      this.complaint = `The run could not be marked as killed: ${causeOf(error)}`;
      this.log(`${this.complaint}\n`);
    }
  }

  private markKilled(runId: string): Promise<void> {
    return endRun(this.program, runId, () => undefined);
  }

  /** A full disk costs words, not the run. */
  private log(text: string): void {
    try {
      appendFileSync(this.files.log, text, { mode: 0o600 });
    } catch (error) {
      const why = isDiskFull(error) ? 'The disk is full' : causeOf(error);
      this.complaint ??= `${why}: not all that ${plainText(this.job.title, 100)} wrote could be kept.`;
    }
  }

  private note(change: Partial<RunState>): void {
    const state = { ...this.state, ...change };
    this.state = state;
    this.writing = this.writing.then(() => writeState(this.folder, state)).catch(() => undefined);
  }
}

async function main(folder: string): Promise<void> {
  const job = await readJob(folder);
  if (job) await new RunKeeper(folder, job).keep();
}

void main(process.argv[2] ?? '');
