import type { Disposable, Event } from '../catalog/emitter';
import type { Session, Sessions } from '../session';
import { causeOf, isCancellation } from '../tracking/errors';
import { isUnfinished, type Run } from '../tracking/model';
import { Lifetime } from '../ui/lifetime';
import type { PanelFrame } from '../ui/panelHost';
import { SessionFollower } from '../ui/sessionFollower';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { Watches } from '../ui/watches';
import * as protocol from '../../webviews/protocol/metrics';
import { ChartReader } from './chartReader';
import { summarizeCharts } from './charts';
import { findDirection, type DirectionRules } from '../ui/metricDirection';
import type { HistoryCache } from '../histories/historyCache';
import type { RunColors } from '../catalog/runColors';
import type { NamedHistory } from './historyCsv';
import { readShownRuns, type ShownRuns } from './shownRuns';

/** Keeps unfinished runs fresh for as long as they are wanted. */
export interface RunWatcher {
  watchRun(experimentId: string, runId: string): Disposable;
  watchExperiment(experimentId: string): Disposable;
}

/** Asks the user where to, and writes there; false when they turn away. */
export interface Files {
  saveHistories(
    name: string,
    count: number,
    read: (index: number, signal: AbortSignal) => Promise<NamedHistory | undefined>,
  ): Promise<boolean>;
  saveFile(file: protocol.FileExport): Promise<boolean>;
}

export interface MetricsSources {
  readonly sessions: Pick<Sessions, 'state' | 'demand' | 'retry' | 'onDidChange'>;
  readonly runWatcher: RunWatcher;
  /** The histories of a session, which all panels share. */
  readonly historiesOf: (session: Session) => HistoryCache;
  readonly colors: RunColors;
  readonly rules: () => DirectionRules;
  readonly onDidChangeRules: Event<void>;
  readonly files: Files;
  readonly openRun: (runId: string) => unknown;
  readonly setDirection: (metric: string, direction: protocol.Direction) => unknown;
  /** The runs that are shown, with their colours. */
  readonly onDidShow: (colors: ReadonlyMap<string, number>) => void;
}

/** As much of a name as fits a tab. */
const longestTitle = 60;

/** One panel with the charts of one set of runs. Ends with its panel. */
export class MetricsPanel implements Disposable {
  private readonly lifetime = new Lifetime();
  private readonly closing = new AbortController();
  private readonly follower: SessionFollower;
  private reader: ChartReader | undefined;
  private readonly watches = this.lifetime.add(new Watches());
  private snapshot: protocol.MetricsSnapshot;
  private shown: ShownRuns | undefined;
  private isViewReady = false;
  private toReveal: string | undefined;

  constructor(
    private readonly panel: PanelFrame,
    private readonly sources: MetricsSources,
    readonly subject: protocol.MetricsSubject,
  ) {
    this.snapshot = { kind: 'loading', subject };
    this.answerView();
    const { lifetime } = this;
    lifetime.add(panel.onDidBecomeReady(() => this.greet()));
    lifetime.add(panel.onDidChangeVisibility(() => this.attend()));
    lifetime.add(sources.onDidChangeRules(() => this.applyRules()));
    lifetime.add(panel.onDidDispose(() => this.dispose()));
    this.follower = lifetime.add(
      new SessionFollower({
        panel,
        sessions: sources.sessions,
        connectionUri: () => subject.connectionUri,
        whose: () => (subject.runIds.length === 1 ? 'This run belongs' : 'These runs belong'),
        concerns: ({ experimentId }) => this.isOurs(experimentId),
        begin: (session) => this.begin(session),
        read: (session, isCurrent) => this.read(session, isCurrent),
        fail: (error) => this.fail(error),
      }),
    );
    this.send();
    void this.follower.load();
  }

  /** Brings the panel to the front, and a metric into sight. */
  reveal(metric: string | undefined, preserveFocus: boolean): void {
    this.toReveal = metric;
    this.panel.reveal(preserveFocus);
    this.revealMetric();
  }

