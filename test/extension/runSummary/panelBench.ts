import { equal } from 'node:assert/strict';
import { Attention } from '../../../extension/catalog/attention';
import { RunSummaryPanel } from '../../../extension/runSummary/runSummaryPanel';
import { Sessions } from '../../../extension/session';
import { TrackingError } from '../../../extension/tracking/errors';
import type { Artifact, LoggedModel, Run } from '../../../extension/tracking/model';
import type { TrackingStore } from '../../../extension/tracking/store';
import { show, type RunSummarySnapshot } from '../../../webviews/protocol/runSummary';
import { MemoryPanel } from '../memoryPanel';
import { aRun } from './runs';

/** Where the tested runs are kept. */
export const uri = 'http://mlflow:5000';

/** A panel without VS Code, over real sessions and a store in memory. */
export class PanelBench {
  readonly runs = new Map<string, Run>([['r1', aRun()]]);
  models: readonly LoggedModel[] = [];
  artifacts: readonly Artifact[] = [];
  runError: Error | undefined;
  connectError: Error | undefined;
  runRequests = 0;
  readonly commands: string[] = [];
  readonly watched = new Set<string>();
  readonly snapshots: RunSummarySnapshot[] = [];
  readonly panel = new MemoryPanel();
  readonly view = this.panel.view;
  private readonly sessions: Sessions;
  private readonly held = new Map<string, Promise<void>>();
  private notify: (() => void) | undefined;

  constructor() {
    this.view.listen(show, (snapshot) => {
      this.snapshots.push(snapshot);
      this.notify?.();
    });
    const openStore = () => Promise.resolve(this.store());
    this.sessions = new Sessions({
      openStore,
      pageSize: () => 100,
      attention: new Attention(),
      isSeen: () => true,
    });
    this.connectTo(uri);
  }

  open(runId: string): RunSummaryPanel {
    const sources = {
      sessions: this.sessions,
      runCommand: (action: string, target: { readonly runId: string }) =>
        this.commands.push(`${action} ${target.runId}`),
      runWatcher: {
        watchRun: (experimentId: string, id: string) => {
          this.watched.add(`${experimentId} ${id}`);
          return { dispose: () => this.watched.delete(`${experimentId} ${id}`) };
        },
      },
    };
    return new RunSummaryPanel(this.panel, sources, { runId, connectionUri: uri });
  }

  connectTo(place: string): void {
    const authorize = () => Promise.resolve(new Map<string, string>());
    this.sessions.use({ uri: place, source: 'userSetting', sourceLabel: '', authorize });
  }

  /** What the run watcher does at each step. */
  async poll(): Promise<void> {
    const { state } = this.sessions;
    if (state.kind !== 'ready') throw new Error('not connected');
    await state.session.catalog.renewRuns('1', ['r1'], new AbortController().signal);
    await this.quiet();
  }

  /** Lets go of a run's answer when the result is called. */
  holdRun(runId: string): () => void {
    let release = (): void => undefined;
    this.held.set(
      runId,
      new Promise((resolve) => {
        release = resolve;
      }),
    );
    return release;
  }

  async shown<Kind extends RunSummarySnapshot['kind']>(
    kind: Kind,
  ): Promise<RunSummarySnapshot & { kind: Kind }> {
    return (await this.shownWhere((snapshot) => snapshot.kind === kind)) as RunSummarySnapshot & {
      kind: Kind;
    };
  }

  async shownWhere(isIt: (snapshot: RunSummarySnapshot) => boolean): Promise<RunSummarySnapshot> {
    for (;;) {
      const found = this.snapshots.findLast(isIt);
      if (found) return found;
      await new Promise<void>((resolve) => {
        this.notify = resolve;
      });
    }
  }

  last<Kind extends RunSummarySnapshot['kind']>(kind: Kind): RunSummarySnapshot & { kind: Kind } {
    const last = this.snapshots.at(-1);
    equal(last?.kind, kind);
    return last as RunSummarySnapshot & { kind: Kind };
  }

  /** All that was under way in memory has settled. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  dispose(): void {
    this.panel.dispose();
    this.sessions.dispose();
  }

  private store(): TrackingStore {
    const none = () => Promise.resolve({ items: [], nextPageToken: undefined });
    const getRun = async (runId: string) => {
      this.runRequests++;
      await this.held.get(runId);
      if (this.runError) throw this.runError;
      const run = this.runs.get(runId);
      if (!run) throw new TrackingError('notFound', `There is no run ${runId}.`);
      return run;
    };
    return {
      connect: () =>
        this.connectError ? Promise.reject(this.connectError) : Promise.resolve({ version: '3.0.0' }),
      searchExperiments: none,
      searchRuns: none,
      getRuns: (_, runIds) => Promise.resolve(runIds.flatMap((id) => this.runs.get(id) ?? [])),
      getRun,
      getMetricHistory: () => Promise.reject(new Error('not asked for')),
      listArtifacts: () => Promise.resolve(this.artifacts),
      searchRegisteredModels: none,
      getRegisteredModel: () => Promise.reject(new Error('not asked for')),
      searchModelVersions: none,
      getModelVersion: () => Promise.reject(new Error('not asked for')),
      searchLoggedModels: () => Promise.resolve({ items: this.models, nextPageToken: undefined }),
      getLoggedModel: () => Promise.reject(new Error('not asked for')),
      listLoggedModelFiles: () => Promise.resolve([]),
      readLoggedModelFile: () => Promise.resolve(undefined),
      readModelVersionFile: () => Promise.resolve(undefined),
      readArtifact: () => Promise.resolve(undefined),
      openArtifact: () => Promise.resolve(undefined),
      dispose: () => undefined,
    };
  }
}
