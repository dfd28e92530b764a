import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { RunTarget } from '../manifest';
import type { Sessions } from '../session';
import type { Run } from '../tracking/model';
import { demandSession } from '../ui/demandSession';
import {
  type CommittedRun,
  demandCommit,
  demandGit,
  demandRepository,
  type GitApi,
  type GitRepository,
  hasUncommitted,
  shortenCommit,
} from '../ui/gitSource';
import { pickFrom, wholeList } from '../ui/pick';
import type { Report } from '../ui/report';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { listFilesAt, orderFiles } from './commitFiles';
import { askChoice } from './stepDialog';

export interface RestoreContext {
  readonly sessions: Pick<Sessions, 'state' | 'demand'>;
  readonly report: Pick<Report, 'confirm' | 'info' | 'offer'>;
}

/** The code of a run, in a repository of this machine. */
export interface RunCode extends CommittedRun {
  readonly git: GitApi;
  readonly repository: GitRepository;
  /** Where the run says that its code lay, as far as that tells files apart. */
  readonly source: string;
}

/** `mlflow.run.restore`: the files of the run's commit, checked out or only looked at. */
export async function restoreRun(context: RestoreContext, target: RunTarget): Promise<void> {
  const code = await findRunCode(context, target);
  const { repository, commit, name } = code;
  const answer = await askChoice(
    { title: `Restore the Code of ${plainText(name, 60)}`, step: 1, totalSteps: 1 },
    {
      placeholder: `Commit ${shortenCommit(commit)}, which ${nameFolder(repository)} has`,
      options: [
        {
          ...{ label: 'Open Source at Commit…', icon: 'go-to-file', value: openSource },
          description: 'a file as it was; nothing of yours changes',
        },
        {
          ...{ label: 'Check Out Commit', icon: 'git-commit', value: checkOut },
          description: `in ${nameFolder(repository)}, now at ${describeHead(repository)}`,
        },
      ],
    },
  );
  if (answer !== undefined && answer !== 'back') await answer.value(context, code);
}

/** Rejects with a UserError where the run names no commit, or no repository has it. */
export async function findRunCode({ sessions }: RestoreContext, { runId }: RunTarget): Promise<RunCode> {
  const { catalog } = await demandSession(sessions);
  const run: Run = await catalog.run(runId);
  const commit = demandCommit(run);
  const name = run.name || run.id;
  const git = await demandGit();
  const repository = await demandRepository(git, [{ name, commit }]);
  return { name, commit, git, repository, source: run.tags.get('mlflow.source.name') ?? '' };
}

/** Asks, then has Git check the commit out. What is not committed is in the way: then nothing happens. */
export async function checkOut(context: RestoreContext, code: RunCode): Promise<void> {
  const { report } = context;
  const { repository, commit, name } = code;
  const where = nameFolder(repository);
  if (await hasUncommitted(repository, false)) {
    const message = `${where} has changes that are not committed: commit or stash them before commit ${shortenCommit(commit)} is checked out.`;
    const choice = await report.offer('error', message, 'Open Source Control', 'Open Source at Commit…');
    if (choice === 'Open Source Control') await vscode.commands.executeCommand('workbench.view.scm');
    else if (choice !== undefined) await openSource(context, code);
    return;
  }
  const { HEAD: head } = repository.state;
  if (head?.commit?.startsWith(commit.toLowerCase())) {
    report.info(`${where} is at commit ${shortenCommit(commit)} already.`);
    return;
  }
  const before = describeHead(repository);
  const isMeant = await report.confirm(
    `Check out commit ${shortenCommit(commit)} in ${where}?`,
    `Its files become those of run “${plainText(name, 60)}”. It is at ${before} now, which stays; “Git: Checkout to…” leads back there.`,
    'Check Out',
  );
  if (!isMeant) return;
  try {
    await repository.checkout(commit);
  } catch (cause) {
    throw new UserError(`Git could not check out commit ${shortenCommit(commit)}: its own log says why.`, {
      cause,
    });
  }
  report.info(`${where} is at commit ${shortenCommit(commit)} now. It was at ${before}.`);
}

/** Has the user choose a file of the commit, the run's own first, and shows it as it was. */
export async function openSource(_: unknown, code: RunCode): Promise<void> {
  const { git, repository, commit, name } = code;
  const files = await listFilesAt(git.git.path, repository.rootUri.fsPath, commit);
  const items = orderFiles(files, code.source);
  const path = await pickFrom({
    title: `Source of ${plainText(name, 60)} at ${shortenCommit(commit)}`,
    placeholder: 'Type a part of its path',
    ...wholeList(items),
    describe: (file) => ({ label: file }),
  });
  if (path === undefined) return;
  const uri = git.toGitUri(vscode.Uri.joinPath(repository.rootUri, path), commit);
  const title = `${plainText(basename(path), 60)} (${shortenCommit(commit)})`;
  await vscode.commands.executeCommand('vscode.open', uri, {}, title);
}

function nameFolder({ rootUri }: GitRepository): string {
  return plainText(basename(rootUri.fsPath), 60);
}

function describeHead({ state: { HEAD: head } }: GitRepository): string {
  const commit = head?.commit === undefined ? 'no commit' : shortenCommit(head.commit);
  return head?.name === undefined ? commit : `${plainText(head.name, 60)} (${commit})`;
}
