import type { Disposable } from '../catalog/emitter';
import type { Session, Sessions } from '../session';
import type { Editors } from '../tracking/editors';
import { keyOfChange, type StoreChange } from '../tracking/store';
import { demandSession } from '../ui/demandSession';
import { UserError } from '../ui/userError';
import { applyEdits } from './applyEdits';
import { describeFailures, listFailures } from './describeFailures';
import { previewsOf, type Edit, type EditOutcome } from './edit';
import { UndoMemory, type Undoable } from './undoMemory';

export interface EditingOptions {
  readonly sessions: Pick<Sessions, 'state' | 'demand' | 'onDidChange'>;
  readonly report: { readonly error: (error: unknown) => void };
  readonly log: { readonly error: (line: string) => void };
  /**
   * Opens the way to change a store that we only read. Rejects with a UserError where there is none, with a cancellation
   * where the user would rather not.
   */
  readonly openLocalEditor: <Part extends keyof Editors>(
    session: Session,
    part: Part,
    signal: AbortSignal,
  ) => Promise<Editors[Part]>;
  /** Does something that may be cancelled, and shows that where it takes long; `advance` tells what is under way. */
  readonly showProgress: <T>(
    title: string,
    task: (signal: AbortSignal, advance: (line: string) => void) => Promise<T>,
  ) => Promise<T>;
  readonly undoOffer: UndoOffering;
}

/** How the user learns that a change can be taken back. */
export interface UndoOffering extends Disposable {
  /** `isLoud` where nobody asked before: it is then more than a word in the status bar. */
  readonly offer: (label: string, isLoud: boolean, undo: () => Promise<void>) => void;
  readonly confirm: (label: string) => void;
  /** Nothing can be taken back now. */
  readonly withdraw: () => void;
}

interface EditsUnderWay {
  readonly session: Session;
  readonly editors: Partial<Editors>;
  readonly edits: readonly Edit[];
}

/** How edits are done. */
export interface EditManner {
  /** The user was not asked before: Undo is offered where it will be seen. */
  readonly isLoud?: boolean | undefined;
  /** Whoever asked tells of failures. */
  readonly isSilent?: boolean | undefined;
}

