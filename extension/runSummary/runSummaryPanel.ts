import type { Disposable } from '../catalog/emitter';
import type { RunTarget } from '../manifest';
import type { Session, Sessions } from '../session';
import { causeOf, isCancellation, TrackingError } from '../tracking/errors';
import { isUnfinished, parentRunIdOf, type Run } from '../tracking/model';
import { Lifetime } from '../ui/lifetime';
import type { PanelFrame } from '../ui/panelHost';
import { SessionFollower } from '../ui/sessionFollower';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { Watches } from '../ui/watches';
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

/** As much of a run's name as fits a tab. */
const longestTitle = 60;

const loadingModels: KnownModels = { kind: 'loading' };

/** One panel that shows one run at a time: the next run takes its place. Ends with its panel. */
export class RunSummaryPanel implements Disposable {
  private readonly lifetime = new Lifetime();
  private readonly follower: SessionFollower;
  private readonly watches = this.lifetime.add(new Watches());
  private snapshot: RunSummarySnapshot;
  private run: Run | undefined;
  private models = loadingModels;

  constructor(
    private readonly panel: PanelFrame,
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
        this.watchRun();
      }),
    );
    this.lifetime.add(
      panel.onDidDispose(() => {
        this.dispose();
      }),
    );
    this.follower = this.lifetime.add(
      new SessionFollower({
        panel,
        sessions: sources.sessions,
        connectionUri: () => this.subject.connectionUri,
        whose: () => 'This run belongs',
        concerns: ({ experimentId }) => experimentId === this.run?.experimentId,
        read: (session, isCurrent) => this.read(session, isCurrent),
        fail: (error) => this.fail(error),
      }),
    );
    void this.follower.load();
  }

  /** Shows a run instead of the one before. */
  show(subject: RunSummarySubject): void {
    const isSame =
      subject.runId === this.subject.runId && subject.connectionUri === this.subject.connectionUri;
    if (isSame && this.snapshot.kind === 'ready') {
      this.follower.catchUp();
      return;
    }
    this.subject = subject;
    this.run = undefined;
    this.become({ kind: 'loading', subject });
    void this.follower.load();
  }

  reveal(preserveFocus: boolean): void {
    this.panel.reveal(preserveFocus);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  /** Reads the run and its models from the catalog. */
  private async read(session: Session, isCurrent: () => boolean): Promise<void> {
    const run = await session.catalog.run(this.subject.runId);
    if (!isCurrent()) return;
    if (run.id !== this.run?.id) this.models = loadingModels;
    this.run = run;
    this.publish(session);
    await this.readRest(session, run, isCurrent);
  }

  /** What the run can be shown without. */
  private async readRest(session: Session, run: Run, isCurrent: () => boolean): Promise<void> {
    const [models] = await Promise.all([
      readModels(session, run),
      session.catalog.findExperiment(run.experimentId) ?? session.catalog.experiments(),
    ]);
    if (!isCurrent()) return;
    this.models = models;
    this.publish(session);
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
    if (this.snapshot.kind !== 'failed') await this.follower.load();
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
    const session = await this.follower.demand();
    return listArtifactRows(await session.catalog.artifacts(runId, path));
  }

  private openParent(): void {
    const runId = this.run && parentRunIdOf(this.run);
    if (runId) this.show({ ...this.subject, runId });
  }

  /** Has an unfinished run watched while it can be seen. */
  private watchRun(): void {
    const run = this.panel.isVisible && this.run && isUnfinished(this.run) ? this.run : undefined;
    const watch = (run: Run) => () => this.sources.runWatcher.watchRun(run.experimentId, run.id);
    this.watches.keep(new Map(run ? [[run.id, watch(run)]] : []));
  }

  private publish(session: Session): void {
    if (!this.run) return;
    const experiment = session.catalog.findExperiment(this.run.experimentId);
    const run = summarizeRun(this.run, experiment, this.models);
    this.become({ kind: 'ready', subject: this.subject, run });
    this.panel.title = plainText(run.name, longestTitle) || run.id;
    this.watchRun();
  }

  /** Shows what failed, unless the run is already there to see. */
  private fail(error: unknown): void {
    if (this.run && this.follower.mayPass(error)) return;
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
