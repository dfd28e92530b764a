/**
 * LIKE and ILIKE as MLflow's file store has them: `%` is any text and `_` one character, neither of which is a newline.
 * A pattern that does not end with `%` lets one newline follow; one that does lets anything follow. There are no escapes.
 *
 * Linear in practice and never worse than length of value × length of pattern, which a backtracking RegExp is.
 */
export function compileLike(pattern: string, ignoresCase: boolean): (value: string) => boolean {
  const fold = ignoresCase ? foldCase : (text: string): string => text;
  const parts = fold(pattern)
    .split('%')
    .map((part) => Array.from(part));
  const isOpen = pattern.endsWith('%');
  return (value) => matches(Array.from(fold(value)), parts, isOpen);
}

type Characters = readonly string[];

function matches(value: Characters, parts: readonly Characters[], isOpen: boolean): boolean {
  const [first = [], ...rest] = parts;
  if (!fits(value, 0, first)) return false;
  const last = isOpen ? undefined : rest.at(-1);
  let position = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = find(value, position, part);
    if (found === undefined) return false;
    position = found + part.length;
  }
  if (isOpen) return true;
  return endsWith(value, position, last);
}

/** Whether the value's end is reached from the position: by the last part after any text, or, without one, at once. */
function endsWith(value: Characters, position: number, last: Characters | undefined): boolean {
  const ends = value.at(-1) === '\n' ? [value.length, value.length - 1] : [value.length];
  return ends.some((end) => {
    if (last === undefined) return position === end;
    const start = end - last.length;
    return start >= position && fits(value, start, last) && !value.slice(position, start).includes('\n');
  });
}

/** The first place of the part from there on that no newline comes before. */
function find(value: Characters, from: number, part: Characters): number | undefined {
  for (let at = from; at + part.length <= value.length; at += 1) {
    if (fits(value, at, part)) return at;
    if (value[at] === '\n') return undefined;
  }
  return undefined;
}

function fits(value: Characters, at: number, part: Characters): boolean {
  if (at + part.length > value.length) return false;
  return part.every((character, index) => {
    const there = value[at + index];
    return character === '_' ? there !== '\n' : there === character;
  });
}

/**
 * One form for all cases of a character. As Python's re does, a character stays one character: `ß` is not `ss`, and `İ`
 * is `i`. Python also knows a few triples such as `ς`, `σ`, `Σ`, which share their upper case here too.
 */
function foldCase(text: string): string {
  return Array.from(text, foldCharacter).join('');
}

function foldCharacter(character: string): string {
  if (character === 'İ' || character === 'ı') return 'i';
  const upper = character.toUpperCase();
  const single = isOne(upper) ? upper : character;
  const lower = single.toLowerCase();
  return isOne(lower) ? lower : single;
}

function isOne(text: string): boolean {
  return Array.from(text).length === 1;
}
