import * as vscode from 'vscode';
import { withoutIcons, withoutLinks } from './text';

/**
 * Questions stay open when the focus goes elsewhere: VS Code gives it back to a webview some time after the palette has closed, which
 * would close a question that had opened meanwhile; and people look things up before they answer. Escape closes them.
 */

export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly isSecret?: boolean | undefined;
  /** What is wrong with the text, as it is typed; undefined when nothing is. */
  readonly findProblem?: (text: string) => string | undefined;
}

/** Asks for a line of text; undefined when the user would rather stop. */
export async function askText(question: TextQuestion): Promise<string | undefined> {
  const { title, prompt, value, placeholder, isSecret, findProblem } = question;
  return await vscode.window.showInputBox({
    title,
    prompt: withoutLinks(withoutIcons(prompt)),
    value: value ?? '',
    password: isSecret ?? false,
    ignoreFocusOut: true,
    ...(placeholder !== undefined && { placeHolder: placeholder }),
    ...(findProblem && { validateInput: findProblem }),
  });
}

export interface Option<T> {
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
  readonly value: T;
}

/** Asks for one of a few; undefined when the user would rather stop. */
export async function askOption<T>(
  title: string,
  placeholder: string,
  options: readonly Option<T>[],
): Promise<T | undefined> {
  const items = options.map(({ description, detail, ...item }) => ({
    ...item,
    ...(description && { description }),
    ...(detail && { detail }),
  }));
  const settings = { title, placeHolder: placeholder, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, settings))?.value;
}
