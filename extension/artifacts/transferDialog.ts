import { homedir } from 'node:os';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Artifact } from '../tracking/model';
import { askOption } from '../ui/inputs';
import { formatCount, formatSize } from '../ui/numbers';
import { pickFrom, wholeList } from '../ui/pick';
import type { Report } from '../ui/report';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import type { LeftOut } from './downloadPlan';
import type { CollisionChoice } from './downloadTarget';
import { toFileName } from './safeName';

/** What is asked before files are transferred. */

/** In bytes: more is asked about. */
export const askAbove = 2 ** 30;

/** Where a single file goes: its folder, and what it is called there. VS Code has asked whether to replace what is there. */
export async function askFile(
  name: string,
): Promise<{ readonly folder: string; readonly name: string } | undefined> {
  const defaultUri = vscode.Uri.joinPath(startFolder(), toFileName(name));
  const chosen = await vscode.window.showSaveDialog({ defaultUri, saveLabel: 'Download' });
  const path = chosen && localPath(chosen);
  return path === undefined ? undefined : { folder: dirname(path), name: basename(path) };
}

/** The folder that several files go to. */
export async function askFolder(): Promise<string | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      defaultUri: startFolder(),
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: 'Download Here',
      title: 'Choose the folder to download to',
    })) ?? [];
  return chosen && localPath(chosen);
}

/** The files, or the folder, to be uploaded. */
export async function askSources(): Promise<readonly string[]> {
  // Not every system has a dialog for both.
  const isFolder = await askOption('Upload to the run', 'What is to become artifacts?', [
    { label: 'Files…', value: false },
    { label: 'A folder…', value: true },
  ]);
  if (isFolder === undefined) return [];
  const chosen = await vscode.window.showOpenDialog({
    defaultUri: startFolder(),
    canSelectFiles: !isFolder,
    canSelectFolders: isFolder,
    canSelectMany: true,
    openLabel: 'Upload',
    title: isFolder ? 'Choose the folder to upload' : 'Choose the files to upload',
  });
  return (chosen ?? []).map(localPath);
}

function startFolder(): vscode.Uri {
  return (
    vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri ??
    vscode.Uri.file(homedir())
  );
}

function localPath(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath;
  throw new UserError(`Files are transferred to and from disks only, not ${uri.scheme}:.`);
}

/** What to do with files that are there already. */
export async function askCollision(taken: readonly string[]): Promise<CollisionChoice | undefined> {
  const [first = ''] = taken;
  const what = taken.length === 1 ? plainText(first, 60) : formatCount(taken.length, 'file');
  return await askOption<CollisionChoice>(
    'Download',
    `${what} ${taken.length === 1 ? 'is' : 'are'} there already`,
    [
      { label: 'Overwrite', description: 'Replace what is there', value: 'overwrite' },
      { label: 'Keep both', description: 'Give what comes a number', value: 'keepBoth' },
      { label: 'Skip', description: 'Download only what is not there', value: 'skip' },
    ],
  );
}

/** What to do with artifacts that are there already. */
export async function askReplacing(present: readonly string[]): Promise<'overwrite' | 'skip' | undefined> {
  const [first = ''] = present;
  const what = present.length === 1 ? plainText(first, 60) : formatCount(present.length, 'artifact');
  return await askOption('Upload', `${what} ${present.length === 1 ? 'is' : 'are'} there already`, [
    { label: 'Overwrite', description: 'Replace what is there, for everybody', value: 'overwrite' as const },
    { label: 'Skip', description: 'Upload only what is not there', value: 'skip' as const },
  ]);
}

/** Whether to go on: with much, or without what has to be left out. */
export async function confirmTransfer(
  report: Report,
  verb: 'Download' | 'Upload',
  {
    count,
    size,
    leftOut,
  }: { readonly count: number; readonly size: number; readonly leftOut: readonly LeftOut[] },
): Promise<boolean> {
  const isLarge = size > askAbove;
  if (!isLarge && leftOut.length === 0) return true;
  const without = leftOut.slice(0, 5).map(({ path, reason }) => `${plainText(path, 80)}: ${reason}`);
  if (leftOut.length > without.length) without.push(`And ${leftOut.length - without.length} more.`);
  const detail = [
    ...(isLarge ? [`${formatSize(size)} in all.`] : []),
    ...(without.length > 0 ? ['Left out:', ...without] : []),
  ];
  const [only] = leftOut;
  if (count === 0 && only)
    throw new UserError(`${plainText(only.path, 80)} cannot be transferred. ${only.reason}`);
  return await report.confirm(`${verb} ${formatCount(count, 'file')}?`, detail.join('\n'), verb);
}

interface Step {
  readonly path: string;
  readonly isFolder: boolean;
  readonly label: string;
  readonly isChosen: boolean;
}

/** Walks a run's artifacts with the user, to a file or folder, or only to folders; undefined when they turn away. */
export async function pickArtifact(
  list: (folder: string) => Promise<readonly Artifact[]>,
  purpose: { readonly title: string; readonly isFolder: boolean },
): Promise<string | undefined> {
  let folder = '';
  for (;;) {
    const found = await list(folder);
    const steps = found
      .filter(({ isDirectory }) => isDirectory || !purpose.isFolder)
      .map(({ path, isDirectory }) => ({
        ...{ path, isFolder: isDirectory, isChosen: !isDirectory },
        label: path.slice(folder === '' ? 0 : folder.length + 1),
      }));
    const here = {
      path: folder,
      isFolder: true,
      isChosen: true,
      label: folder === '' ? 'All artifacts' : folder,
    };
    const items: readonly Step[] = [here, ...steps];
    if (purpose.isFolder && steps.length === 0) return folder;
    const step = await pickFrom<Step>({
      title: purpose.title,
      placeholder: 'Type a part of its name',
      ...wholeList(items),
      describe: ({ path, label, isFolder, isChosen }) => ({
        label: isFolder && path !== '' ? `${label}/` : label,
        ...(isFolder && isChosen && path !== '' && { description: 'this folder' }),
      }),
    });
    if (!step || step.isChosen) return step?.path;
    folder = step.path;
  }
}
