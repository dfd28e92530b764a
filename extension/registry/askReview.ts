import { userInfo } from 'node:os';
import { askText } from '../ui/inputs';
import type { Move, Review } from '../ui/reviews';

/** In characters: far below what a tag may hold. */
const longestNote = 5000;

/**
 * Asks why something is moved. A note is kept with the version, without one nothing is. Undefined when the user would
 * rather not move it.
 */
export async function askReview(
  title: string,
  what: string,
  move: Move,
): Promise<{ readonly review: Review | undefined } | undefined> {
  const note = await askText({
    title,
    prompt: `${what} A note on why is kept with the version, with your name and the time; leave it empty to keep none.`,
    placeholder: 'Note (optional)',
    findProblem: (text) =>
      text.length > longestNote ? `A note has at most ${longestNote} characters.` : undefined,
  });
  if (note === undefined) return undefined;
  if (note.trim() === '') return { review: undefined };
  return { review: { by: nameUser(), at: new Date().toISOString(), note: note.trim(), move } };
}

/** As MLflow's client names who does something. */
function nameUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
