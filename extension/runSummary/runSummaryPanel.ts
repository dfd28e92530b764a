import type { Disposable } from '../catalog/emitter';
import type { RunTarget } from '../manifest';
import type { Session, Sessions } from '../session';
import { causeOf, isCancellation, TrackingError } from '../tracking/errors';
import { isUnfinished, parentRunIdOf, type Run } from '../tracking/model';
import { demandSessionOf } from '../ui/demandSession';
import { Lifetime } from '../ui/lifetime';
import type { Panel } from '../ui/panelHost';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import {
  loadArtifacts,
  openParent,
  refresh,
  runAction,
  show,
  type ArtifactQuery,
  type ArtifactRow,
  type RunAction,
  type RunSummarySnapshot,
  type RunSummarySubject,
} from '../../webviews/protocol/runSummary';
import { listArtifactRows, summarizeRun, type KnownModels } from './summary';

/** Keeps an unfinished run fresh for as long as it is wanted. */
export interface RunWatcher {
  watchRun(experimentId: string, runId: string): Disposable;
}

export interface RunSummarySources {
  readonly sessions: Pick<Sessions, 'state' | 'demand' | 'retry' | 'onDidChange'>;
  readonly runWatcher: RunWatcher;
  readonly runCommand: (action: RunAction, target: RunTarget) => unknown;
}

type SummaryPanel = Pick<
  Panel,
  'channel' | 'isVisible' | 'onDidBecomeReady' | 'onDidChangeVisibility' | 'onDidDispose' | 'title' | 'reveal'
>;

/** As much of a run's name as fits a tab. */
const longestTitle = 60;

const loadingModels: KnownModels = { kind: 'loading' };

/** One panel that shows one run at a time: the next run takes its place. Ends with its panel. */
export class RunSummaryPanel implements Disposable {
  private readonly lifetime = new Lifetime();
  private subscription: { readonly session: Session; readonly end: Disposable } | undefined;
  private watch: { readonly runId: string; readonly end: Disposable } | undefined;
  private snapshot: RunSummarySnapshot;
  private run: Run | undefined;
  private models = loadingModels;
  /** Counts what was asked for, so that a late answer is told from the last one. */
  private turn = 0;
  private isStale = false;

  constructor(
    private readonly panel: SummaryPanel,
    private readonly sources: RunSummarySources,
    private subject: RunSummarySubject,
  ) {
    this.snapshot = { kind: 'loading', subject };
    panel.channel.handle(loadArtifacts, (query) => this.loadArtifacts(query));
    panel.channel.handle(refresh, () => this.refresh());
    panel.channel.listen(runAction, ({ action }) => {
      sources.runCommand(action, { runId: this.subject.runId });
    });
    panel.channel.listen(openParent, () => {
      this.openParent();
    });
    this.lifetime.add(
      panel.onDidBecomeReady(() => {
        this.send();
      }),
    );
    this.lifetime.add(
      panel.onDidChangeVisibility(() => {
        this.attend();
      }),
    );
    this.lifetime.add(
      sources.sessions.onDidChange(() => {
        this.followConnection();
      }),
    );
    this.lifetime.add(
      panel.onDidDispose(() => {
        this.dispose();
      }),
    );
    void this.load();
  }

  /** Shows a run instead of the one before. */
  show(subject: RunSummarySubject): void {
    const isSame =
      subject.runId === this.subject.runId && subject.connectionUri === this.subject.connectionUri;
    if (isSame && this.snapshot.kind === 'ready') {
      this.catchUp();
      return;
    }
    this.subject = subject;
    this.run = undefined;
    this.become({ kind: 'loading', subject });
    void this.load();
  }

  reveal(preserveFocus: boolean): void {
    this.panel.reveal(preserveFocus);
  }

  dispose(): void {
    this.turn++;
    this.watch?.end.dispose();
    this.subscription?.end.dispose();
    this.lifetime.dispose();
  }

  /** Reads the run and its models from the catalog. What fails is shown, unless the run is already there to see. */
  private async load(): Promise<void> {
    const turn = ++this.turn;
    this.isStale = false;
    try {
      const session = await this.demandSession();
      if (turn !== this.turn) return;
      this.subscribeTo(session);
      const run = await session.catalog.run(this.subject.runId);
      if (turn !== this.turn) return;
      if (run.id !== this.run?.id) this.models = loadingModels;
      this.run = run;
      this.publish(session);
      await this.loadRest(session, run, turn);
    } catch (error) {
      const mayPass = error instanceof TrackingError && error.kind !== 'notFound';
      const isConnected = this.sources.sessions.state.kind === 'ready';
      if (turn === this.turn && !(this.run && mayPass && isConnected)) this.fail(error);
    }
  }

