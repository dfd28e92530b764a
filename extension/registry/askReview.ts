import { userInfo } from 'node:os';
import type { Session } from '../session';
import { causeOf } from '../tracking/errors';
import { askText } from '../ui/inputs';
import { plainText } from '../ui/text';
import type { Move, Review } from '../ui/reviews';
import type { MoveRecord } from './moveEdits';
import type { RegistryContext } from './registryContext';

/** In characters: far below what a tag may hold. */
const longestNote = 5000;

/** A move that the user is about to make. */
export interface Question {
  readonly session: Session;
  readonly title: string;
  /** What will become of what, a sentence; empty where the title says it all. */
  readonly what: string;
  readonly move: Move;
}

/**
 * Asks why something is moved, and answers what is to be kept of it with the version: nothing without a note where the
 * user has set so. Undefined when they would rather not move it.
 */
export async function askReview(
  context: Pick<RegistryContext, 'settings' | 'report' | 'unrecorded'>,
  { session, title, what, move }: Question,
): Promise<{ readonly record: MoveRecord | undefined } | undefined> {
  const { recordsMoves } = context.settings().models;
  const by = nameUser();
  const kept = recordsMoves
    ? `A tag of the version will tell that ${plainText(by, 40)} did it, when, what was before, and your note.`
    : 'A note is kept in a tag of the version, with your name, the time and what was before; leave it empty to keep none.';
  const typed = await askText({
    title,
    prompt: what === '' ? kept : `${what} ${kept}`,
    placeholder: 'Note on why (optional)',
    findProblem: (text) =>
      text.length > longestNote ? `A note has at most ${longestNote} characters.` : undefined,
  });
  if (typed === undefined) return undefined;
  const note = typed.trim();
  if (note === '' && !recordsMoves) return { record: undefined };
  const review = { by, at: new Date().toISOString(), note, move };
  return { record: { review, onRefused: (cause) => tellUnrecorded(context, session, review, cause) } };
}

/** A lost note is told each time; that nothing can be kept, once for a session. */
function tellUnrecorded(
  { report, unrecorded }: Pick<RegistryContext, 'report' | 'unrecorded'>,
  session: Session,
  { note }: Review,
  cause: unknown,
): void {
  if (note === '' && unrecorded.has(session)) return;
  unrecorded.add(session);
  const lost = note === '' ? 'who did it and what was before' : 'your note, who did it and what was before';
  report.info(`It is moved, but the registry did not keep ${lost}: ${causeOf(cause)}`);
}

/** As MLflow's client names who does something. */
function nameUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
