import type { Disposable } from '../catalog/emitter';
import type { Panel } from '../ui/panelHost';
import { isMetricsSubject, type MetricsSubject } from '../../webviews/protocol/metrics';
import { MetricsPanel, type MetricsSources } from './metricsPanel';

export interface MetricsPanelsOptions extends Omit<MetricsSources, 'onDidShow'> {
  readonly open: (preserveFocus: boolean) => Panel;
  /** The runs that any panel shows, with their colours. */
  readonly onDidShow: (colors: ReadonlyMap<string, number>) => void;
}

/** All panels with charts: one for each set of runs. They share what they read. */
export class MetricsPanels implements Disposable {
  private readonly panels = new Map<MetricsPanel, ReadonlyMap<string, number>>();

  constructor(private readonly options: MetricsPanelsOptions) {}

  /** Shows the charts of a set of runs, in the panel that has it or in a new one, and brings a metric into sight. */
  show(subject: MetricsSubject, metric: string | undefined, preserveFocus: boolean): void {
    const present = [...this.panels.keys()].find((panel) => keyOf(panel.subject) === keyOf(subject));
    const panel = present ?? this.adopt(this.options.open(preserveFocus), subject);
    panel.reveal(metric, preserveFocus);
  }

  /** Takes a panel that is there after a restart; one whose state is not ours is closed. */
  revive(panel: Panel, state: unknown): void {
    const isOurs = isMetricsSubject(state) && (state.experimentId !== '' || state.runIds.length > 0);
    if (isOurs) this.adopt(panel, state);
    else panel.dispose();
  }

  dispose(): void {
    for (const panel of this.panels.keys()) panel.dispose();
    this.panels.clear();
  }

  private adopt(panel: Panel, subject: MetricsSubject): MetricsPanel {
    // A panel shows nothing before it has asked for its runs: by then it is known here.
    const adopted: MetricsPanel = new MetricsPanel(
      panel,
      { ...this.options, onDidShow: (colors) => this.note(adopted, colors) },
      subject,
    );
    this.panels.set(adopted, new Map());
    panel.onDidDispose(() => {
      this.panels.delete(adopted);
      this.tell();
    });
    return adopted;
  }

  private note(panel: MetricsPanel, colors: ReadonlyMap<string, number>): void {
    if (!this.panels.has(panel)) return;
    this.panels.set(panel, colors);
    this.tell();
  }

  private tell(): void {
    this.options.onDidShow(new Map([...this.panels.values()].flatMap((colors) => [...colors])));
  }
}

/** The same runs, in whatever order they were chosen. */
function keyOf({ connectionUri, experimentId, runIds }: MetricsSubject): string {
  return JSON.stringify([connectionUri, experimentId, [...runIds].sort()]);
}
