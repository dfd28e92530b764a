import * as vscode from 'vscode';
import type { DescriptionPlace, DescriptionSubject } from '../editing/descriptions';
import type { Session } from '../session';
import { toName } from './documentUri';

export const descriptionScheme = 'mlflow-description';

/** Opens the description of something as a Markdown document whose saving writes it; `name` is a stranger's. */
export async function openDescription(
  session: Session,
  subject: DescriptionSubject,
  name: string,
): Promise<void> {
  const place: DescriptionPlace = { ...subject, connectionUri: session.connection.uri };
  const uri = vscode.Uri.from({
    scheme: descriptionScheme,
    path: `/${toName(name)}.md`,
    query: JSON.stringify(place),
  });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}
