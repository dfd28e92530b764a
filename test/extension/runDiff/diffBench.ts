import type { ArtifactTarget } from '../../../extension/manifest';
import { equal } from 'node:assert/strict';
import { Attention } from '../../../extension/catalog/attention';
import { RunDiffPanel } from '../../../extension/runDiff/runDiffPanel';
import { Sessions } from '../../../extension/session';
import { TrackingError } from '../../../extension/tracking/errors';
import type { Artifact, LoggedModel, Run } from '../../../extension/tracking/model';
import type { TrackingStore } from '../../../extension/tracking/store';
import {
  show,
  type RunDiff,
  type RunDiffSnapshot,
  type RunDiffSubject,
} from '../../../webviews/protocol/runDiff';
import { aRun } from '../runSummary/runs';
import { MemoryPanel } from '../memoryPanel';

/** Where the compared runs are kept. */
export const uri = 'http://mlflow:5000';

/** A panel without VS Code, over real sessions and a store in memory. */
export class DiffBench {
  readonly runs = new Map(
    ['r1', 'r2', 'r3'].map((id): [string, Run] => [id, aRun({ id, name: `run ${id}` })]),
  );
  readonly artifacts = new Map<string, readonly Artifact[]>();
  models: readonly LoggedModel[] = [];
  modelError: Error | undefined;
  /** What reading a run fails with, by run. */
  readonly runErrors = new Map<string, Error>();
  connectError: Error | undefined;
  readonly commands: string[] = [];
  readonly copied: string[] = [];
  readonly watched = new Set<string>();
  readonly snapshots: RunDiffSnapshot[] = [];
  readonly panel = new MemoryPanel();
  readonly view = this.panel.view;
  private readonly sessions: Sessions;

  constructor() {
    this.view.listen(show, (snapshot) => this.snapshots.push(snapshot));
    this.sessions = new Sessions({
      openStore: () => Promise.resolve(this.store()),
      pageSize: () => 100,
      attention: new Attention(),
      isSeen: () => true,
    });
    this.connectTo(uri);
  }

  async open(...runIds: readonly string[]): Promise<RunDiffPanel> {
    const subject: RunDiffSubject = { runIds, connectionUri: uri, baselineId: runIds[0] ?? '' };
    const panel = new RunDiffPanel(this.panel, this.sources(), subject);
    await this.quiet();
    return panel;
  }

  connectTo(place: string): void {
    const authorize = () => Promise.resolve(new Map<string, string>());
    this.sessions.use({ uri: place, source: 'userSetting', sourceLabel: '', authorize });
  }

  /** What the run watcher does at each step. */
  async poll(): Promise<void> {
    const ids = ['r1', 'r2', 'r3'];
    await this.sessions.catalog?.renewRuns('1', ids, new AbortController().signal);
    await this.quiet();
  }

  last<Kind extends RunDiffSnapshot['kind']>(kind: Kind): RunDiffSnapshot & { readonly kind: Kind } {
    const last = this.snapshots.at(-1);
    equal(last?.kind, kind, JSON.stringify(last));
    return last as RunDiffSnapshot & { readonly kind: Kind };
  }

  get diff(): RunDiff {
    return this.last('ready').diff;
  }

  /** All that was under way in memory has settled. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  dispose(): void {
    this.panel.dispose();
    this.sessions.dispose();
  }

  private sources() {
    return {
      sessions: this.sessions,
      runWatcher: {
        watchRun: (experimentId: string, id: string) => {
          this.watched.add(`${experimentId} ${id}`);
          return { dispose: () => this.watched.delete(`${experimentId} ${id}`) };
        },
      },
      rules: () => new Map(),
      colorsOf: (_: string, runIds: readonly string[]) => runIds.map((_, index) => index),
      openRun: ({ runId }: { readonly runId: string }) => this.commands.push(`open ${runId}`),
      compareIn: (place: string, runs: readonly { readonly runId: string }[]) =>
        this.commands.push([place, ...runs.map(({ runId }) => runId)].join(' ')),
      compareArtifacts: (artifacts: readonly ArtifactTarget[]) => {
        const paths = new Set(artifacts.map(({ artifact }) => artifact.path));
        this.commands.push(
          `compare ${[...paths].join()} of ${artifacts.map(({ runId }) => runId).join(' ')}`,
        );
      },
      copy: (text: string) => Promise.resolve(this.copied.push(text)),
    };
  }

  private store(): TrackingStore {
    const none = () => Promise.resolve({ items: [], nextPageToken: undefined });
    const never = () => Promise.reject(new Error('not asked for'));
    const getRun = (runId: string) => {
      const error = this.runErrors.get(runId);
      if (error) return Promise.reject(error);
      const run = this.runs.get(runId);
      return run
        ? Promise.resolve(run)
        : Promise.reject(new TrackingError('notFound', `There is no run ${runId}.`));
    };
    const listArtifacts = (runId: string, path: string) => {
      const listed = this.artifacts.get(`${runId} ${path}`);
      return listed
        ? Promise.resolve(listed)
        : Promise.reject(new TrackingError('notFound', 'There is no such folder.'));
    };
    return {
      connect: () =>
        this.connectError ? Promise.reject(this.connectError) : Promise.resolve({ version: '3.0.0' }),
      searchExperiments: none,
      searchRuns: none,
      getRuns: (_, runIds) => Promise.resolve(runIds.flatMap((id) => this.runs.get(id) ?? [])),
      getRun,
      getMetricHistory: never,
      listArtifacts,
      searchRegisteredModels: none,
      getRegisteredModel: never,
      searchModelVersions: none,
      getModelVersion: never,
      searchLoggedModels: () =>
        this.modelError
          ? Promise.reject(this.modelError)
          : Promise.resolve({ items: this.models, nextPageToken: undefined }),
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
