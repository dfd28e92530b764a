/** What is searched for among the metrics' names. Text is words that must all be found, in any order and case. */

export type Search =
  | { readonly kind: 'valid'; readonly isEmpty: boolean; readonly matches: (name: string) => boolean }
  | { readonly kind: 'invalid'; readonly reason: string };

export function searchFor(text: string, isRegex: boolean): Search {
  const isEmpty = text.trim() === '';
  if (isEmpty) return { kind: 'valid', isEmpty, matches: () => true };
  return isRegex ? regexSearch(text) : wordSearch(text);
}

function wordSearch(text: string): Search {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (name: string) => {
    const lower = name.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
  return { kind: 'valid', isEmpty: false, matches };
}

function regexSearch(text: string): Search {
  try {
    const pattern = new RegExp(text, 'i');
    return { kind: 'valid', isEmpty: false, matches: (name) => pattern.test(name) };
  } catch (error) {
    return { kind: 'invalid', reason: reasonOf(error, text) };
  }
}

/** The engine repeats the expression before it says what is wrong with it. */
function reasonOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const said = message.split(`/${text}/i: `).at(-1) ?? message;
  return `Invalid regular expression: ${said.replace(/^Invalid regular expression: /, '')}`;
}
