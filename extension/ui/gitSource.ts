import * as vscode from 'vscode';
import type { Run } from '../tracking/model';
import { readCommit } from '../tracking/runSource';
import { plainText } from './text';
import { UserError } from './userError';

/** A change as VS Code's Git extension tells it. */
export interface GitChange<Uri = vscode.Uri> {
  /** Where the file is after the change; after a rename, `renameUri` or this. */
  readonly uri: Uri;
  readonly originalUri: Uri;
  readonly renameUri: Uri | undefined;
  readonly status: number;
}

/** What is used of the API of VS Code's own Git extension, version 1. */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly HEAD?: { readonly name?: string; readonly commit?: string } | undefined;
    readonly indexChanges: readonly GitChange[];
    readonly mergeChanges: readonly GitChange[];
    /** With the files that git does not know, unless a setting has them apart. */
    readonly workingTreeChanges: readonly GitChange[];
    readonly untrackedChanges?: readonly GitChange[];
  };
  /** Has `state` read again. */
  status(): Promise<void>;
  checkout(treeish: string): Promise<void>;
  getCommit(ref: string): Promise<{ readonly hash: string }>;
  diffBetween(one: string, other: string): Promise<readonly GitChange[]>;
  diffWith(ref: string): Promise<readonly GitChange[]>;
}

export interface GitApi {
  readonly git: { readonly path: string };
  readonly repositories: readonly GitRepository[];
  openRepository(root: vscode.Uri): Promise<GitRepository | null>;
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** A run, by the name that people know, and the commit that it ran from. */
export interface CommittedRun {
  readonly name: string;
  readonly commit: string;
}

/** VS Code's own Git extension. Rejects with a UserError where it cannot be had. */
export async function demandGit(): Promise<GitApi> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = extension && (extension.isActive ? extension.exports : await extension.activate());
  if (!git?.enabled) {
    throw new UserError(
      'VS Code’s Git extension is off or finds no git. Enable it, and the setting git.enabled.',
    );
  }
  return git.getAPI(1);
}

/** The commit that a run names; a tag may say anything, and what git is given as a commit is a hash. Throws a UserError. */
export function demandCommit(run: Run): string {
  const commit = readCommit(run)?.trim();
  const name = plainText(run.name || run.id, 60);
  if (commit === undefined) {
    throw new UserError(
      `Run “${name}” carries no git commit. MLflow notes one when a script runs inside a git repository and GitPython is installed.`,
    );
  }
  if (!isCommit(commit)) {
    throw new UserError(`What run “${name}” carries as its git commit is none: ${plainText(commit, 60)}`);
  }
  return commit;
}

export function isCommit(text: string): boolean {
  return /^[0-9a-f]{7,64}$/i.test(text);
}

/** The repository that has the commits of all these runs. Rejects with a UserError where there is none. */
export async function demandRepository(git: GitApi, runs: readonly CommittedRun[]): Promise<GitRepository> {
  const repository = await findRepository(
    git,
    runs.map(({ commit }) => commit),
  );
  if (repository) return repository;
  const wanted = [
    ...new Set(runs.map(({ name, commit }) => `${shortenCommit(commit)} of run “${plainText(name, 60)}”`)),
  ];
  throw new UserError(
    `No git repository of this workspace has commit ${wanted.join(' and commit ')}. Open the folder of the code, or fetch the commits.`,
  );
}

/** The repository that has all these commits, open already or in one of the folders: the workspace's unless said. */
export async function findRepository(
  git: GitApi,
  commits: readonly string[],
  folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri),
): Promise<GitRepository | undefined> {
  for (const repository of git.repositories) if (await hasCommits(repository, commits)) return repository;
  const known = new Set(git.repositories.map(({ rootUri }) => rootUri.toString()));
  for (const uri of folders) {
    const repository = await git.openRepository(uri).catch(() => null);
    const isNew = repository && !known.has(repository.rootUri.toString());
    if (isNew && (await hasCommits(repository, commits))) return repository;
  }
  return undefined;
}

/** Of the Git extension's `Status`, which is numbers only: a file that git does not know. */
const untracked = 7;

/** Whether there is something in a repository that no commit has; files that git does not know count where `withUntracked`. */
export async function hasUncommitted(repository: GitRepository, withUntracked: boolean): Promise<boolean> {
  await repository.status();
  const { indexChanges, mergeChanges, workingTreeChanges, untrackedChanges = [] } = repository.state;
  const changes = [...indexChanges, ...mergeChanges, ...workingTreeChanges, ...untrackedChanges];
  return changes.some(({ status }) => withUntracked || status !== untracked);
}

export function shortenCommit(commit: string): string {
  return commit.slice(0, 7);
}

async function hasCommits(repository: GitRepository, commits: readonly string[]): Promise<boolean> {
  const found = await Promise.allSettled(commits.map((commit) => repository.getCommit(commit)));
  return found.every(({ status }) => status === 'fulfilled');
}
