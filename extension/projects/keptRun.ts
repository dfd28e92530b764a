import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Emitter } from '../catalog/emitter';
import { isRunning } from '../processes/identifyProcess';
import {
  filesOf,
  makeRunFolder,
  readJob,
  readState,
  type RunEnd,
  type RunJob,
  type RunState,
} from './runFolder';
import type { SweepProgress } from './sweepProcess';

/** How often it is looked how a run stands, in ms. */
const lookMs = 150;

/** A run or sweep that a keeper runs, of this window or found again from one before. */
export class KeptRun {
  private readonly changed = new Emitter();
  private readonly started = new Emitter<string>();
  /** Fires when its run is known, it gets on, or is about to end. */
  readonly onDidChange = this.changed.event;
  /** Fires once, with the id of the run that MLflow has made; not for one that was known when it was found. */
  readonly onDidStartRun = this.started.event;
  /** Settles when it has ended with all that it started and is marked in MLflow; never once disposed. */
  readonly ended: Promise<RunEnd>;
  /** Whether it ran when this was made. */
  readonly isGoingOn: boolean;
  private isAsked = false;
  private isOver = false;

  /** `pid` is its keeper's; undefined where that runs no more. */
  constructor(
    readonly folder: string,
    readonly job: RunJob,
    private readonly pid: number | undefined,
    private state: RunState | undefined,
  ) {
    this.isGoingOn = pid !== undefined;
    this.ended = this.follow();
  }

  /** Tells it from all others. */
  get id(): string {
    return basename(this.folder);
  }

  /** The run that MLflow has made for it, a sweep's parent, once that is known. */
  get runId(): string | undefined {
    return this.state?.runId;
  }

  get progress(): SweepProgress | undefined {
    return this.state?.progress;
  }

  get isStopping(): boolean {
    return this.isAsked || this.state?.isStopping === true;
  }

  /** Ends it and all that it started, and has it marked KILLED. */
  async stop(): Promise<void> {
    this.isAsked = true;
    await writeFile(filesOf(this.folder).stop, '');
    this.changed.fire();
    await this.ended;
  }

  /**
   * Whether this window is to tell how it ended: the one that started it as long as that is there, else the first to ask. The
   * folder stays for the log of it, until runs are looked for again.
   */
  async claimEnd(): Promise<boolean> {
    const { told } = filesOf(this.folder);
    const { window } = this.job;
    while (window.pid !== process.pid && !existsSync(told) && (await isRunning(window))) await pause(lookMs);
    try {
      await writeFile(told, '', { flag: 'wx' });
      return true;
    } catch (error) {
      // Somebody has told it, and may have cleared it away; on a full disk it is rather told twice than never.
      return !['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '');
    }
  }

  /** It is no more followed. */
  dispose(): void {
    this.isOver = true;
  }

  private async follow(): Promise<RunEnd> {
    for (;;) {
      const isAlive = this.pid !== undefined && isThere(this.pid);
      const state = await readState(this.folder);
      if (state) this.take(state);
      if (state?.end) return state.end;
      if (!isAlive) return { code: undefined, isStopped: false, problem: 'it was ended from elsewhere' };
      await pause(lookMs);
      if (this.isOver) await new Promise(() => undefined);
    }
  }

  private take(state: RunState): void {
    const before = this.state;
    if (JSON.stringify(before) === JSON.stringify(state)) return;
    this.state = state;
    if (before?.runId === undefined && state.runId !== undefined) this.started.fire(state.runId);
    this.changed.fire();
  }
}

/**
 * Starts the keeper of a run in a folder of its own below `root`, with the environment of its program. A server of ours that the run
 * needs goes on as long as the run does: `lifeline` is that server's.
 */
export async function startRun(
  root: string,
  job: RunJob,
  env: NodeJS.ProcessEnv,
  lifeline?: Writable,
): Promise<KeptRun> {
  const folder = join(root, randomUUID());
  await makeRunFolder(folder, job);
  const keeper = spawn(process.execPath, [join(__dirname, 'runKeeper.js'), folder], {
    ...{ cwd: folder, stdio: ['pipe', 'ignore', 'ignore', lifeline ?? 'ignore'] },
    ...{ detached: true, windowsHide: true },
    // VS Code's own executable is a Node.js only when told so.
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
  });
  // Its end is read from its folder, as by windows that have not started it.
  keeper.on('error', () => undefined).unref();
  keeper.stdin?.on('error', () => undefined);
  return new KeptRun(folder, job, keeper.pid, undefined);
}

/** The runs below `root` that go on, or have ended and nobody was told; what is known to somebody is cleared away. */
export async function findRuns(root: string): Promise<readonly KeptRun[]> {
  const names = await readdir(root).catch(() => []);
  const found = await Promise.all(names.map((name) => findRun(join(root, name))));
  // With nothing in it, nobody looks there any more.
  await rmdir(root).catch(() => undefined);
  return found.filter((one) => one !== undefined).sort((a, b) => a.job.startedAt - b.job.startedAt);
}

async function findRun(folder: string): Promise<KeptRun | undefined> {
  const [job, state] = await Promise.all([readJob(folder), readState(folder)]);
  if (job && state && !existsSync(filesOf(folder).told)) {
    const isAlive = !state.end && (await isRunning(state.keeper));
    return new KeptRun(folder, job, isAlive ? state.keeper.pid : undefined, state);
  }
  // One without a state may be about to start, in another window of this workspace.
  if (state) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  return undefined;
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
