import * as vscode from 'vscode';
import { Emitter } from '../catalog/emitter';
import type { SharedRunData } from '../histories/sharedRunData';
import { executeCommand, type CommandHandlers } from '../manifest';
import { onDidChangeSettings, writeDirection, type Settings } from '../settings';
import { Lifetime } from '../ui/lifetime';
import type { Panel } from '../ui/panelHost';
import type { Report } from '../ui/report';
import { runScheme } from '../ui/treeRow';
import type { MetricsSubject } from '../../webviews/protocol/metrics';
import { chooseExperiment, chooseMetric, chooseRuns, type ChartCommands } from './chooseCharts';
import * as files from './exportDialog';
import type { RunWatcher } from './metricsPanel';
import { MetricsPanels } from './metricsPanels';

export interface ChartsOptions extends ChartCommands {
  readonly runWatcher: RunWatcher;
  readonly runData: SharedRunData;
  readonly settings: () => Settings;
  readonly report: Report;
  readonly open: (preserveFocus: boolean) => Panel;
}

export type ChartCommandId = `mlflow.${'run' | 'experiment'}.showCharts` | 'mlflow.metric.showChart';

/** The charts of runs: what their commands do, their panels, and the badges of the runs that they show. */
export class Charts implements vscode.Disposable {
  readonly handlers: CommandHandlers<ChartCommandId>;
  private readonly lifetime = new Lifetime();
  private readonly panels: MetricsPanels;

  constructor(options: ChartsOptions) {
    this.handlers = {
      'mlflow.run.showCharts': async (one, all) =>
        this.show(await chooseRuns(options, all ?? [one]), undefined, one !== undefined),
      'mlflow.experiment.showCharts': async (one) =>
        this.show(await chooseExperiment(options, one), undefined, one !== undefined),
      'mlflow.metric.showChart': async (one) => {
        const chosen = await chooseMetric(options, one);
        this.show(chosen?.subject, chosen?.metric, one !== undefined);
      },
    };
    this.panels = this.createPanels(options);
  }

  revive(panel: Panel, state: unknown): void {
    this.panels.revive(panel, state);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  /** Shows the charts of a subject, if there is one, beside what is edited. */
  private show(
    subject: MetricsSubject | undefined,
    metric: string | undefined,
    preserveFocus: boolean,
  ): void {
    if (subject) this.panels.show(subject, metric, preserveFocus);
  }

  private createPanels(options: ChartsOptions): MetricsPanels {
    const { report, runData } = options;
    const badges = this.lifetime.add(new RunBadges());
    this.lifetime.add(vscode.window.registerFileDecorationProvider(badges));
    let settings = options.settings();
    const rulesChanged = this.lifetime.add(new Emitter());
    this.lifetime.add(
      onDidChangeSettings((changed) => {
        settings = changed;
        rulesChanged.fire();
      }),
    );
    const panels = new MetricsPanels({
      ...options,
      files,
      colors: runData.colors,
      historiesOf: (session) => runData.historiesOf(session),
      rules: () => settings.metrics.direction,
      onDidChangeRules: rulesChanged.event,
      openRun: (runId) => executeCommand('mlflow.run.open', { runId }),
      setDirection: (metric, direction) => writeDirection(metric, direction).catch(report.error),
      onDidShow: (colors) => badges.show(colors),
    });
    return this.lifetime.add(panels);
  }
}

/** A dot in the tree beside each run that charts show, in the colour that it has there. */
class RunBadges implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri[]>();
  readonly onDidChangeFileDecorations = this.changed.event;
  private colors: ReadonlyMap<string, number> = new Map();

  show(colors: ReadonlyMap<string, number>): void {
    const before = this.colors;
    this.colors = colors;
    const ids = new Set([...before.keys(), ...colors.keys()]);
    const news = [...ids].filter((id) => before.get(id) !== colors.get(id));
    if (news.length > 0)
      this.changed.fire(news.map((id) => vscode.Uri.from({ scheme: runScheme, path: `/${id}` })));
  }

  provideFileDecoration({ scheme, path }: vscode.Uri): vscode.FileDecoration | undefined {
    const color = scheme === runScheme ? this.colors.get(path.slice(1)) : undefined;
    if (color === undefined) return undefined;
    const themeColor = new vscode.ThemeColor(`mlflow.chartColor${(color % 10) + 1}`);
    return new vscode.FileDecoration('●', 'Shown in charts', themeColor);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
