import type { Answer, Place } from './stepDialog';

/** A question about a draft; answers the draft with what was said. */
export type Step<T> = (draft: T, place: Place) => Promise<Answer<T>>;

/**
 * Asks one thing after the other, and again where somebody goes back. Which questions there are may depend on what was said
 * before. Undefined when the user turns away.
 */
export async function askInTurn<T>(
  draft: T,
  title: string,
  listSteps: (draft: T) => readonly Step<T>[],
): Promise<T | undefined> {
  const drafts = [draft];
  for (;;) {
    const current = drafts.at(-1) ?? draft;
    const steps = listSteps(current);
    const step = steps[drafts.length - 1];
    if (!step) return current;
    const answer = await step(current, { title, step: drafts.length, totalSteps: steps.length });
    if (answer === undefined) return undefined;
    if (answer === 'back') drafts.pop();
    else drafts.push(answer.value);
  }
}
