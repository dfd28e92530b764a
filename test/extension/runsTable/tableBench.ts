import { Attention } from '../../../extension/catalog/attention';
import { Emitter } from '../../../extension/catalog/emitter';
import { HistoryCache } from '../../../extension/histories/historyCache';
import { FilterHistory } from '../../../extension/runsTable/filterHistory';
import { RunsTable } from '../../../extension/runsTable/runsTable';
import { RunsTablePanel, type RunsTableSources } from '../../../extension/runsTable/runsTablePanel';
import { SavedViews } from '../../../extension/runsTable/savedViews';
import { Sessions } from '../../../extension/session';
import type { DirectionRules } from '../../../extension/ui/metricDirection';
import { UserError } from '../../../extension/ui/userError';
import { plainArrangement, type Arrangement } from '../../../webviews/protocol/arrangement';
import {
  loadRows,
  show,
  type RunsTableSnapshot,
  type TableFacts,
} from '../../../webviews/protocol/runsTable';
import { experiment } from '../catalog/fixtures';
import { MemoryStore } from '../catalog/memoryStore';
import { quietEditing } from '../editing/editingBench';
import { MemoryPanel } from '../memoryPanel';
import { memento } from './memento';

/** Where the tested runs are kept. */
export const uri = 'http://mlflow:5000';

type SnapshotOf<Kind extends RunsTableSnapshot['kind']> = Extract<RunsTableSnapshot, { kind: Kind }>;

/** A panel with a table, without VS Code, over real sessions and a store in memory. */
export class TableBench {
  readonly store = new MemoryStore();
  connectError: Error | undefined;
  readonly attention = new Attention();
  readonly snapshots: RunsTableSnapshot[] = [];
  readonly watched = new Set<string>();
  /** Commands with what they were given, questions, files and copies, in order. */
  readonly done: string[] = [];
  /** What the user says to questions. */
  isAgreed = true;
  rules: DirectionRules = new Map();
  readonly rulesChanged = new Emitter();
  readonly memento = memento();
  readonly panel = new MemoryPanel();
  readonly view = this.panel.view;
  readonly sessions: Sessions;
  private readonly heard = new Emitter();

  constructor() {
    this.view.listen(show, (snapshot) => {
      this.snapshots.push(snapshot);
      this.heard.fire();
    });
    this.store.experiments = [experiment('1', { name: 'digits' }), experiment('2', { name: 'words' })];
    this.attention.set('bench', true);
    this.sessions = new Sessions({
      openStore: () => (this.connectError ? Promise.reject(this.connectError) : Promise.resolve(this.store)),
      pageSize: () => 100,
      attention: this.attention,
      isSeen: () => false,
    });
    this.connectTo(uri);
  }

  open(
    experimentIds: readonly string[] = ['1'],
    arrangement: Arrangement = plainArrangement,
  ): RunsTablePanel {
    return new RunsTablePanel(this.panel, this.sources(), { connectionUri: uri, experimentIds }, arrangement);
  }

  connectTo(place: string): void {
    const authorize = () => Promise.resolve(new Map<string, string>());
    this.sessions.use({ uri: place, source: 'userSetting', sourceLabel: '', authorize });
  }

  get catalog() {
    const { catalog } = this.sessions;
    if (!catalog) throw new Error('not connected');
    return catalog;
  }

  /** The last snapshot, once it is as wanted. */
  async until(isIt: (snapshot: RunsTableSnapshot) => boolean): Promise<RunsTableSnapshot> {
    for (;;) {
      const last = this.snapshots.at(-1);
      if (last && isIt(last)) return last;
      await new Promise<void>((resolve) => {
        const subscription = this.heard.event(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
  }

  async shown<Kind extends RunsTableSnapshot['kind']>(kind: Kind): Promise<SnapshotOf<Kind>> {
    return (await this.until((snapshot) => snapshot.kind === kind)) as SnapshotOf<Kind>;
  }

  /** What there is to show, once nothing is being read and it is as wanted. */
  async facts(isIt: (facts: TableFacts) => boolean = () => true): Promise<TableFacts> {
    const wanted = (snapshot: RunsTableSnapshot) =>
      snapshot.kind === 'ready' && !snapshot.table.reading && isIt(snapshot.table);
    return ((await this.until(wanted)) as SnapshotOf<'ready'>).table;
  }

  /** The ids of the runs that are shown, as the view asks for them. */
  async runIds(): Promise<readonly string[]> {
    const { rows } = await this.view.request(loadRows, { from: 0, to: 100, columns: [] });
    return rows.map(({ id }) => id);
  }

  /** All that was under way in memory has settled. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  dispose(): void {
    this.panel.dispose();
    this.sessions.dispose();
  }

  private sources(): RunsTableSources {
    const editing = quietEditing(this.sessions, () => {
      throw new UserError('This store is only read.');
    });
    const note = (text: string) => Promise.resolve(void this.done.push(text));
    const ids = (runs: readonly { readonly runId: string }[]) => runs.map(({ runId }) => runId).join(' ');
    return {
      sessions: this.sessions,
      runWatcher: {
        watchRun: (experimentId, runId) => {
          this.watched.add(`${experimentId} ${runId}`);
          return { dispose: () => void this.watched.delete(`${experimentId} ${runId}`) };
        },
      },
      createTable: (session, experimentIds, directionOf) =>
        new RunsTable({
          catalog: session.catalog,
          experimentIds,
          directionOf,
          histories: () => Promise.resolve(new HistoryCache(session.store)),
          colorsOf: (runIds) => runIds.map((_, index) => index),
        }),
      rules: () => this.rules,
      onDidChangeRules: this.rulesChanged.event,
      history: new FilterHistory(this.memento),
      views: new SavedViews(this.memento, { demand: () => Promise.resolve(editing) }),
      commands: {
        open: ({ runId }) => note(`open ${runId}`),
        compare: (runs) => note(`compare ${ids(runs)}`),
        showCharts: (runs) => note(`chart ${ids(runs)}`),
        openInBrowser: ({ runId }) => note(`browse ${runId}`),
        rename: ({ runId }) => note(`rename ${runId}`),
        editTags: (runs) => note(`tag ${ids(runs)}`),
        delete: (runs) => note(`delete ${ids(runs)}`),
        copyIds: (runIds) => note(`copy ${runIds.join(' ')}`),
        confirm: (question) => {
          this.done.push(question);
          return Promise.resolve(this.isAgreed);
        },
      },
      places: {
        copy: note,
        offerFile: async (message) => {
          await note(message);
          return this.isAgreed;
        },
        save: async ({ name, ending, write }) => {
          let text = '';
          for await (const piece of write(new AbortController().signal, () => undefined)) text += piece;
          await note(`${name}.${ending}: ${text}`);
          return true;
        },
      },
    };
  }
}
