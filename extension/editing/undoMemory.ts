import type { Session } from '../session';
import type { Edit } from './edit';

/** Changes that were made together and are taken back together. */
export interface Undoable {
  /** What was done: `rename “a” to “b”`. */
  readonly label: string;
  readonly inverses: readonly Edit[];
}

const mostRemembered = 100;

/** What can be taken back of each session's changes, the last one first. */
export class UndoMemory {
  private readonly bySession = new WeakMap<Session, Undoable[]>();

  /** Answers what was remembered: nothing where some of it cannot be taken back. */
  remember(session: Session, label: string, done: readonly Edit[]): Undoable | undefined {
    const inverses = done.toReversed().flatMap(({ inverse }) => inverse?.() ?? []);
    if (done.length === 0 || inverses.length < done.length) return undefined;
    const undoable = { label, inverses };
    this.putBack(session, undoable);
    return undoable;
  }

  /** Takes out the last, or `which` if it is still there. */
  take(session: Session, which?: Undoable): Undoable | undefined {
    const all = this.bySession.get(session) ?? [];
    const taken = which ? all.find((one) => one === which) : all.at(-1);
    if (taken) all.splice(all.indexOf(taken), 1);
    return taken;
  }

  /** Has it taken back next, as far as there is anything of it. */
  putBack(session: Session, undoable: Undoable): void {
    if (undoable.inverses.length === 0) return;
    const all = [...(this.bySession.get(session) ?? []), undoable];
    this.bySession.set(session, all.slice(-mostRemembered));
  }
}
