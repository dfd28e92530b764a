import * as vscode from 'vscode';
import type { Session } from '../session';
import { webUrl } from './webUrl';

/** Opens a page of MLflow's web UI, by way of a forwarded port where VS Code runs elsewhere. */
export async function openInBrowser(session: Session, ...segments: readonly string[]): Promise<void> {
  const uri = vscode.Uri.parse(webUrl(session.connection.uri, ...segments), true);
  await vscode.env.openExternal(await vscode.env.asExternalUri(uri));
}
