import type { Scope } from '../catalog/catalog';
import type { Disposable, Event } from '../catalog/emitter';
import type { Session, Sessions } from '../session';
import { causeOf, isCancellation } from '../tracking/errors';
import { readSearchText } from '../tracking/filter/composeFilter';
import type { LifecycleView, StoreChange } from '../tracking/store';
import { Lifetime } from '../ui/lifetime';
import { findDirection, type DirectionRules } from '../ui/metricDirection';
import type { PanelFrame } from '../ui/panelHost';
import { SessionFollower } from '../ui/sessionFollower';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { Watches } from '../ui/watches';
import type { Arrangement } from '../../webviews/protocol/arrangement';
import type { Direction } from '../../webviews/protocol/metrics';
import * as protocol from '../../webviews/protocol/runsTable';
import { actOnRuns, type RunCommands } from './actOnRuns';
import { answerTable } from './answerTable';
import { exportTable, type ExportPlaces } from './exportTable';
import type { FilterHistory } from './filterHistory';
import { describeSharing, type SavedViews } from './savedViews';
import type { TableModel } from './tableModel';

export interface RunsTableSources {
  readonly sessions: Pick<Sessions, 'state' | 'demand' | 'retry' | 'onDidChange'>;
  /** Keeps an unfinished run fresh for as long as it is wanted. */
  readonly runWatcher: { watchRun(experimentId: string, runId: string): Disposable };
  readonly createTable: CreateTable;
  readonly rules: () => DirectionRules;
  readonly onDidChangeRules: Event<void>;
  readonly history: FilterHistory;
  readonly views: SavedViews;
  readonly commands: RunCommands;
  readonly places: ExportPlaces;
}

/** The runs of experiments as a table, read from a session until it is disposed. */
export type CreateTable = (
  session: Session,
  experimentIds: readonly string[],
  directionOf: (metric: string) => Direction,
) => TableModel;

/** As much of a name as fits a tab. */
const longestTitle = 60;

/** One panel with the runs of one set of experiments. It owns how they are arranged. Ends with its panel. */
export class RunsTablePanel implements Disposable {
  private readonly lifetime = new Lifetime();
  private readonly watches = this.lifetime.add(new Watches());
  private readonly follower: SessionFollower;
  private model: TableModel | undefined;
  private snapshot: protocol.RunsTableSnapshot;
  /** Why there is no session to read from. */
  private failure: string | undefined;
  /** Added to the versions of the table, since another table begins anew. */
  private versionBase = 0;
  /** Whether deleted runs were shown when the table was last arranged: the catalog decides it. */
  private lifecycleView: LifecycleView | undefined;
  /** What changed while nobody looked. */
  private missed: ReadonlySet<string> | 'all' = new Set();

  constructor(
    private readonly panel: PanelFrame,
    private readonly sources: RunsTableSources,
    readonly subject: protocol.RunsTableSubject,
    private arrangement: Arrangement,
  ) {
    this.snapshot = { kind: 'loading', subject, arrangement };
    this.answerView();
    const { lifetime } = this;
    lifetime.add(panel.onDidBecomeReady(() => this.send()));
    lifetime.add(panel.onDidChangeVisibility(() => this.attend()));
    lifetime.add(sources.onDidChangeRules(() => this.renumber()));
    lifetime.add(panel.onDidDispose(() => this.dispose()));
    this.follower = lifetime.add(
      new SessionFollower({
        panel,
        sessions: sources.sessions,
        connectionUri: () => subject.connectionUri,
        whose: () => 'These runs belong',
        // The table reads runs by itself.
        concerns: () => false,
        begin: (session) => this.begin(session),
        read: (session, isCurrent) => this.read(session, isCurrent),
        fail: (error) => this.fail(error),
      }),
    );
    void this.follower.load();
  }

  /** The saved arrangements that can be shown. */
  get views(): readonly protocol.SavedView[] {
    return this.snapshot.kind === 'ready' ? this.snapshot.table.views : [];
  }

