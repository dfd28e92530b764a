import type { Scope } from '../../../extension/catalog/catalog';
import { Attention } from '../../../extension/catalog/attention';
import { Editing, type EditingOptions } from '../../../extension/editing/editing';
import { Session } from '../../../extension/catalog/session';
import type { ConnectionState } from '../../../extension/session';
import type { Connection } from '../../../extension/connections/connection';
import type { Editors, RunEditor } from '../../../extension/tracking/editors';
import { TrackingError } from '../../../extension/tracking/errors';
import type { TrackingStore } from '../../../extension/tracking/store';
import { MemoryStore } from '../catalog/memoryStore';

/** A store in memory whose experiments and runs can be changed; `refuse` makes it refuse what is done to a thing. */
export class EditableStore extends MemoryStore {
  readonly refused = new Map<string, Error>();
  /** Waits for what it gives before anything is changed. */
  beforeChange: (signal: AbortSignal) => Promise<void> = () => Promise.resolve();

  refuse(
    id: string,
    error: Error = new TrackingError('forbidden', 'The account lacks the permission.'),
  ): void {
    this.refused.set(id, error);
  }

  editor<Part extends keyof Editors>(part: Part): Promise<Editors[Part] | undefined> {
    return Promise.resolve(part === 'runs' ? (this.runEditor as Editors[Part]) : undefined);
  }

  private async change(id: string, signal: AbortSignal, doIt: () => void): Promise<void> {
    await this.beforeChange(signal);
    signal.throwIfAborted();
    const refusal = this.refused.get(id);
    if (refusal) throw refusal;
    doIt();
  }

  private setRun(id: string, change: (it: (typeof this.runs)[number]) => (typeof this.runs)[number]): void {
    this.runs = this.runs.map((it) => (it.id === id ? change(it) : it));
  }

  private readonly runEditor: Pick<
    RunEditor,
    'renameRun' | 'setRunTag' | 'deleteRunTag' | 'deleteRun' | 'restoreRun'
  > = {
    renameRun: (id, name, signal) =>
      this.change(id, signal, () => this.setRun(id, (it) => ({ ...it, name }))),
    setRunTag: (id, key, value, signal) =>
      this.change(id, signal, () =>
        this.setRun(id, (it) => ({ ...it, tags: new Map([...it.tags, [key, value]]) })),
      ),
    deleteRunTag: (id, key, signal) =>
      this.change(id, signal, () =>
        this.setRun(id, (it) => ({ ...it, tags: new Map([...it.tags].filter(([known]) => known !== key)) })),
      ),
    deleteRun: (id, signal) =>
      this.change(id, signal, () => this.setRun(id, (it) => ({ ...it, lifecycle: 'deleted' }))),
    restoreRun: (id, signal) =>
      this.change(id, signal, () => this.setRun(id, (it) => ({ ...it, lifecycle: 'active' }))),
  };
}

/** An Editing that shows nobody anything. */
export function quietEditing(
  sessions: EditingOptions['sessions'],
  openLocalEditor: EditingOptions['openLocalEditor'],
): Editing {
  const nothing = () => undefined;
  return new Editing({
    sessions,
    openLocalEditor,
    report: { error: nothing },
    log: { error: nothing },
    showProgress: (_title, task) => task(new AbortController().signal, nothing),
    undoOffer: { offer: nothing, confirm: nothing, withdraw: nothing, dispose: nothing },
  });
}

/** An Editing over a store, with what it told the user. */
export class EditingBench<Store extends TrackingStore = EditableStore> {
  readonly session: Session;
  readonly errors: string[] = [];
  readonly offers: {
    readonly label: string;
    readonly isLoud: boolean;
    readonly undo: () => Promise<void>;
  }[] = [];
  readonly undone: string[] = [];
  readonly logged: string[] = [];
  readonly progress: string[] = [];
  readonly scopes: Scope[] = [];
  readonly cancel = new AbortController();
  readonly editing: Editing;
  state: ConnectionState;

  constructor(readonly store: Store) {
    const connection = { uri: 'http://127.0.0.1:5000' } as Connection;
    const attention = new Attention();
    const rest = { pageSize: () => 100, attention, isSeen: () => true };
    this.session = new Session(connection, store, { version: undefined }, rest);
    this.session.catalog.onDidChange((scope) => this.scopes.push(scope));
    this.state = { kind: 'ready', connection, session: this.session };
    this.editing = new Editing(this.options());
  }

  dispose(): void {
    this.editing.dispose();
    this.session.dispose();
  }

  private options(): EditingOptions {
    const stateOf = () => this.state;
    return {
      sessions: {
        get state() {
          return stateOf();
        },
        demand: () => Promise.resolve(this.session),
        onDidChange: () => ({ dispose: () => undefined }),
      },
      report: { error: (error) => this.errors.push((error as Error).message) },
      log: { error: (line) => this.logged.push(line) },
      openLocalEditor: () => Promise.reject(new Error('It is only read.')),
      showProgress: (_title, task) => task(this.cancel.signal, (line) => this.progress.push(line)),
      undoOffer: {
        offer: (label, isLoud, undo) => this.offers.push({ label, isLoud, undo }),
        confirm: (label) => this.undone.push(label),
        withdraw: () => undefined,
        dispose: () => undefined,
      },
    };
  }
}
