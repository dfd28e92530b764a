import type { KeyKnowledge } from './keyKnowledge';

/** The allowed key that a wrong one was surely meant to be; undefined if none is near. */
export function nearestKey(written: string, allowed: readonly KeyKnowledge[]): string | undefined {
  const bare = bareWord(written);
  const known = allowed.find(
    ({ name, misspellings }) =>
      bareWord(name) === bare || misspellings?.some((one) => bareWord(one) === bare),
  );
  return (
    known?.name ??
    nearestWord(
      written,
      allowed.map(({ name }) => name),
    )
  );
}

/** Longer words, and more of them, are not guessed at. */
const longestWord = 100;
const mostWords = 200;

/** The word at the smallest distance: one slip in a short word, two in one of more than five letters. */
export function nearestWord(written: string, words: readonly string[]): string | undefined {
  const bare = bareWord(written.slice(0, longestWord + 1));
  const most = bare.length <= 2 || written.length > longestWord ? 0 : bare.length <= 5 ? 1 : 2;
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const word of words.slice(0, mostWords)) {
    const distance = editDistance(bare, bareWord(word), most);
    if (distance <= most && distance < (best?.distance ?? Infinity)) best = { word, distance };
  }
  return best?.word;
}

/** Without what slips most: case, dashes, spaces and underscores. */
function bareWord(word: string): string {
  return word.toLowerCase().replace(/[\s_-]/g, '');
}

/** How many letters to add, leave out, change or swap with their neighbour; anything above `most` once it is more. */
export function editDistance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = (last[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min(changed, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, swapped));
    }
    [beforeLast, last] = [last, row];
  }
  return last[to.length] ?? most + 1;
}

/** What a message says of the word that was meant. */
export function didYouMean(near: string | undefined): string {
  return near === undefined ? '' : ` Did you mean \`${near}\`?`;
}
