import * as vscode from 'vscode';
import type { Report } from './report';

/** Whether the workspace is trusted; where it is not, the user is told `why` it must be and shown the way. */
export async function demandTrust(report: Report, why: string): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const choice = await report.offer('error', why, 'Manage Trust');
  if (choice !== undefined) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}