  dispose(): void {
    this.closing.abort();
    this.lifetime.dispose();
  }

  private answerView(): void {
    const { channel } = this.panel;
    const { sources } = this;
    channel.handle(protocol.loadChart, (query, signal) => this.demandReader().loadChart(query, signal));
    channel.handle(protocol.readPoints, (query) => this.demandReader().readPoints(query));
    channel.handle(protocol.refresh, () => this.refresh());
    channel.handle(protocol.loadMoreRuns, () => this.loadMoreRuns());
    channel.handle(protocol.exportHistory, (wanted) => this.exportHistory(wanted));
    channel.handle(protocol.saveFile, (file) => sources.files.saveFile(file));
    channel.listen(protocol.watch, ({ metrics }) => this.reader?.watch(metrics));
    channel.listen(protocol.openRun, ({ runId }) => {
      if (this.findRun(runId)) sources.openRun(runId);
    });
    channel.listen(protocol.setDirection, ({ metric, direction }) => {
      sources.setDirection(metric, direction);
    });
  }

  private greet(): void {
    this.isViewReady = true;
    this.send();
    this.revealMetric();
  }

  private revealMetric(): void {
    if (this.toReveal === undefined || !this.isViewReady || this.snapshot.kind !== 'ready') return;
    this.panel.channel.send(protocol.reveal, { metric: this.toReveal });
    this.toReveal = undefined;
  }

  /** Reads the runs from the catalog. */
  private async read(session: Session, isCurrent: () => boolean): Promise<void> {
    const shown = await readShownRuns(session.catalog, this.subject, this.closing.signal);
    if (!isCurrent()) return;
    this.accept(session, shown);
    const [first] = shown.runs;
    if (!first || session.catalog.findExperiment(first.experimentId)) return;
    await session.catalog.experiments();
    if (isCurrent()) this.publish(session);
  }

  private demandReader(): ChartReader {
    if (!this.reader || this.snapshot.kind !== 'ready') throw new UserError('The runs are not there yet.');
    return this.reader;
  }

  private accept(session: Session, shown: ShownRuns): void {
    this.shown = shown;
    this.publish(session);
    this.reader?.setRuns(shown.runs);
    this.watchRuns();
  }

  private publish(session: Session): void {
    const { shown, subject, sources } = this;
    if (!shown) return;
    const ids = shown.runs.map(({ id }) => id);
    const colors = sources.colors.colorsOf(subject.connectionUri, ids);
    const findExperiment = (id: string) => session.catalog.findExperiment(id);
    const charts = summarizeCharts(subject, { shown, colors, findExperiment, rules: sources.rules() });
    this.become({ kind: 'ready', subject, charts });
    this.panel.title = `${plainText(charts.title, longestTitle)} · Metrics`;
    sources.onDidShow(new Map(ids.map((id, index) => [id, colors[index] ?? 0])));
  }

  private begin(session: Session): Disposable {
    this.reader = new ChartReader({
      histories: this.sources.historiesOf(session),
      directionOf: (metric) => this.directionOf(session, metric),
      onDidChange: (metrics) => this.panel.channel.send(protocol.changed, { metrics }),
    });
    this.reader.pause(!this.panel.isVisible);
    return this.reader;
  }

  private directionOf({ catalog }: Session, metric: string): protocol.Direction {
    const ids = [...new Set(this.shown?.runs.map(({ experimentId }) => experimentId))];
    const tags = ids.flatMap((id) => catalog.findExperiment(id)?.tags ?? []);
    return findDirection(metric, this.sources.rules(), tags);
  }

  private isOurs(experimentId: string): boolean {
    if (this.subject.runIds.length === 0) return experimentId === this.subject.experimentId;
    return this.shown?.runs.some((run) => run.experimentId === experimentId) ?? false;
  }

