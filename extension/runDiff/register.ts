import * as vscode from 'vscode';
import { executeCommand, registerCommand, type ModelVersionTarget, type RunTarget } from '../manifest';
import type { Settings } from '../settings';
import type { Panel, PanelHost, PanelKind } from '../ui/panelHost';
import type { Report } from '../ui/report';
import { isRunDiffSubject, type RunDiffSubject } from '../../webviews/protocol/runDiff';
import type { RunDiffContext } from './chooseRuns';
import type { RunDiffPanel, RunDiffSources } from './runDiffPanel';
import { SelectedRun } from './selectedCommands';

export interface RunDiffOptions extends Pick<RunDiffSources, 'runWatcher'>, Omit<RunDiffContext, 'report'> {
  readonly panelHost: PanelHost;
  readonly report: Report;
  readonly settings: () => Settings;
}

const runDiff: PanelKind = {
  type: 'mlflow.runDiff',
  view: 'runDiff',
  title: 'Compare Runs',
  icon: 'run',
};

/** The comparison of runs: its commands, its panels, which outlive a restart, and the documents that VS Code compares. */
export function registerRunDiff(options: RunDiffOptions): vscode.Disposable {
  const panels = new Panels(options);
  const { report, panelHost } = options;
  const load = () => import('./runDiffCommands');
  const compare = async (given: readonly (RunTarget | undefined)[]) => {
    const subject = await (await load()).chooseSubject(options, given);
    if (subject) await panels.show(subject);
  };
  return vscode.Disposable.from(
    registerCommand('mlflow.run.compare', report.error, (one, all) => compare(all ?? [one])),
    new SelectedRun(options, report.error, compare),
    panelHost.reviveWith(runDiff, (panel, state) => {
      if (isRunDiffSubject(state)) panels.adopt(panel, state).catch(report.error);
      else panel.dispose();
    }),
    registerDocuments(options),
    registerSources(options),
  );
}

/** The open comparisons, one for each set of runs. */
class Panels {
  private readonly open = new Set<RunDiffPanel>();

  constructor(private readonly options: RunDiffOptions) {}

  async show(subject: RunDiffSubject): Promise<void> {
    const make = await this.load();
    // Nothing is waited for from here on, so that two quick commands share a panel.
    const present = [...this.open].find((panel) => panel.hasRunsOf(subject));
    if (present) present.reveal();
    else make(this.options.panelHost.open(runDiff, false), subject);
  }

  /** Its bundle is read before the view can say that it is ready. */
  async adopt(panel: Panel, subject: RunDiffSubject): Promise<void> {
    const make = await this.load();
    make(panel, subject);
  }

  /** What puts a comparison into a panel, read from its bundle. */
  private async load(): Promise<(panel: Panel, subject: RunDiffSubject) => void> {
    const { RunDiffPanel } = await import('./runDiffPanel');
    const sources: RunDiffSources = {
      ...this.options,
      rules: () => this.options.settings().metrics.direction,
      openRun: (run) => executeCommand('mlflow.run.open', run),
      compareIn: (place, runs) => executeCommand(`mlflow.run.${place}`, runs[0], runs),
      copy: (text) => vscode.env.clipboard.writeText(text),
    };
    return (panel, subject) => {
      const opened = new RunDiffPanel(panel, sources, subject);
      this.open.add(opened);
      panel.onDidDispose(() => this.open.delete(opened));
    };
  }
}

function registerDocuments(options: RunDiffOptions): vscode.Disposable {
  const { report, sessions } = options;
  const load = () => import('./documentCommands');
  const changed = new vscode.EventEmitter<vscode.Uri>();
  // Open documents are read again when they are asked for again.
  const renew = (uris: readonly vscode.Uri[]) => {
    for (const uri of uris) changed.fire(uri);
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider('mlflow-run-document', {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => (await load()).readDocument(sessions, uri),
    }),
    registerCommand('mlflow.run.compareInDiffEditor', report.error, async (one, all) =>
      renew(await (await load()).compareInDiffEditor(options, all ?? [one])),
    ),
    registerCommand(
      'mlflow.modelVersion.compare',
      report.error,
      async (one?: ModelVersionTarget, all?: readonly ModelVersionTarget[]) =>
        renew(await (await load()).compareModelVersions(options, all ?? [one])),
    ),
  );
}

function registerSources(options: RunDiffOptions): vscode.Disposable {
  const { report } = options;
  const load = () => import('./sourceCommands');
  return vscode.Disposable.from(
    registerCommand('mlflow.run.compareSource', report.error, async (one, all) =>
      (await load()).compareSource(options, all ?? [one]),
    ),
    registerCommand('mlflow.run.compareSourceWithWorkingTree', report.error, async (one) =>
      (await load()).compareSourceWithWorkingTree(options, [one]),
    ),
  );
}
