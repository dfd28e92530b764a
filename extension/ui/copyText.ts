import * as vscode from 'vscode';
import { withoutIcons } from './text';

const confirmation = 3000;

/** Puts the texts on the clipboard, one a line, and says so in passing. */
export async function copyTexts(texts: readonly string[], noun: string): Promise<void> {
  if (texts.length === 0) return;
  await vscode.env.clipboard.writeText(texts.join('\n'));
  const what = texts.length === 1 ? noun : `${texts.length} × ${noun}`;
  vscode.window.setStatusBarMessage(`$(check) Copied ${withoutIcons(what)}`, confirmation);
}
