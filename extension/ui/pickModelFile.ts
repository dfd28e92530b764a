import * as vscode from 'vscode';
import { findFiles } from '../connections/workspaceFolders';
import { pickFrom, wholeList } from './pick';
import { UserError } from './userError';

/** More MLmodel files than this are not listed. */
const mostFiles = 2000;

/** The MLmodel file of the workspace: the only one, else one that the user picks; undefined when they turn away. */
export async function pickModelFile(): Promise<vscode.Uri | undefined> {
  const found = await findFiles('**/MLmodel', undefined, mostFiles);
  if (found.length === 0) throw new UserError('There is no MLmodel in this workspace.');
  const [only] = found;
  if (found.length === 1) return only;
  const listed = found.map((uri) => ({ uri, path: vscode.workspace.asRelativePath(uri) }));
  const chosen = await pickFrom({
    title: 'Choose an MLmodel',
    placeholder: 'Type a part of its path',
    ...wholeList(listed.sort((a, b) => a.path.localeCompare(b.path))),
    describe: ({ path }) => ({ label: path }),
  });
  return chosen?.uri;
}
