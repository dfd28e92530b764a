import * as vscode from 'vscode';
import { Emitter } from '../catalog/emitter';
import type { SharedRunData } from '../histories/sharedRunData';
import { executeCommand, registerCommand } from '../manifest';
import { onDidChangeSettings, writeDirection, type Settings } from '../settings';
import { Lazy } from '../ui/lazy';
import type { PanelHost, PanelKind } from '../ui/panelHost';
import type { Report } from '../ui/report';
import { runScheme } from '../ui/treeRow';
import type { MetricsSubject } from '../../webviews/protocol/metrics';
import type { ChartCommands } from './chartCommands';
import type { RunWatcher } from './metricsPanel';
import type { MetricsPanels } from './metricsPanels';

export interface MetricsOptions extends ChartCommands {
  readonly panelHost: PanelHost;
  readonly runWatcher: RunWatcher;
  readonly runData: Lazy<SharedRunData>;
  readonly settings: () => Settings;
  readonly report: Report;
}

const metrics: PanelKind = {
  type: 'mlflow.metrics',
  view: 'metrics',
  title: 'MLflow Metrics',
  icon: 'metrics',
};

const load = () => import('./chartCommands');

/** The charts of runs: their commands, their panels, which outlive a restart, and the badges of the runs that they show. */
export function registerMetrics(options: MetricsOptions): vscode.Disposable {
  const { panelHost, report } = options;
  const badges = new RunBadges();
  const charts = new Charts(options, badges);
  const { error } = report;
  return vscode.Disposable.from(
    badges,
    vscode.window.registerFileDecorationProvider(badges),
    charts,
    registerCommand('mlflow.run.showCharts', error, async (one, all) =>
      charts.show(await (await load()).chooseRuns(options, all ?? [one]), undefined, one !== undefined),
    ),
    registerCommand('mlflow.experiment.showCharts', error, async (one) =>
      charts.show(await (await load()).chooseExperiment(options, one), undefined, one !== undefined),
    ),
    registerCommand('mlflow.metric.showChart', error, async (one) => {
      const chosen = await (await load()).chooseMetric(options, one);
      await charts.show(chosen?.subject, chosen?.metric, one !== undefined);
    }),
    panelHost.reviveWith(metrics, (panel, state) => {
      charts.demand().then((panels) => panels.revive(panel, state), error);
    }),
  );
}

/** The panels, read from their bundle when the first one is shown. */
class Charts implements vscode.Disposable {
  private readonly rulesChanged = new Emitter();
  private readonly subscription: vscode.Disposable;
  private settings: Settings;
  private readonly panels = new Lazy(() => this.create());

  constructor(
    private readonly options: MetricsOptions,
    private readonly badges: RunBadges,
  ) {
    this.settings = options.settings();
    this.subscription = onDidChangeSettings((settings) => {
      this.settings = settings;
      this.rulesChanged.fire();
    });
  }

  /** Shows the charts of a subject, if there is one, beside what is edited. */
  async show(
    subject: MetricsSubject | undefined,
    metric: string | undefined,
    preserveFocus: boolean,
  ): Promise<void> {
    if (subject) (await this.demand()).show(subject, metric, preserveFocus);
  }

  demand(): Promise<MetricsPanels> {
    return this.panels.demand();
  }

  dispose(): void {
    this.subscription.dispose();
    this.rulesChanged.dispose();
    this.panels.dispose();
  }

  private async create(): Promise<MetricsPanels> {
    const { panelHost, report, runData } = this.options;
    const [{ MetricsPanels }, files, shared] = await Promise.all([
      import('./metricsPanels'),
      import('./exportDialog'),
      runData.demand(),
    ]);
    return new MetricsPanels({
      ...this.options,
      files,
      colors: shared.colors,
      historiesOf: (session) => shared.historiesOf(session),
      open: (preserveFocus) => panelHost.open(metrics, preserveFocus, 'beside'),
      rules: () => this.settings.metrics.direction,
      onDidChangeRules: this.rulesChanged.event,
      openRun: (runId) => executeCommand('mlflow.run.open', { runId }),
      setDirection: (metric, direction) => writeDirection(metric, direction).catch(report.error),
      onDidShow: (colors) => this.badges.show(colors),
    });
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
