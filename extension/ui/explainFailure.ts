import type { LogOutputChannel } from 'vscode';
import { NoPythonError } from '../processes/findPython';
import { openPythonSetting } from './choosePython';
import type { Report } from './report';
import { UserError } from './userError';

/** What the user can mend of a program of ours is told with the way to mend it; everything else goes to where all errors go. */
export async function explainFailure(
  report: Report,
  log: Pick<LogOutputChannel, 'error' | 'show'>,
  error: unknown,
): Promise<void> {
  if (!(error instanceof UserError)) throw error;
  log.error(error.message);
  const mend = error instanceof NoPythonError ? ['Open Settings'] : [];
  const choice = await report.offer('error', error.message, ...mend, 'Show Log');
  if (choice === 'Show Log') log.show();
  if (choice === 'Open Settings') await openPythonSetting();
}