  /** Reads everything from the store again; for a failure that is shown, tries again from the connection on. */
  private async refresh(): Promise<null> {
    const { sessions } = this.sources;
    if (this.snapshot.kind === 'failed') {
      this.become({ kind: 'loading', subject: this.subject });
      if (sessions.state.kind === 'failed') await sessions.retry();
    } else if (sessions.state.kind === 'ready') {
      await this.readAnew(sessions.state.session);
      this.reader?.renew();
    }
    await this.follower.load();
    return null;
  }

  private async readAnew({ catalog }: Session): Promise<void> {
    const { experimentId, runIds } = this.subject;
    if (runIds.length === 0) {
      await catalog.refresh({ kind: 'runs', experimentId });
      return;
    }
    const experimentIds = new Set(this.shown?.runs.map((run) => run.experimentId));
    for (const id of experimentIds) {
      const own = this.shown?.runs.filter((run) => run.experimentId === id) ?? [];
      await catalog.renewRuns(
        id,
        own.map((run) => run.id),
        this.closing.signal,
      );
    }
  }

  private async loadMoreRuns(): Promise<null> {
    const { experimentId, runIds } = this.subject;
    const session = await this.follower.demand();
    if (runIds.length === 0) await session.catalog.loadMore({ kind: 'runs', experimentId });
    await this.follower.load();
    return null;
  }

  private async exportHistory({ metric, runIds }: protocol.HistoryExport): Promise<boolean> {
    const reader = this.demandReader();
    const runs = runIds.flatMap((id) => this.findRun(id) ?? []).filter((run) => run.metrics.has(metric));
    if (runs.length === 0) throw new UserError('None of these runs has this metric.');
    return await this.sources.files.saveHistories(metric, runs.length, async (index, signal) => {
      const run = runs[index];
      const history = run && (await reader.readHistory(run.id, metric, signal));
      return run && history && { runId: run.id, runName: run.name, metric, history };
    });
  }

  private findRun(runId: string): Run | undefined {
    return this.shown?.runs.find(({ id }) => id === runId);
  }

  private applyRules(): void {
    const { session } = this.follower;
    if (!session || this.snapshot.kind !== 'ready') return;
    this.publish(session);
    this.reader?.touchAll();
  }

  /** A hidden view is gone, and is loaded anew when it is seen again. */
  private attend(): void {
    const { isVisible } = this.panel;
    if (!isVisible) this.isViewReady = false;
    this.reader?.pause(!isVisible);
    this.watchRuns();
  }

  /** Has unfinished runs watched while they can be seen. */
  private watchRuns(): void {
    this.watches.keep(new Map(this.panel.isVisible ? this.listWatches() : []));
  }

  private listWatches(): readonly (readonly [id: string, begin: () => Disposable])[] {
    const { runWatcher } = this.sources;
    const { experimentId, runIds } = this.subject;
    if (runIds.length === 0) return [[experimentId, () => runWatcher.watchExperiment(experimentId)]];
    const runs = this.shown?.runs.filter(isUnfinished) ?? [];
    return runs.map((run) => [run.id, () => runWatcher.watchRun(run.experimentId, run.id)]);
  }

  /** Shows what failed, unless runs are already there to see. */
  private fail(error: unknown): void {
    if (this.shown && this.follower.mayPass(error)) return;
    this.shown = undefined;
    const cause = isCancellation(error) ? 'Loading was stopped.' : causeOf(error);
    this.become({ kind: 'failed', subject: this.subject, cause });
    this.sources.onDidShow(new Map());
    this.watchRuns();
  }

  private become(snapshot: protocol.MetricsSnapshot): void {
    const isNews = JSON.stringify(snapshot) !== JSON.stringify(this.snapshot);
    this.snapshot = snapshot;
    if (!isNews) return;
    this.send();
    this.revealMetric();
  }

  private send(): void {
    this.panel.channel.send(protocol.show, this.snapshot);
  }
}
