import * as vscode from 'vscode';
import { toSignal } from './cancellation';
import { plainText, withoutLinks } from './text';

const location = vscode.ProgressLocation.Notification;

/** Something that can be cancelled; `advance` tells what is under way, and how much of it is done, of 100. */
export type CancellableTask<T> = (
  signal: AbortSignal,
  advance: (line: string, percent?: number) => void,
) => Promise<T>;

/** Shows progress that can be cancelled. */
export function withCancel<T>(title: string, task: CancellableTask<T>): Thenable<T> {
  return vscode.window.withProgress(
    { location, title: withoutLinks(title), cancellable: true },
    (progress, token) => {
      let shown = 0;
      return task(toSignal(token), (line, percent) => {
        const increment = Math.max(0, (percent ?? 0) - shown);
        shown += increment;
        progress.report({ message: withoutLinks(plainText(line, 80)), ...(increment > 0 && { increment }) });
      });
    },
  );
}

/** Shows progress of what would leave things half done if it were stopped. */
export function withProgress<T>(title: string, task: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location, title: withoutLinks(title) }, task);
}
