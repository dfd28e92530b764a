/** How a failed request is tried again: an interactive tool gives up in seconds, see reference/PERFORMANCE.md §4. */

export const maxTries = 3;

/** No try starts later than this after the first, in ms. */
export const retryBudget = 15_000;

const firstDelay = 300;

/** The delay before the next try in ms, growing with the tries made, with jitter so that clients spread out. */
export function chooseDelay(triesMade: number, random: () => number = Math.random): number {
  return firstDelay * 2 ** (triesMade - 1) * (0.5 + random());
}

/** The seconds until what a Retry-After header says, in either of its forms; undefined if it says nothing usable. */
export function parseRetryAfter(header: string | null, now: number = Date.now()): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // Only the forms of HTTP dates begin with a letter; Date.parse would also take "-1" or "2".
  const date = /^[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
