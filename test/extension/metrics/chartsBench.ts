import { Attention } from '../../../extension/catalog/attention';
import { Emitter } from '../../../extension/catalog/emitter';
import type { DirectionRules } from '../../../extension/ui/metricDirection';
import { HistoryCache } from '../../../extension/histories/historyCache';
import { MetricsPanel, type MetricsSources } from '../../../extension/metrics/metricsPanel';
import { RunColors } from '../../../extension/catalog/runColors';
import { Sessions, type Session } from '../../../extension/session';
import { toMetricHistory } from '../../../extension/tracking/metricHistory';
import type { MetricPoint, Run } from '../../../extension/tracking/model';
import {
  changed,
  reveal,
  show,
  type ChartQuery,
  type MetricsSnapshot,
  type MetricsSubject,
} from '../../../webviews/protocol/metrics';
import { MemoryStore } from '../catalog/memoryStore';
import { MemoryPanel } from '../memoryPanel';

/** Where the tested runs are kept. */
export const uri = 'http://mlflow:5000';

/** A charts panel without VS Code, over real sessions and a store in memory. */
export class ChartsBench {
  readonly store = new MemoryStore();
  readonly histories = new Map<string, readonly MetricPoint[]>();
  connectError: Error | undefined;
  readonly read: string[] = [];
  readonly watched = new Set<string>();
  readonly snapshots: MetricsSnapshot[] = [];
  readonly changes: string[][] = [];
  readonly revealed: string[] = [];
  readonly opened: string[] = [];
  readonly directions: string[] = [];
  readonly exported: string[] = [];
  readonly badges: ReadonlyMap<string, number>[] = [];
  rules: DirectionRules = new Map();
  readonly rulesChanged = new Emitter();
  readonly panel = new MemoryPanel();
  readonly view = this.panel.view;
  readonly sessions: Sessions;
  private readonly heard = new Emitter();
  private readonly caches = new Map<Session, HistoryCache>();

  constructor() {
    const hear = <T>(list: T[], item: T) => {
      list.push(item);
      this.heard.fire();
    };
    this.view.listen(show, (snapshot) => hear(this.snapshots, snapshot));
    this.view.listen(changed, ({ metrics }) => hear(this.changes, [...metrics]));
    this.view.listen(reveal, ({ metric }) => hear(this.revealed, metric));
    this.store.getMetricHistory = (runId, key) => {
      this.read.push(`${runId} ${key}`);
      return Promise.resolve(toMetricHistory(this.histories.get(`${runId} ${key}`) ?? []));
    };
    this.sessions = new Sessions({
      openStore: () => (this.connectError ? Promise.reject(this.connectError) : Promise.resolve(this.store)),
      pageSize: () => 2,
      attention: new Attention(),
      isSeen: () => true,
    });
    this.connectTo(uri);
  }

  open(subject: Partial<MetricsSubject>): MetricsPanel {
    const whole = { connectionUri: uri, experimentId: '', runIds: [], ...subject };
    return new MetricsPanel(this.panel, this.sources(), whole);
  }

  /** Logs points of a metric as a training would, the run's latest one with them. */
  log(run: Run, metric: string, ...points: readonly MetricPoint[]): Run {
    const key = `${run.id} ${metric}`;
    this.histories.set(key, [...(this.histories.get(key) ?? []), ...points]);
    const logged = { ...run, metrics: new Map([...run.metrics, [metric, points.at(-1)!]]) };
    this.store.runs = [...this.store.runs.filter(({ id }) => id !== run.id), logged];
    return logged;
  }

  connectTo(place: string): void {
    const authorize = () => Promise.resolve(new Map<string, string>());
    this.sessions.use({ uri: place, source: 'userSetting', sourceLabel: '', authorize });
  }

  /** What the run watcher does at each step. */
  async poll(experimentId: string, ...runIds: readonly string[]): Promise<void> {
    const { state } = this.sessions;
    if (state.kind !== 'ready') throw new Error('not connected');
    await state.session.catalog.renewRuns(experimentId, runIds, new AbortController().signal);
  }

  /** The state of the bench once it is as wanted. */
  async until<T>(find: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined && found !== false) return found;
      await new Promise<void>((resolve) => {
        const subscription = this.heard.event(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
  }

  async shown<Kind extends MetricsSnapshot['kind']>(kind: Kind): Promise<MetricsSnapshot & { kind: Kind }> {
    return await this.until(() => {
      const last = this.snapshots.at(-1);
      return last?.kind === kind && (last as MetricsSnapshot & { kind: Kind });
    });
  }

  /** All that was under way in memory has settled. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  dispose(): void {
    this.panel.dispose();
    this.sessions.dispose();
  }

  private sources(): MetricsSources {
    const watch = (name: string) => {
      this.watched.add(name);
      return { dispose: () => void this.watched.delete(name) };
    };
    return {
      sessions: this.sessions,
      runWatcher: {
        watchRun: (experimentId, runId) => watch(`${experimentId} ${runId}`),
        watchExperiment: (experimentId) => watch(experimentId),
      },
      historiesOf: (session) => {
        const present = this.caches.get(session) ?? new HistoryCache(session.store);
        this.caches.set(session, present);
        return present;
      },
      colors: new RunColors({ get: (_, fallback) => fallback, update: () => Promise.resolve() }),
      rules: () => this.rules,
      onDidChangeRules: this.rulesChanged.event,
      files: {
        saveFile: () => Promise.resolve(false),
        saveHistories: async (name, count, read) => {
          for (let index = 0; index < count; index++) {
            const history = await read(index, new AbortController().signal);
            this.exported.push(`${name} ${history?.runName ?? ''} ${history?.history.values.length ?? 0}`);
          }
          return true;
        },
      },
      openRun: (runId) => this.opened.push(runId),
      setDirection: (metric, direction) => this.directions.push(`${metric} ${direction}`),
      onDidShow: (colors) => this.badges.push(colors),
    };
  }
}

/** The question that a chart of single runs asks. */
export function chartOf(metric: string, ...runIds: readonly string[]): ChartQuery {
  return {
    metric,
    lines: runIds.map((id) => ({ id, runIds: [id] })),
    x: { kind: 'step' },
    isLogX: false,
    isLogY: false,
    columns: 300,
    smoothing: 0,
    band: 'none',
  };
}
