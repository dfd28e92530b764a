import * as vscode from 'vscode';
import type { SharedRunData } from '../histories/sharedRunData';
import { executeCommand, registerCommand, registerCommands, type RunTarget } from '../manifest';
import type { Settings } from '../settings';
import { Lazy } from '../ui/lazy';
import type { Panel, PanelHost, PanelKind } from '../ui/panelHost';
import type { Report } from '../ui/report';
import { isRunDiffSubject, type RunDiffSubject } from '../../webviews/protocol/runDiff';
import type { RunDiffContext } from './chooseRuns';
import type { RunDiffPanel, RunDiffSources } from './runDiffPanel';

export interface RunDiffOptions extends Pick<RunDiffSources, 'runWatcher'>, Omit<RunDiffContext, 'report'> {
  readonly panelHost: PanelHost;
  readonly report: Report;
  readonly settings: () => Settings;
  readonly runData: Lazy<SharedRunData>;
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
  const selected = new Lazy(
    async () => new (await import('./selectedCommands')).SelectedRun(options, compare),
  );
  return vscode.Disposable.from(
    registerCommand('mlflow.run.compare', report.error, (one, all) => compare(all ?? [one])),
    selected,
    registerCommand('mlflow.run.selectForCompare', report.error, async (run) =>
      (await selected.demand()).select(run),
    ),
    registerCommand('mlflow.run.compareWithSelected', report.error, async (one, all) =>
      (await selected.demand()).compareWith(all ?? [one]),
    ),
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
    const [{ RunDiffPanel }, { colors }] = await Promise.all([
      import('./runDiffPanel'),
      this.options.runData.demand(),
    ]);
    const sources: RunDiffSources = {
      ...this.options,
      rules: () => this.options.settings().metrics.direction,
      colorsOf: (uri, runIds) => colors.colorsOf(uri, runIds),
      openRun: (run) => executeCommand('mlflow.run.open', run),
      compareIn: (place, runs) => executeCommand(`mlflow.run.${place}`, runs[0], runs),
      compareArtifacts: ([one, other]) =>
        other
          ? executeCommand('mlflow.artifact.compare', one, one && [one, other])
          : executeCommand('mlflow.artifact.compareWithFile', one),
      copy: (text) => vscode.env.clipboard.writeText(text),
    };
    return (panel, subject) => {
      const opened = new RunDiffPanel(panel, sources, subject);
      this.open.add(opened);
      panel.onDidDispose(() => this.open.delete(opened));
    };
  }
}

const documentCommandIds = [
  'mlflow.run.compareInDiffEditor',
  'mlflow.modelVersion.compare',
  'mlflow.modelVersion.compareSignatures',
  'mlflow.modelVersion.compareRequirements',
  'mlflow.modelVersion.compareRuns',
] as const;

function registerDocuments(options: RunDiffOptions): vscode.Disposable {
  const { report } = options;
  const context = { ...options, fresh: new Map<string, string>() };
  const load = () => import('./documentCommands');
  const changed = new vscode.EventEmitter<vscode.Uri>();
  // Documents that were open already take the fresh text too.
  const renew = (uris: readonly vscode.Uri[]) => {
    for (const uri of uris) if (context.fresh.has(uri.toString())) changed.fire(uri);
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider('mlflow-run-document', {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => (await load()).readDocument(context, uri),
    }),
    registerCommands(documentCommandIds, report.error, async () =>
      (await load()).handleDocuments(context, renew),
    ),
  );
}

function registerSources(options: RunDiffOptions): vscode.Disposable {
  return registerCommands(
    ['mlflow.run.compareSource', 'mlflow.run.compareSourceWithWorkingTree'],
    options.report.error,
    async () => (await import('./sourceCommands')).handleSources(options),
  );
}
