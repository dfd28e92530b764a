import type { Disposable } from '../catalog/emitter';
import type { RunTarget } from '../manifest';
import type { Session, Sessions } from '../session';
import { causeOf, isCancellation, TrackingError } from '../tracking/errors';
import { isUnfinished } from '../tracking/model';
import { demandSessionOf } from '../ui/demandSession';
import { Lifetime } from '../ui/lifetime';
import { findDirection, type DirectionRules } from '../ui/metricDirection';
import type { Panel } from '../ui/panelHost';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import {
  columnAction,
  copyDiff,
  fewestRuns,
  loadArtifacts,
  refresh,
  show,
  type ArtifactDiff,
  type ColumnAction,
  type DiffCopy,
  type RunDiff,
  type RunDiffSnapshot,
  type RunDiffSubject,
} from '../../webviews/protocol/runDiff';
import { diffArtifacts } from './diffArtifacts';
import { diffRuns, type RunSource } from './diffRuns';
import { readFolder, readModels, readRun, type ReadModels } from './readSources';
import { renderCsv, renderMarkdown } from './renderDiff';

/** Keeps an unfinished run fresh for as long as it is wanted. */
export interface RunWatcher {
  watchRun(experimentId: string, runId: string): Disposable;
}

export interface RunDiffSources {
  readonly sessions: Pick<Sessions, 'state' | 'demand' | 'retry' | 'onDidChange'>;
  readonly runWatcher: RunWatcher;
  /** Which values of a metric are better, as the tags of the runs' experiments may say. */
  /** What the user says of which values are better. */
  readonly rules: () => DirectionRules;
  readonly openRun: (run: RunTarget) => unknown;
  /** Compares two runs elsewhere: their documents, or their source. */
  readonly compareIn: (place: 'compareInDiffEditor' | 'compareSource', runs: readonly RunTarget[]) => unknown;
  readonly copy: (text: string) => Thenable<unknown>;
}

type DiffPanel = Pick<
  Panel,
  'channel' | 'isVisible' | 'onDidBecomeReady' | 'onDidChangeVisibility' | 'onDidDispose' | 'title' | 'reveal'
>;

/** As much of a run's name as fits a tab beside another. */
const longestTitle = 30;

/** One panel that compares one set of runs, which the user may make smaller. Ends with its panel. */
export class RunDiffPanel implements Disposable {
  private readonly lifetime = new Lifetime();
  private subscription: { readonly session: Session; readonly end: Disposable } | undefined;
  private readonly watches = new Map<string, Disposable>();
  private snapshot: RunDiffSnapshot;
  private snapshotText = '';
  private runs = new Map<string, RunSource>();
  private models: ReadModels = { models: new Map(), trouble: undefined };
  /** Counts what was asked for, so that a late answer is told from the last one. */
  private turn = 0;
  private isStale = false;
  private isReadingAnew = false;

  constructor(
    private readonly panel: DiffPanel,
    private readonly sources: RunDiffSources,
    private subject: RunDiffSubject,
  ) {
    this.snapshot = { kind: 'loading', subject };
    panel.channel.handle(loadArtifacts, ({ path }) => this.loadArtifacts(path));
    panel.channel.handle(refresh, () => this.refresh());
    panel.channel.handle(copyDiff, (wanted) => this.copy(wanted));
    panel.channel.listen(columnAction, ({ action, runId }) => {
      if (this.subject.runIds.includes(runId)) this.act(action, runId);
    });
    this.lifetime.add(panel.onDidBecomeReady(() => this.send()));
    this.lifetime.add(panel.onDidChangeVisibility(() => this.attend()));
    this.lifetime.add(sources.sessions.onDidChange(() => this.followConnection()));
    this.lifetime.add(panel.onDidDispose(() => this.dispose()));
    void this.load();
  }

  /** Whether it compares just these runs, in whatever order. */
  hasRunsOf({ runIds, connectionUri }: RunDiffSubject): boolean {
    const own = new Set(this.subject.runIds);
    const isSame = own.size === runIds.length && runIds.every((id) => own.has(id));
    return isSame && connectionUri === this.subject.connectionUri;
  }

