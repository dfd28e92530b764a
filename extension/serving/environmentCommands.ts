import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { findManagersHere } from '../processes/environmentManagers';
import { type FoundPython, NoPythonError } from '../processes/findPython';
import { choosePython } from '../ui/choosePython';
import { demandTrust } from '../ui/demandTrust';
import { copyTexts } from '../ui/copyText';
import type { TextDocuments } from '../ui/textDocuments';
import { withCancel } from '../ui/withCancel';
import { checkEnvironment } from './checkEnvironment';
import { writeReport } from './environmentReport';
import type { LineLog, ProgramContext } from './programCommands';

const whyTrust = 'Checking runs the Python of this workspace, so the workspace must be trusted first.';

/** `mlflow.environment.check`: shows what is there of all that MLflow may need, and how to get the rest. */
export async function showEnvironment(
  { settings, report }: ProgramContext,
  log: LineLog,
  documents: TextDocuments,
): Promise<void> {
  if (!(await demandTrust(report, whyTrust))) return;
  const findings = await withCancel('Looking at what MLflow finds here…', async (signal) => {
    const python = await findPython(settings().python.path, log, signal);
    const managers = findManagersHere('python' in python ? python : { python: '' });
    return await checkEnvironment({ python, managers, environment: process.env, home: homedir() }, signal);
  });
  const text = writeReport(findings);
  const uri = documents.set('MLflow Environment.md', text);
  await vscode.commands.executeCommand('markdown.showPreview', uri);
  const missing = findings.filter(({ isThere }) => !isThere).length;
  const message = missing === 0 ? 'All is there.' : `${missing} of ${findings.length} are not there.`;
  const choice = await report.offer('info', message, 'Copy as Markdown');
  if (choice !== undefined) await copyTexts([text], 'environment');
}

async function findPython(
  setting: string | undefined,
  log: LineLog,
  signal: AbortSignal,
): Promise<FoundPython | { readonly problem: string }> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const note = (line: string): void => {
    log.info(line);
  };
  try {
    return await choosePython({ setting, folder, log: note }, signal);
  } catch (error) {
    if (error instanceof NoPythonError) return { problem: error.message };
    throw error;
  }
}
