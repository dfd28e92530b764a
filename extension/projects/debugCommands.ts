import * as vscode from 'vscode';
import type { Report } from '../ui/report';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { composeDebug } from './composeDebug';
import { type Launch, nameLaunch } from './launch';
import type { PreparedLaunch } from './launchCommands';

const debuggerId = 'ms-python.debugpy';

/** Starts the Python debugger on the script of an entry point; says how to get that debugger where there is none. */
export async function debugLaunch(
  launch: Launch,
  { file, program }: PreparedLaunch,
  report: Report,
): Promise<void> {
  if (!file) throw new UserError('Only a project in a folder of this machine can be debugged.');
  const configuration = composeDebug(launch, file, program, plainText(`Debug ${nameLaunch(launch)}`));
  if (!hasDebugger(configuration.type)) {
    const message =
      'Debugging needs the extension Python Debugger, which is not installed or not enabled here.';
    const choice = await report.offer('error', message, 'Find It');
    if (choice !== undefined)
      await vscode.commands.executeCommand('workbench.extensions.search', `@id:${debuggerId}`);
    return;
  }
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(program.cwd));
  await vscode.debug.startDebugging(folder, { ...configuration });
}

/** What of an extension's package.json is looked at. */
interface Contributing {
  readonly contributes?: { readonly debuggers?: readonly { readonly type?: string }[] };
}

function hasDebugger(type: string): boolean {
  return vscode.extensions.all.some(({ packageJSON }) =>
    (packageJSON as Contributing).contributes?.debuggers?.some((one) => one.type === type),
  );
}
