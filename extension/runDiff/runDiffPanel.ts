import type { Disposable } from '../catalog/emitter';
import type { ArtifactTarget, RunTarget } from '../manifest';
import type { Session, Sessions } from '../session';
import { causeOf, isCancellation, TrackingError } from '../tracking/errors';
import { isUnfinished, type Run } from '../tracking/model';
import { Lifetime } from '../ui/lifetime';
import { findDirection, type DirectionRules } from '../ui/metricDirection';
import type { PanelFrame } from '../ui/panelHost';
import { SessionFollower, type RunsScope } from '../ui/sessionFollower';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { Watches } from '../ui/watches';
import {
  columnAction,
  compareArtifact,
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
import { readArtifactFolder } from '../ui/readArtifactFolder';
import { diffArtifacts } from './diffArtifacts';
import { diffRuns, type RunSource } from './diffRuns';
import { readModels, readRun, type ReadModels } from './readSources';
import { renderCsv, renderMarkdown } from './renderDiff';

/** Keeps an unfinished run fresh for as long as it is wanted. */
export interface RunWatcher {
  watchRun(experimentId: string, runId: string): Disposable;
}

export interface RunDiffSources {
  readonly sessions: Pick<Sessions, 'state' | 'demand' | 'retry' | 'onDidChange'>;
  readonly runWatcher: RunWatcher;
  /** What the user says of which values are better. */
  readonly rules: () => DirectionRules;
  /** The colours of runs that are shown together, in their order: the same as in charts. */
  readonly colorsOf: (connectionUri: string, runIds: readonly string[]) => readonly number[];
  readonly openRun: (run: RunTarget) => unknown;
  /** Compares two runs elsewhere: their documents, or their source. */
  readonly compareIn: (place: 'compareInDiffEditor' | 'compareSource', runs: readonly RunTarget[]) => unknown;
  /** Compares a file of two runs, or that of one with a file of the workspace. */
  readonly compareArtifacts: (artifacts: readonly ArtifactTarget[]) => unknown;
  readonly copy: (text: string) => Thenable<unknown>;
}

/** As much of a run's name as fits a tab beside another. */
const longestTitle = 30;

/** One panel that compares one set of runs, which the user may make smaller. Ends with its panel. */
export class RunDiffPanel implements Disposable {
  private readonly lifetime = new Lifetime();
  private readonly follower: SessionFollower;
  private readonly watches = this.lifetime.add(new Watches());
  private snapshot: RunDiffSnapshot;
  private snapshotText = '';
  private runs = new Map<string, RunSource>();
  private models: ReadModels = { models: new Map(), trouble: undefined };
  private isReadingAnew = false;

  constructor(
    private readonly panel: PanelFrame,
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
    panel.channel.listen(compareArtifact, ({ path, runIds }) => {
      const places = runIds.map((runId) => ({ runId, artifact: { path } }));
      if (runIds.every((id) => this.subject.runIds.includes(id))) sources.compareArtifacts(places);
    });
    this.lifetime.add(panel.onDidBecomeReady(() => this.send()));
    this.lifetime.add(panel.onDidChangeVisibility(() => this.watchRuns()));
    this.lifetime.add(panel.onDidDispose(() => this.dispose()));
    this.follower = this.lifetime.add(
      new SessionFollower({
        panel,
        sessions: sources.sessions,
        connectionUri: () => this.subject.connectionUri,
        whose: () => 'These runs belong',
        concerns: (scope) => !this.isReadingAnew && this.concerns(scope),
        read: (session, isCurrent) => this.read(session, isCurrent),
        fail: (error) => this.fail(error),
      }),
    );
    void this.follower.load();
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
    this.lifetime.dispose();
  }

  /** Reads the runs and their models from the catalog. A run that cannot be read has a column that says why. */
  private async read(session: Session, isCurrent: () => boolean): Promise<void> {
    const { runIds } = this.subject;
    const runs = await Promise.all(runIds.map((id) => readRun(session.catalog, id, this.runs.get(id))));
    if (!isCurrent()) return;
    this.runs = new Map(runs.map((run) => [run.kind === 'run' ? run.run.id : run.id, run]));
    this.publish(session);
    this.models = await readModels(session.catalog, runs);
    await session.catalog.experiments();
    if (isCurrent()) this.publish(session);
  }

  private async refresh(): Promise<null> {
    const { sessions } = this.sources;
    if (this.snapshot.kind === 'failed') {
      this.become({ kind: 'loading', subject: this.subject });
      if (sessions.state.kind === 'failed') await sessions.retry();
    } else if (sessions.state.kind === 'ready') {
      await this.readAnew(sessions.state.session);
    }
    await this.follower.load();
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

  /** A folder that is read already is not read again. */
  private async loadArtifacts(path: string): Promise<ArtifactDiff> {
    const { runIds } = this.subject;
    const { catalog } = await this.follower.demand();
    return diffArtifacts(await Promise.all(runIds.map((id) => readArtifactFolder(catalog, id, path))));
  }

  private async copy({ format, folders, ...options }: DiffCopy): Promise<null> {
    const { snapshot } = this;
    if (snapshot.kind !== 'ready') throw new UserError('There is nothing to copy yet.');
    const read = await Promise.all(folders.map((path) => this.loadArtifacts(path)));
    const render = format === 'csv' ? renderCsv : renderMarkdown;
    await this.sources.copy(
      render(snapshot.diff, { ...options, artifacts: read.flatMap(({ rows }) => rows) }),
    );
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

  private concerns({ experimentId, runIds }: RunsScope): boolean {
    if (runIds) return runIds.some((id) => this.subject.runIds.includes(id));
    return [...this.runs.values()].some(
      (source) => source.kind === 'unknown' || source.run.experimentId === experimentId,
    );
  }

  /** Has unfinished runs watched while they can be seen. */
  private watchRuns(): void {
    const shown = this.panel.isVisible ? this.known() : [];
    const runs = shown.flatMap((source) => (source.kind === 'run' ? source.run : []));
    const watch = (run: Run) => () => this.sources.runWatcher.watchRun(run.experimentId, run.id);
    this.watches.keep(new Map(runs.filter(isUnfinished).map((run) => [run.id, watch(run)])));
  }

  /** The runs that are compared, as far as they are read. */
  private known(): readonly RunSource[] {
    return this.subject.runIds.flatMap((id) => this.runs.get(id) ?? []);
  }

  private publish({ catalog }: Session): void {
    const { runIds, baselineId, connectionUri } = this.subject;
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
      colors: this.sources.colorsOf(connectionUri, runIds),
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
