import * as vscode from 'vscode';
import type { CommandHandlers, RunTarget } from '../manifest';
import { demandSession } from '../ui/demandSession';
import {
  type CommittedRun,
  demandCommit,
  demandGit,
  demandRepository,
  type GitRepository,
  shortenCommit,
} from '../ui/gitSource';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { chooseRuns, type HowMany, type RunDiffContext } from './chooseRuns';
import { pairChanges, type FilePair } from './pairChanges';
import { isDirty } from './runFacts';

/** A run and the commit that it ran from. */
interface Sourced extends CommittedRun {
  readonly isDirty: boolean;
}

/** What the commands do. */
export function handleSources(
  context: RunDiffContext,
): CommandHandlers<`mlflow.run.compareSource${'' | 'WithWorkingTree'}`> {
  return {
    'mlflow.run.compareSource': (one, all) => compareSource(context, all ?? [one]),
    'mlflow.run.compareSourceWithWorkingTree': (one) => compareSourceWithWorkingTree(context, [one]),
  };
}

/** `mlflow.run.compareSource`: what changed in the code from one run to the other, in VS Code's multi-file diff. */
async function compareSource(
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
  const repository = await demandRepository(git, [one, other]);
  if (one.commit === other.commit) {
    context.report.info(
      `Both runs ran from commit ${shortenCommit(one.commit)}. ${describeDirt([one, other])}`.trim(),
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
async function compareSourceWithWorkingTree(
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
  const repository = await demandRepository(git, [run]);
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

async function readBothWays(repository: GitRepository, one: string, other: string) {
  try {
    return await Promise.all([repository.diffBetween(one, other), repository.diffBetween(other, one)]);
  } catch (cause) {
    throw new UserError(
      `Git cannot compare ${shortenCommit(one)} with ${shortenCommit(other)}: they have no common history.`,
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
  return `${plainText(name, 40)} (${shortenCommit(commit)}${hasDirt ? ', uncommitted changes' : ''})`;
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
