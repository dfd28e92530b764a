import * as vscode from 'vscode';
import type { Disposable } from '../catalog/emitter';
import { composePythonEnvironment } from '../processes/pythonEnvironment';
import type { Artifact, Run } from '../tracking/model';
import type { TrackingStore } from '../tracking/store';
import { choosePython } from '../ui/choosePython';
import { demandTrust } from '../ui/demandTrust';
import { withCancel } from '../ui/withCancel';
import type { TransferContext } from './transferContext';
import { PythonArtifacts } from './transferPython';
import { findTransferSource, liesInCloud } from './transferSource';

const whyTrust =
  "These artifacts are reached by MLflow's own Python, so the workspace must be trusted first.";

/** The workspace's MLflow, opened for the places that need it, and ended with the transfer. */
export class TransferPythons implements Disposable {
  private readonly opened = new Map<string, Promise<PythonArtifacts>>();

  constructor(
    private readonly context: Pick<TransferContext, 'report' | 'settings' | 'log'>,
    private readonly signal: AbortSignal,
  ) {}

  /** Lists folders of a run's artifacts, with progress where that is a matter of Python. */
  lister(store: TrackingStore, run: Run): (folder: string) => Promise<readonly Artifact[]> {
    const open = (place: string) => this.open(place);
    const list = async (folder: string, signal: AbortSignal) =>
      (await findTransferSource(store, run, open, signal)).list(folder, signal);
    return async (folder) =>
      liesInCloud(run)
        ? withCancel('Listing the artifacts of the run', (signal) => list(folder, signal))
        : list(folder, this.signal);
  }

  /** That of a place, started when it is first asked for. */
  open(place: string): Promise<PythonArtifacts> {
    const opening = this.opened.get(place) ?? this.start(place);
    this.opened.set(place, opening);
    return opening;
  }

  private async start(place: string): Promise<PythonArtifacts> {
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
    return new PythonArtifacts(place, { python, env });
  }

  dispose(): void {
    const end = (one: PythonArtifacts) => {
      one.dispose();
    };
    for (const opening of this.opened.values()) opening.then(end, () => undefined);
  }
}
