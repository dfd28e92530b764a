import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KnownProcess } from '../processes/identifyProcess';
import type { Exit } from '../processes/keptProcess';
import type { Program } from '../processes/program';
import { UserError } from '../ui/userError';
import type { SweepPoint } from './composeSweep';
import type { Launch } from './launch';
import type { SweepProgress } from './sweepProcess';
import type { SweepParent } from './sweepPrograms';

/**
 * The folder of a run: by its files the window and the run's keeper, which may outlive each other, speak. No secret is among
 * them: credentials are in the keeper's environment only.
 */
export interface RunFiles {
  /** Written by the window: what is to be run. */
  readonly job: string;
  /** Written by the keeper: all that the run writes. */
  readonly log: string;
  /** Written by the keeper: how it stands. */
  readonly state: string;
  /** Written by a window: the run is to end. */
  readonly stop: string;
  /** Written by the window that tells how it ended: what others find written is not theirs to tell. */
  readonly told: string;
}

export function filesOf(folder: string): RunFiles {
  const file = (name: string): string => join(folder, name);
  return {
    ...{ job: file('job.json'), log: file('log.txt'), state: file('state.json') },
    ...{ stop: file('stop'), told: file('told') },
  };
}

/** What becomes of a run when its window closes. */
export type WindowCloses = 'goOn' | 'end';

interface AnyJob {
  /** What people call it. */
  readonly title: string;
  readonly whenWindowCloses: WindowCloses;
  /** The window that started it, which tells how it ended if it is still there. */
  readonly window: KnownProcess;
  /** The URI of the store that its runs go to, without secrets. */
  readonly store: string;
  /** In ms since 1970. */
  readonly startedAt: number;
  /** The program of one run; its environment is the keeper's own. */
  readonly program: Omit<Program, 'env'>;
}

/** What a keeper is to run. */
export type RunJob =
  | (AnyJob & { readonly kind: 'run' })
  | (AnyJob & {
      readonly kind: 'sweep';
      readonly launch: Launch;
      readonly points: readonly SweepPoint[];
      readonly atOnce: number;
      readonly parent: SweepParent;
    });

export interface RunState {
  readonly keeper: KnownProcess;
  readonly isStopping: boolean;
  /** The run that MLflow has made; a sweep's parent. */
  readonly runId?: string | undefined;
  /** Of a sweep. */
  readonly progress?: SweepProgress | undefined;
  readonly end?: RunEnd | undefined;
}

export interface RunEnd extends Exit {
  /** Whether somebody asked for it. */
  readonly isStopped: boolean;
  /** What could not be done at the end, in a sentence. */
  readonly complaint?: string | undefined;
}

/** Makes the folder of a run, for nobody but this user. Rejects with a UserError on a full disk. */
export async function makeRunFolder(folder: string, job: RunJob): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWhole(filesOf(folder).job, job);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (!isDiskFull(error)) throw error;
    throw new UserError(`The disk is full: there is no room in ${dirname(folder)}.`, { cause: error });
  }
}

/** Undefined where there is none that could be read. */
export function readJob(folder: string): Promise<RunJob | undefined> {
  return readWhole(filesOf(folder).job);
}

export function readState(folder: string): Promise<RunState | undefined> {
  return readWhole(filesOf(folder).state);
}

export function writeState(folder: string, state: RunState): Promise<void> {
  return writeWhole(filesOf(folder).state, state);
}

/** Nobody ever reads a half of it. On a full disk it takes the room of what was there before. */
async function writeWhole(path: string, value: RunJob | RunState): Promise<void> {
  const text = JSON.stringify(value, (_, one: unknown) => (one instanceof Map ? { map: [...one] } : one));
  try {
    await writeFile(`${path}.part`, text, { mode: 0o600 });
    await rename(`${path}.part`, path);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    await writeOver(path, Buffer.from(text)).catch(() => Promise.reject(error as Error));
  }
}

/** In one piece, and with blanks up to the end of what was longer, which JSON does not mind. */
async function writeOver(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const all = Buffer.concat([bytes, Buffer.alloc(Math.max(0, size - bytes.length), ' ')]);
    await file.write(all, 0, all.length, 0);
  } finally {
    await file.close();
  }
}

/** Whether the disk, or the user's share of it, has no room left. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

async function readWhole<T extends RunJob | RunState>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'), (_, one: unknown) =>
      isMap(one) ? new Map(one.map) : one,
    ) as T;
  } catch {
    return undefined;
  }
}

function isMap(value: unknown): value is { readonly map: readonly (readonly [string, string])[] } {
  return typeof value === 'object' && value !== null && Array.isArray((value as { map?: unknown }).map);
}