  /** What the run can be shown without. */
  private async loadRest(session: Session, run: Run, turn: number): Promise<void> {
    const [models] = await Promise.all([
      readModels(session, run),
      session.catalog.findExperiment(run.experimentId) ?? session.catalog.experiments(),
    ]);
    if (turn !== this.turn) return;
    this.models = models;
    this.publish(session);
  }

  private demandSession(): Promise<Session> {
    return demandSessionOf(this.sources.sessions, this.subject.connectionUri, 'This run belongs');
  }

  /** Reads the run from the store again; for a failure that is shown, tries again from the connection on. */
  private async refresh(): Promise<null> {
    const { sessions } = this.sources;
    if (this.snapshot.kind === 'failed') {
      this.become({ kind: 'loading', subject: this.subject });
      if (sessions.state.kind === 'failed') await sessions.retry();
    } else if (sessions.state.kind === 'ready') {
      await this.readAnew(sessions.state.session);
    }
    if (this.snapshot.kind !== 'failed') await this.load();
    return null;
  }

  private async readAnew(session: Session): Promise<void> {
    const { runId } = this.subject;
    try {
      await session.catalog.refreshRun(runId);
    } catch (error) {
      const isGone = error instanceof TrackingError && error.kind === 'notFound';
      if (!isGone) throw error;
      if (runId === this.subject.runId) this.fail(error);
    }
  }

  private async loadArtifacts({ runId, path }: ArtifactQuery): Promise<readonly ArtifactRow[]> {
    // The view may still name a run that was just replaced; it never reads any other.
    if (runId !== this.subject.runId) throw new UserError('Another run is shown now.');
    const session = await this.demandSession();
    return listArtifactRows(await session.catalog.artifacts(runId, path));
  }

  private openParent(): void {
    const runId = this.run && parentRunIdOf(this.run);
    if (runId) this.show({ ...this.subject, runId });
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
      if (scope.kind !== 'runs' || scope.experimentId === this.run?.experimentId) this.catchUp();
    });
    this.subscription = { session, end };
  }

  /** Reads what changed, now or when somebody looks again. */
  private catchUp(): void {
    if (this.panel.isVisible) void this.load();
    else this.isStale = true;
  }

  private attend(): void {
    if (this.panel.isVisible && this.isStale) void this.load();
    this.watchRun();
  }

  /** Has an unfinished run watched while it can be seen. */
  private watchRun(): void {
    const run = this.panel.isVisible && this.run && isUnfinished(this.run) ? this.run : undefined;
    if (run?.id === this.watch?.runId) return;
    this.watch?.end.dispose();
    this.watch = run && { runId: run.id, end: this.sources.runWatcher.watchRun(run.experimentId, run.id) };
  }

  private publish(session: Session): void {
    if (!this.run) return;
    const experiment = session.catalog.findExperiment(this.run.experimentId);
    const run = summarizeRun(this.run, experiment, this.models);
    this.become({ kind: 'ready', subject: this.subject, run });
    this.panel.title = plainText(run.name, longestTitle) || run.id;
    this.watchRun();
  }

  private fail(error: unknown): void {
    this.run = undefined;
    const cause = isCancellation(error) ? 'Loading was stopped.' : causeOf(error);
    this.become({ kind: 'failed', subject: this.subject, cause });
    this.watchRun();
  }

  private become(snapshot: RunSummarySnapshot): void {
    const isNews = JSON.stringify(snapshot) !== JSON.stringify(this.snapshot);
    this.snapshot = snapshot;
    if (isNews) this.send();
  }

  private send(): void {
    this.panel.channel.send(show, this.snapshot);
  }
}

async function readModels(session: Session, run: Run): Promise<KnownModels> {
  try {
    return { kind: 'ready', models: await session.catalog.loggedModels(run) };
  } catch (error) {
    return { kind: 'failed', cause: isCancellation(error) ? 'Loading was stopped.' : causeOf(error) };
  }
}
