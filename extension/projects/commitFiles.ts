import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { causeOf } from '../tracking/errors';
import { UserError } from '../ui/userError';

const mostBytes = 64 * 1024 * 1024;

/** Runs git in a repository and answers what it writes. No argument is ever read by a shell. */
async function runGit(git: string, root: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(git, ['-C', root, ...args], {
    maxBuffer: mostBytes,
    windowsHide: true,
  });
  return stdout;
}

/**
 * A copy of a repository at a commit, in a new folder among the temporary ones; answers that folder. It borrows the objects of
 * the repository, in which nothing changes. Rejects with a UserError.
 */
export async function copyCommit(git: string, root: string, commit: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-'));
  try {
    await runGit(git, root, 'clone', '--quiet', '--shared', '--no-checkout', '--', root, folder);
    await runGit(git, folder, 'checkout', '--quiet', '--detach', commit);
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new UserError(`Git could not make a copy of ${root} at ${commit}: ${causeOf(error)}`, {
      cause: error,
    });
  }
}

/** The files that a commit has, by path from the repository's root, in git's order. */
export async function listFilesAt(git: string, root: string, commit: string): Promise<readonly string[]> {
  const listed = await runGit(git, root, 'ls-tree', '-r', '-z', '--name-only', '--full-tree', commit);
  return listed.split('\0').filter((path) => path !== '');
}

/** The files with the one first that a run names as its `source`, or else the MLproject of its folder. */
export function orderFiles(files: readonly string[], source: string): readonly string[] {
  const named = source.replaceAll('\\', '/');
  const folder = named.includes('#') ? named.slice(named.indexOf('#') + 1) : '';
  const project = (folder === '' ? 'MLproject' : `${folder}/MLproject`).toLowerCase();
  const rank = (path: string): number => {
    if (named === path || named.endsWith(`/${path}`)) return 0;
    return path.toLowerCase() === project ? 1 : 2;
  };
  return [...files].sort((a, b) => rank(a) - rank(b));
}