  reveal(): void {
    this.panel.reveal(false);
  }

  dispose(): void {
    this.turn++;
    for (const watch of this.watches.values()) watch.dispose();
    this.subscription?.end.dispose();
    this.lifetime.dispose();
  }

  /** Reads the runs and their models from the catalog. A run that cannot be read has a column that says why. */
  private async load(): Promise<void> {
    const turn = ++this.turn;
    this.isStale = false;
    try {
      const session = await this.demandSession();
      if (turn !== this.turn) return;
      this.subscribeTo(session);
      const { runIds } = this.subject;
      const runs = await Promise.all(runIds.map((id) => readRun(session.catalog, id, this.runs.get(id))));
      if (turn !== this.turn) return;
      this.runs = new Map(runs.map((run) => [run.kind === 'run' ? run.run.id : run.id, run]));
      this.publish(session);
      this.models = await readModels(session.catalog, runs);
      await session.catalog.experiments();
      if (turn === this.turn) this.publish(session);
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  private demandSession(): Promise<Session> {
    return demandSessionOf(this.sources.sessions, this.subject.connectionUri, 'These runs belong');
  }

  private async refresh(): Promise<null> {
    const { sessions } = this.sources;
    if (this.snapshot.kind === 'failed') {
      this.become({ kind: 'loading', subject: this.subject });
      if (sessions.state.kind === 'failed') await sessions.retry();
    } else if (sessions.state.kind === 'ready') {
      await this.readAnew(sessions.state.session);
    }
    await this.load();
    return null;
  }

  /** Reads each run from the store again; one that is gone is told by what is read then. */
  private async readAnew({ catalog }: Session): Promise<void> {
    this.isReadingAnew = true;
    try {
      const results = await Promise.allSettled(this.subject.runIds.map((id) => catalog.refreshRun(id)));
      const failure = results.find((result) => result.status === 'rejected' && !isGone(result.reason));
      if (failure?.status === 'rejected') throw failure.reason as Error;
    } finally {
      this.isReadingAnew = false;
    }
  }

  private async loadArtifacts(path: string): Promise<ArtifactDiff> {
    const { runIds } = this.subject;
    const { catalog } = await this.demandSession();
    return diffArtifacts(await Promise.all(runIds.map((id) => readFolder(catalog, id, path))));
  }

  private async copy({ format, ...options }: DiffCopy): Promise<null> {
    if (this.snapshot.kind !== 'ready') throw new UserError('There is nothing to copy yet.');
    const render = format === 'csv' ? renderCsv : renderMarkdown;
    await this.sources.copy(render(this.snapshot.diff, options));
    return null;
  }

  private act(action: ColumnAction, runId: string): void {
    const { baselineId, runIds } = this.subject;
    switch (action) {
      case 'open':
        this.sources.openRun({ runId });
        break;
      case 'remove':
        if (runIds.length > fewestRuns)
          this.rearrange(
            runIds.filter((id) => id !== runId),
            baselineId,
          );
        break;
      case 'setBaseline':
        this.rearrange(runIds, runId);
        break;
      case 'compareInDiffEditor':
      case 'compareSource':
        this.sources.compareIn(action, [{ runId: baselineId }, { runId }]);
    }
  }

  /** Compares some of the runs, or against another baseline, without reading anything. */
  private rearrange(runIds: readonly string[], baselineId: string): void {
    const [first = ''] = runIds;
    this.subject = { ...this.subject, runIds, baselineId: runIds.includes(baselineId) ? baselineId : first };
    const { state } = this.sources.sessions;
    if (state.kind === 'ready' && this.snapshot.kind === 'ready') this.publish(state.session);
  }

  private followConnection(): void {
    const { state } = this.sources.sessions;
    const isOurs = state.kind !== 'none' && state.connection.uri === this.subject.connectionUri;
    const isUnderWay = state.kind === 'connecting';
    const isKnown = state.kind === 'ready' && state.session === this.subscription?.session;
    if (!isOurs || !(isUnderWay || isKnown)) this.catchUp();
  }

  private subscribeTo(session: Session): void {
    if (this.subscription?.session === session) return;
    this.subscription?.end.dispose();
    const end = session.catalog.onDidChange((scope) => {
      if (scope.kind === 'models' || scope.kind === 'versions') return;
      if (scope.kind !== 'runs' || this.concerns(scope.experimentId, scope.runIds)) this.catchUp();
    });
    this.subscription = { session, end };
  }

  private concerns(experimentId: string, runIds: readonly string[] | undefined): boolean {
    if (runIds) return runIds.some((id) => this.subject.runIds.includes(id));
    return [...this.runs.values()].some(
      (source) => source.kind === 'unknown' || source.run.experimentId === experimentId,
    );
  }

  /** Reads what changed, now or when somebody looks again. */
  private catchUp(): void {
    if (this.isReadingAnew) return;
    if (this.panel.isVisible) void this.load();
    else this.isStale = true;
  }

  private attend(): void {
    if (this.panel.isVisible && this.isStale) void this.load();
    this.watchRuns();
  }

  /** Has unfinished runs watched while they can be seen. */
  private watchRuns(): void {
    const shown = this.panel.isVisible ? this.known() : [];
    const wanted = new Map(
      shown.flatMap((source) =>
        source.kind === 'run' && isUnfinished(source.run) ? [[source.run.id, source.run.experimentId]] : [],
      ),
    );
    for (const [id, watch] of this.watches) {
      if (wanted.has(id)) continue;
      watch.dispose();
      this.watches.delete(id);
    }
    for (const [id, experimentId] of wanted) {
      if (!this.watches.has(id)) this.watches.set(id, this.sources.runWatcher.watchRun(experimentId, id));
    }
  }

  /** The runs that are compared, as far as they are read. */
  private known(): readonly RunSource[] {
    return this.subject.runIds.flatMap((id) => this.runs.get(id) ?? []);
  }

  private publish({ catalog }: Session): void {
    const { runIds, baselineId } = this.subject;
    const sources = this.known().map((source): RunSource => {
      if (source.kind === 'unknown') return source;
      const experimentName = catalog.findExperiment(source.run.experimentId)?.name;
      return { ...source, experimentName, models: this.models.models.get(source.run.id) };
    });
    const { trouble } = this.models;
    const tags = this.known().flatMap((source) =>
      source.kind === 'run' ? (catalog.findExperiment(source.run.experimentId)?.tags ?? []) : [],
    );
    const diff = diffRuns(sources, {
      baseline: Math.max(0, runIds.indexOf(baselineId)),
      directionOf: (metric) => findDirection(metric, this.sources.rules(), tags),
      ...(trouble === undefined ? {} : { modelTrouble: trouble }),
    });
    this.become({ kind: 'ready', subject: this.subject, diff });
    this.panel.title = titleOf(diff);
    this.watchRuns();
  }

  private fail(error: unknown): void {
    this.runs.clear();
    const cause = isCancellation(error) ? 'Loading was stopped.' : causeOf(error);
    this.become({ kind: 'failed', subject: this.subject, cause });
    this.watchRuns();
  }

  private become(snapshot: RunDiffSnapshot): void {
    const text = JSON.stringify(snapshot);
    const isNews = text !== this.snapshotText;
    this.snapshot = snapshot;
    this.snapshotText = text;
    if (isNews) this.send();
  }

  private send(): void {
    this.panel.channel.send(show, this.snapshot);
  }
}

function isGone(error: unknown): boolean {
  return error instanceof TrackingError && error.kind === 'notFound';
}

function titleOf({ runs }: RunDiff): string {
  if (runs.length > 2) return `Compare ${runs.length} Runs`;
  return runs.map(({ name, id }) => plainText(name, longestTitle) || id.slice(0, 8)).join(' ↔ ');
}
