import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findConfigFileProblem } from './backendConfig';
import { findLaunchProblem } from './checkLaunch';
import type { Launch } from './launch';
import type { ProjectFile } from './projectFile';
import { readProject } from './projectFolder';

/** A launch's project as it lies on the disk now. */
export interface CheckedProject {
  /** Undefined for a project that MLflow fetches. */
  readonly file: ProjectFile | undefined;
  /** Why MLflow could not carry out the launch; undefined where it can. */
  readonly problem: string | undefined;
}

/** Reads the project anew, since it may be edited at any time. Rejects with a UserError where it cannot be read. */
export async function checkProject(launch: Launch): Promise<CheckedProject> {
  const folder = launch.project.kind === 'folder' ? launch.project.path : undefined;
  const file = folder === undefined ? undefined : await readProject(folder);
  const exists = (path: string): boolean => existsSync(resolve(folder ?? '', path));
  return { file, problem: findLaunchProblem(launch, file, exists) ?? findConfigFileProblem(launch) };
}
