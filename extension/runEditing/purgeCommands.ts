import * as vscode from 'vscode';
import { ManagedProcess } from '../processes/managedProcess';
import type { Session, Sessions } from '../session';
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
  /** The address of the server through which a store of this machine is changed, if the user agrees to that. */
  readonly demandServer: (session: Session, part: 'runs', signal: AbortSignal) => Promise<string>;
}

/** What has to be typed before anything is deleted for good. */
const word = 'delete';

/** Deletes all that is deleted in a local store for good, by MLflow itself, once the user has typed that they want it. */
export async function purge(context: PurgeContext): Promise<void> {
  const { report } = context;
  const session = await demandSession(context.sessions);
  const { connection, store } = session;
  const path = requirePurgeable(connection);
  if (
    !(await demandTrust(report, 'Python of this workspace is run, so the workspace must be trusted first.'))
  )
    return;
  const what = await describeDeleted(store, AbortSignal.timeout(countMs));
  if (what === undefined) throw new UserError('Nothing is deleted in this store.');
  const server = await context.demandServer(session, 'runs', new AbortController().signal);
  const typed = await askText({
    title: `Delete ${what} permanently`,
    prompt: `All that is deleted in ${path} goes for good, with its artifacts. Nobody can bring it back. Type “${word}” to go on`,
    findProblem: (text) => (text === word || text === '' ? undefined : `Type “${word}”, or press Escape.`),
  });
  if (typed === word) await collect(context, session, { path, server, what });
}

interface Purge {
  readonly path: string;
  readonly server: string;
  /** `2 runs` */
  readonly what: string;
}

async function collect(
  { settings, report, log }: PurgeContext,
  { connection, catalog }: Session,
  { path, server, what }: Purge,
): Promise<void> {
  const write = (line: string): void => log.info(line);
  try {
    await withCancel(`Deleting ${what} permanently…`, async (signal) => {
      const choice = { setting: settings().python.path, folder: vscode.workspace.workspaceFolders?.[0]?.uri };
      const { python } = await choosePython({ ...choice, log: write }, signal);
      const command = composePurge({ uri: connection.uri, path, server }, python, process.env);
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