/** All that is changed in a store goes through here: shown at once, done, read again, reported, and taken back by Undo. */
export class Editing {
  private readonly memory = new UndoMemory();
  private readonly subscription: Disposable;
  private last: Promise<unknown> = Promise.resolve();
  /** Settles once all changes that were asked for are remembered; never rejects. */
  private remembered: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: EditingOptions) {
    this.subscription = options.sessions.onDidChange(() => {
      options.undoOffer.withdraw();
    });
  }

  /**
   * Does the edits of what `session` shows one after the other, after those that were asked for before; one that fails does not
   * keep the others from being done, and is reported. `title` says what they are together: `delete 3 runs`. Rejects where
   * nothing could be begun.
   */
  run(
    session: Session,
    title: string,
    edits: readonly Edit[],
    manner: EditManner = {},
  ): Promise<EditOutcome> {
    const result = this.performAndRemember(session, title, edits, manner);
    this.remembered = Promise.allSettled([this.remembered, result]);
    return result;
  }

  private async performAndRemember(
    session: Session,
    title: string,
    edits: readonly Edit[],
    { isLoud = false, isSilent = false }: EditManner,
  ): Promise<EditOutcome> {
    const outcome = await this.perform(session, title, edits);
    if (!isSilent) this.tell(edits, outcome);
    const undoable = this.memory.remember(
      session,
      edits.length === 1 ? (edits[0]?.label ?? title) : title,
      outcome.done,
    );
    if (undoable) this.options.undoOffer.offer(undoable.label, isLoud, () => this.undo(undoable));
    return outcome;
  }

  /** As `run` for one edit, but it rejects with why it was not done: whoever asked tells of it. */
  async runOne(session: Session, edit: Edit): Promise<void> {
    const { failed, left } = await this.run(session, edit.label, [edit], { isSilent: true });
    for (const { cause } of failed) throw cause;
    if (left.length > 0) throw new DOMException('The change was given up.', 'AbortError');
  }

  /**
   * Takes the last change of the current session back, or that one if it was not yet. Rejects where there is none. The last one is the
   * one that is seen, though the store may still be at it.
   */
  async undo(which?: Undoable): Promise<void> {
    const session = await demandSession(this.options.sessions);
    if (!which) await this.remembered;
    const taken = this.memory.take(session, which);
    if (!taken) throw new UserError('There is no change to undo.');
    this.options.undoOffer.withdraw();
    const outcome = await this.perform(session, `Undo ${taken.label}`, taken.inverses);
    this.tell(taken.inverses, outcome);
    this.memory.putBack(session, { ...taken, inverses: outcome.left });
    if (outcome.done.length > 0) this.options.undoOffer.confirm(taken.label);
  }

  /** The way to change a part of what the session shows; where that is a local store, the user is asked. */
  async demandEditor<Part extends keyof Editors>(
    session: Session,
    part: Part,
    signal: AbortSignal,
  ): Promise<Editors[Part]> {
    const own = await session.store.editor?.(part, signal);
    return own ?? (await this.options.openLocalEditor(session, part, signal));
  }

  dispose(): void {
    // What is under way is done to its end: it may be half done otherwise.
    this.subscription.dispose();
    this.options.undoOffer.dispose();
  }

  /** Shows the edits, does them in their turn, and reads again what they changed. */
  private async perform(session: Session, title: string, edits: readonly Edit[]): Promise<EditOutcome> {
    const { catalog } = session;
    // Before anything is shown: where a local store is to be changed, the user is asked.
    const editors = await this.demandEditors(session, edits);
    catalog.lay(previewsOf(edits));
    try {
      return await this.inTurn(async () => {
        const outcome = await this.options.showProgress(title, (signal, advance) =>
          this.apply({ session, editors, edits }, signal, advance),
        );
        await readAgain(session, edits);
        return outcome;
      });
    } finally {
      catalog.lift(previewsOf(edits));
    }
  }

  private async demandEditors(session: Session, edits: readonly Edit[]): Promise<Partial<Editors>> {
    const parts = new Set(edits.map(({ part }) => part));
    const { signal } = new AbortController();
    return {
      ...(parts.has('runs') && { runs: await this.demandEditor(session, 'runs', signal) }),
      ...(parts.has('registry') && { registry: await this.demandEditor(session, 'registry', signal) }),
    };
  }

  private async apply(
    { session, editors, edits }: EditsUnderWay,
    signal: AbortSignal,
    advance: (line: string) => void,
  ): Promise<EditOutcome> {
    this.requireCurrent(session);
    return await applyEdits(editors, edits, signal, {
      onBegin: ({ label }, index) => {
        advance(edits.length === 1 ? label : `${index + 1} of ${edits.length}: ${label}`);
      },
      onFail: (edit) => {
        session.catalog.lift(previewsOf([edit]));
      },
    });
  }

  /** The user may have gone elsewhere since they began, where the same ids are other things. */
  private requireCurrent(session: Session): void {
    const { state } = this.options.sessions;
    if (state.kind === 'ready' && state.session === session) return;
    throw new UserError('Another connection was chosen meanwhile: nothing was changed.');
  }

  private tell(edits: readonly Edit[], outcome: EditOutcome): void {
    const { report, log } = this.options;
    if (edits.length > 1) for (const line of listFailures(outcome.failed)) log.error(line);
    const message = describeFailures(edits, outcome);
    if (message !== undefined) report.error(message);
  }

  /** One after the other, so that no two change the same thing at a time. */
  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.last.then(task);
    this.last = result.catch(() => undefined);
    return result;
  }
}

/** Each change once. What was refused is read again too: it may be that somebody else changed it meanwhile. */
async function readAgain({ catalog }: Session, edits: readonly Edit[]): Promise<void> {
  const changes = edits.flatMap((edit) => edit.changes);
  const distinct = new Map<string, StoreChange>(changes.map((change) => [keyOfChange(change), change]));
  for (const change of distinct.values()) await catalog.follow(change, () => true);
}