  reveal(preserveFocus: boolean): void {
    this.panel.reveal(preserveFocus);
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  /** Reads the runs again, or tries again from the connection on. */
  async refresh(): Promise<null> {
    const { sessions } = this.sources;
    if (this.model && this.failure === undefined) {
      await this.model.refresh();
      return null;
    }
    this.failure = undefined;
    this.publish();
    if (sessions.state.kind === 'failed') await sessions.retry();
    await this.follower.load();
    return null;
  }

  readAll(): void {
    this.model?.readAll();
  }

  async exportRuns(
    wanted: protocol.RunsExport,
    signal: AbortSignal,
  ): Promise<{ readonly runCount: number } | null> {
    const name = this.nameRuns(this.follower.session);
    return await exportTable(this.demandModel(), wanted, { name, places: this.sources.places, signal });
  }

  /** Saves, shows or deletes an arrangement by name; asks before what cannot be taken back. */
  async actOnView(action: 'save' | 'open' | 'delete', view: protocol.SavedView): Promise<null> {
    const { subject, sources } = this;
    const session = await this.follower.demand();
    const known = sources.views.find(subject, this.listExperiments(session), view);
    if (action === 'save') {
      if (known && !(await this.confirm(`Replace the view “${view.name}”?`, view, 'Replace'))) return null;
      await sources.views.save(session, subject, view, this.arrangement);
    } else if (!known) throw new UserError(`There is no view “${plainText(view.name)}”.`);
    else if (action === 'open')
      this.arrange(view.isShared ? { ...known, widths: this.arrangement.widths } : known);
    else if (!view.isShared || (await this.confirm(`Delete the view “${view.name}”?`, view, 'Delete')))
      await sources.views.delete(session, subject, view);
    this.publish();
    return null;
  }

  private async confirm(
    question: string,
    { isShared }: protocol.SavedView,
    action: string,
  ): Promise<boolean> {
    const detail = isShared ? 'It is shared with all who see the experiment.' : '';
    return await this.sources.commands.confirm(plainText(question), detail, action);
  }

  private answerView(): void {
    const { channel } = this.panel;
    const { sources } = this;
    answerTable(channel, {
      model: () => this.demandModel(),
      version: () => this.versionBase + (this.model?.state.kind === 'ready' ? this.model.state.version : 0),
      recent: () => sources.history.list(this.subject.connectionUri),
      onRows: () => this.watchRuns(),
    });
    channel.listen(protocol.arrange, (arrangement) => this.arrange(arrangement));
    channel.handle(protocol.actOnRuns, async ({ action, runIds }) => {
      await actOnRuns(action, runIds, sources.commands);
      return null;
    });
    channel.handle(protocol.exportRuns, (wanted, signal) => this.exportRuns(wanted, signal));
    channel.handle(protocol.actOnView, ({ action, ...view }) => this.actOnView(action, view));
    channel.handle(protocol.refresh, () => this.refresh());
    channel.listen(protocol.readAll, () => this.readAll());
    channel.listen(protocol.stopReading, () => this.model?.stopReading());
  }

  private demandModel(): TableModel {
    if (!this.model || this.failure !== undefined) throw new UserError('The runs are not there yet.');
    return this.model;
  }

  private arrange(arrangement: Arrangement): void {
    const { text } = arrangement.search;
    const isNewSearch = text !== this.arrangement.search.text;
    this.arrangement = arrangement;
    if (isNewSearch) this.remember(text.trim());
    this.model?.arrange(arrangement);
    this.publish();
    // Even where nothing came of it: the view waits for the answer.
    this.send();
  }

  private remember(text: string): void {
    const { kind } = readSearchText(text);
    if (kind === 'filter' || kind === 'name') this.sources.history.add(this.subject.connectionUri, text);
  }

  /** Has a session's runs in a table of its own. */
  private begin(session: Session): Disposable {
    const { createTable } = this.sources;
    const directionOf = (metric: string) => {
      const tags = this.listExperiments(session).map((experiment) => experiment.tags);
      return findDirection(metric, this.sources.rules(), tags);
    };
    const end = new Lifetime();
    const model = end.add(createTable(session, this.subject.experimentIds, directionOf));
    this.model = model;
    this.missed = new Set();
    this.lifecycleView = session.catalog.view;
    end.add({ dispose: () => this.forget(model) });
    end.add(model.onDidChange(() => this.publish()));
    end.add(session.catalog.onDidChange((scope) => this.followRuns(scope)));
    end.add(session.catalog.onDidChangeStore((change) => this.followStore(change)));
    model.arrange(this.arrangement);
    return end;
  }

  /** Another table begins to count anew: what it counts is put above all that was counted here. */
  private forget({ state }: TableModel): void {
    if (state.kind === 'ready') this.versionBase += Math.max(state.version, state.columnsVersion) + 1;
    this.model = undefined;
  }

  private async read({ catalog }: Session, isCurrent: () => boolean): Promise<void> {
    this.failure = undefined;
    if (this.lifecycleView !== catalog.view) this.model?.arrange(this.arrangement);
    this.lifecycleView = catalog.view;
    this.publish();
    await catalog.experiments();
    if (isCurrent()) this.publish();
  }

  private followStore(change: StoreChange): void {
    if (change.kind === 'all' || (change.kind === 'runs' && this.isOurs(change.experimentId)))
      this.catchUp('all');
  }

  /** Runs that came, went or moved are told of by the store; what is watched here may have done so too. */
  private followRuns(scope: Scope): void {
    if (scope.kind !== 'runs' || !this.isOurs(scope.experimentId)) return;
    this.catchUp(scope.runIds ?? this.model?.unfinished().map(({ runId }) => runId) ?? []);
  }

  private isOurs(experimentId: string): boolean {
    return this.subject.experimentIds.includes(experimentId);
  }

  /** Has runs read again, now or when somebody looks again. */
  private catchUp(runIds: readonly string[] | 'all'): void {
    const { missed } = this;
    if (!this.panel.isVisible) {
      this.missed = missed === 'all' || runIds === 'all' ? 'all' : new Set([...missed, ...runIds]);
    } else if (runIds === 'all') this.model?.follow();
    else if (runIds.length > 0) this.model?.follow(runIds);
  }

  private attend(): void {
    if (this.panel.isVisible) {
      const { missed } = this;
      this.missed = new Set();
      this.catchUp(missed === 'all' ? 'all' : [...missed]);
    }
    this.watchRuns();
  }

  /** Has the unfinished runs that were lately in sight watched while they can be seen. */
  private watchRuns(): void {
    const runs = this.panel.isVisible && this.failure === undefined ? (this.model?.unfinished() ?? []) : [];
    const watch = (experimentId: string, runId: string) => () =>
      this.sources.runWatcher.watchRun(experimentId, runId);
    this.watches.keep(new Map(runs.map(({ experimentId, runId }) => [runId, watch(experimentId, runId)])));
  }

  /** The user's word on what is better changes cells without any run having changed. */
  private renumber(): void {
    this.versionBase += 1;
    this.publish();
  }

  private listExperiments({ catalog }: Session) {
    return this.subject.experimentIds.flatMap((id) => catalog.findExperiment(id) ?? []);
  }

  private nameRuns(session: Session | undefined): string {
    const { experimentIds } = this.subject;
    const [id = ''] = experimentIds;
    if (experimentIds.length > 1) return `${experimentIds.length} experiments`;
    return plainText(session?.catalog.findExperiment(id)?.name ?? id, longestTitle);
  }

  private fail(error: unknown): void {
    if (this.model && this.follower.mayPass(error)) return;
    this.failure = isCancellation(error) ? 'Loading was stopped.' : causeOf(error);
    this.publish();
  }

  private publish(): void {
    const { session } = this.follower;
    this.become(this.describe(session));
    if (session) this.panel.title = `${this.nameRuns(session)} · Runs`;
    this.watchRuns();
  }

  private describe(session: Session | undefined): protocol.RunsTableSnapshot {
    const { subject, arrangement, failure } = this;
    const { state } = this.model ?? {};
    if (failure !== undefined) return { kind: 'failed', subject, arrangement, cause: failure };
    if (state?.kind === 'failed')
      return { kind: 'failed', subject, arrangement, cause: causeOf(state.error) };
    if (state?.kind !== 'ready' || !session) return { kind: 'loading', subject, arrangement };
    const experiments = subject.experimentIds.map((id) => ({
      id,
      name: session.catalog.findExperiment(id)?.name ?? id,
    }));
    const { kind, ...facts } = state;
    const table = {
      ...facts,
      experiments,
      version: this.versionBase + state.version,
      columnsVersion: this.versionBase + state.columnsVersion,
      views: this.sources.views.list(subject, this.listExperiments(session)),
      sharing: describeSharing(subject),
    };
    return { kind, subject, arrangement, table };
  }

  private become(snapshot: protocol.RunsTableSnapshot): void {
    const isNews = JSON.stringify(snapshot) !== JSON.stringify(this.snapshot);
    this.snapshot = snapshot;
    if (isNews) this.send();
  }

  private send(): void {
    this.panel.channel.send(protocol.show, this.snapshot);
  }
}
