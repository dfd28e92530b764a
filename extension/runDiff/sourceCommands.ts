import * as vscode from 'vscode';
import type { RunTarget } from '../manifest';
import type { Run } from '../tracking/model';
import { readCommit } from '../tracking/runSource';
import { demandSession } from '../ui/demandSession';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { chooseRuns, type HowMany, type RunDiffContext } from './chooseRuns';
import { pairChanges, type FilePair, type GitChange } from './pairChanges';
import { isDirty } from './runFacts';

/** What is used of the API of VS Code's own Git extension, version 1. */
interface GitRepository {
  readonly rootUri: vscode.Uri;
  getCommit(ref: string): Promise<{ readonly hash: string }>;
  diffBetween(one: string, other: string): Promise<readonly GitChange<vscode.Uri>[]>;
  diffWith(ref: string): Promise<readonly GitChange<vscode.Uri>[]>;
}

interface GitApi {
  readonly repositories: readonly GitRepository[];
  openRepository(root: vscode.Uri): Promise<GitRepository | null>;
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** A run and the commit that it ran from. */
interface Sourced {
  readonly name: string;
  readonly commit: string;
  readonly isDirty: boolean;
}

/** `mlflow.run.compareSource`: what changed in the code from one run to the other, in VS Code's multi-file diff. */
export async function compareSource(
  context: RunDiffContext,
  given: readonly (RunTarget | undefined)[],
): Promise<void> {
  const sourced = await chooseSourced(context, given, {
    least: 2,
    most: 2,
    title: 'Choose two runs whose source to compare',
  });
  const [one, other] = sourced ?? [];
  if (!one || !other) return;
  const git = await demandGit();
  const repository = await findRepository(git, [one, other]);
  if (one.commit === other.commit) {
    context.report.info(
      `Both runs ran from commit ${shorten(one.commit)}. ${describeDirt([one, other])}`.trim(),
    );
    return;
  }
  const [forward, backward] = await readBothWays(repository, one.commit, other.commit);
  const pairs = pairChanges(forward, backward);
  const title = `${titleOf(one)} ↔ ${titleOf(other)}`;
  await openChanges(
    title,
    pairs,
    (uri) => git.toGitUri(uri, one.commit),
    (uri) => git.toGitUri(uri, other.commit),
  );
  tellDirt(context, [one, other]);
}

/** `mlflow.run.compareSourceWithWorkingTree`: what changed in the code since the run, also what is not committed. */
export async function compareSourceWithWorkingTree(
  context: RunDiffContext,
  given: readonly (RunTarget | undefined)[],
): Promise<void> {
  const sourced = await chooseSourced(context, given, {
    least: 1,
    most: 1,
    title: 'Choose the run whose source to compare',
  });
  const [run] = sourced ?? [];
  if (!run) return;
  const git = await demandGit();
  const repository = await findRepository(git, [run]);
  const pairs = pairChanges(await repository.diffWith(run.commit), []);
  const title = `${titleOf(run)} ↔ Working Tree`;
  await openChanges(
    title,
    pairs,
    (uri) => git.toGitUri(uri, run.commit),
    (uri) => uri,
  );
  tellDirt(context, [run]);
}

async function chooseSourced(
  context: RunDiffContext,
  given: readonly (RunTarget | undefined)[],
  howMany: HowMany,
): Promise<readonly Sourced[] | undefined> {
  const targets = await chooseRuns(context, given, howMany);
  if (!targets) return undefined;
  const { catalog } = await demandSession(context.sessions);
  return await Promise.all(
    targets.map(async ({ runId }) => {
      const run = await catalog.run(runId);
      const commit = demandCommit(run);
      // Only they may say that there were uncommitted changes; without them, the run itself does.
      const models = await catalog.loggedModels(run).catch(() => []);
      return { name: run.name || run.id, commit, isDirty: isDirty(run, models) };
    }),
  );
}

/** A tag may say anything; what git is given as a commit is a hash. */
function demandCommit(run: Run): string {
  const commit = readCommit(run)?.trim();
  const name = plainText(run.name || run.id, 60);
  if (commit === undefined) {
    throw new UserError(
      `Run “${name}” carries no git commit. MLflow notes one when a script runs inside a git repository and GitPython is installed.`,
    );
  }
  if (!/^[0-9a-f]{7,64}$/i.test(commit)) {
    throw new UserError(`What run “${name}” carries as its git commit is none: ${plainText(commit, 60)}`);
  }
  return commit;
}

async function demandGit(): Promise<GitApi> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = extension && (extension.isActive ? extension.exports : await extension.activate());
  if (!git?.enabled) {
    throw new UserError(
      'VS Code’s Git extension is off or finds no git. Enable it, and the setting git.enabled.',
    );
  }
  return git.getAPI(1);
}

/** The repository that has the commits of all these runs, open already or in a folder of the workspace. */
async function findRepository(git: GitApi, runs: readonly Sourced[]): Promise<GitRepository> {
  for (const repository of git.repositories) if (await hasCommits(repository, runs)) return repository;
  const known = new Set(git.repositories.map(({ rootUri }) => rootUri.toString()));
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const repository = await git.openRepository(uri).catch(() => null);
    const isNew = repository && !known.has(repository.rootUri.toString());
    if (isNew && (await hasCommits(repository, runs))) return repository;
  }
  const wanted = [
    ...new Set(runs.map(({ name, commit }) => `${shorten(commit)} of run “${plainText(name, 60)}”`)),
  ];
  throw new UserError(
    `No git repository of this workspace has commit ${wanted.join(' and commit ')}. Open the folder of the code, or fetch the commits.`,
  );
}

async function hasCommits(repository: GitRepository, runs: readonly Sourced[]): Promise<boolean> {
  const found = await Promise.allSettled(runs.map(({ commit }) => repository.getCommit(commit)));
  return found.every(({ status }) => status === 'fulfilled');
}

async function readBothWays(repository: GitRepository, one: string, other: string) {
  try {
    return await Promise.all([repository.diffBetween(one, other), repository.diffBetween(other, one)]);
  } catch (cause) {
    throw new UserError(
      `Git cannot compare ${shorten(one)} with ${shorten(other)}: they have no common history.`,
      {
        cause,
      },
    );
  }
}

async function openChanges(
  title: string,
  pairs: readonly FilePair<vscode.Uri>[],
  toOriginal: (uri: vscode.Uri) => vscode.Uri,
  toModified: (uri: vscode.Uri) => vscode.Uri,
): Promise<void> {
  if (pairs.length === 0) throw new UserError('No file differs.');
  const resources = pairs.map(({ original, modified }) => [
    modified ?? original,
    original && toOriginal(original),
    modified && toModified(modified),
  ]);
  await vscode.commands.executeCommand('vscode.changes', title, resources);
}

function titleOf({ name, commit, isDirty: hasDirt }: Sourced): string {
  return `${plainText(name, 40)} (${shorten(commit)}${hasDirt ? ', uncommitted changes' : ''})`;
}

function tellDirt({ report }: RunDiffContext, runs: readonly Sourced[]): void {
  const dirt = describeDirt(runs);
  if (dirt !== '') report.info(dirt);
}

function describeDirt(runs: readonly Sourced[]): string {
  const names = [...new Set(runs.filter((run) => run.isDirty).map(({ name }) => `“${plainText(name, 60)}”`))];
  if (names.length === 0) return '';
  return `${names.join(' and ')} ran with uncommitted changes, which no commit has.`;
}

function shorten(commit: string): string {
  return commit.slice(0, 7);
}
