import * as vscode from 'vscode';
import type { Disposable } from '../catalog/emitter';
import { composePythonEnvironment } from '../processes/pythonEnvironment';
import { choosePython } from '../ui/choosePython';
import { demandTrust } from '../ui/demandTrust';
import type { TransferContext } from './transferContext';
import { PythonArtifacts } from './transferPython';

const whyTrust =
  "These artifacts are reached by MLflow's own Python, so the workspace must be trusted first.";

/** The workspace's MLflow, opened for the places that need it, and ended with the transfer. */
export class TransferPythons implements Disposable {
  private readonly opened: PythonArtifacts[] = [];

  constructor(
    private readonly context: Pick<TransferContext, 'report' | 'settings' | 'log'>,
    private readonly signal: AbortSignal,
  ) {}

  async open(place: string): Promise<PythonArtifacts> {
    const { report, settings, log } = this.context;
    if (!(await demandTrust(report, whyTrust))) throw new vscode.CancellationError();
    const choice = {
      setting: settings().python.path,
      folder: vscode.workspace.workspaceFolders?.[0]?.uri,
      log: (line: string) => {
        log.info(line);
      },
    };
    const { python } = await choosePython(choice, this.signal);
    const env = composePythonEnvironment(python, process.env, () => true);
    const opened = new PythonArtifacts(place, { python, env });
    this.opened.push(opened);
    return opened;
  }

  dispose(): void {
    for (const one of this.opened) one.dispose();
  }
}
