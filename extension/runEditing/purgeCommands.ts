import * as vscode from 'vscode';
import { ManagedProcess } from '../processes/managedProcess';
import type { Sessions } from '../session';
import type { Settings } from '../settings';
import { choosePython } from '../ui/choosePython';
import { demandSession } from '../ui/demandSession';
import { demandTrust } from '../ui/demandTrust';
import { explainFailure } from '../ui/explainFailure';
import { askText } from '../ui/inputs';
import type { Report } from '../ui/report';
import { UserError } from '../ui/userError';
import { withCancel } from '../ui/withCancel';
import { composePurge, describeDeleted, requirePurgeable } from './purge';

export interface PurgeContext {
  readonly sessions: Sessions;
  readonly settings: () => Settings;
  readonly report: Report;
  readonly log: vscode.LogOutputChannel;
}

/** What has to be typed before anything is deleted for good. */
const word = 'delete';

/** Deletes all that is deleted in a local store for good, by MLflow itself, once the user has typed that they want it. */
export async function purge({ sessions, settings, report, log }: PurgeContext): Promise<void> {
  const { connection, store, catalog } = await demandSession(sessions);
  const path = requirePurgeable(connection);
  if (
    !(await demandTrust(report, 'Python of this workspace is run, so the workspace must be trusted first.'))
  )
    return;
  const what = await describeDeleted(store, AbortSignal.timeout(countMs));
  if (what === undefined) throw new UserError('Nothing is deleted in this store.');
  const typed = await askText({
    title: `Delete ${what} permanently`,
    prompt: `All that is deleted in ${path} goes for good, with its artifacts. Nobody can bring it back. Type “${word}” to go on`,
    findProblem: (text) => (text === word ? undefined : `Type “${word}”, or press Escape.`),
  });
  if (typed !== word) return;
  const write = (line: string): void => log.info(line);
  try {
    await withCancel(`Deleting ${what} permanently…`, async (signal) => {
      const choice = { setting: settings().python.path, folder: vscode.workspace.workspaceFolders?.[0]?.uri };
      const { python } = await choosePython({ ...choice, log: write }, signal);
      const command = composePurge({ uri: connection.uri, path }, python, process.env);
      const options = { name: '“mlflow gc”', hideSecrets: (text: string) => text, log: write };
      await new ManagedProcess({ ...options, command }).finish(signal);
    });
  } catch (error) {
    await explainFailure(report, log, error);
  } finally {
    await catalog.refresh({ kind: 'all' });
  }
}

const countMs = 120_000;
