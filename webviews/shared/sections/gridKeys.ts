/** How many rows a page key moves. */
const pageOfRows = 10;

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Where a key takes the focus among so many rows; undefined where it does not move. */
export function moveIn(
  count: number,
  index: number,
  { key, ctrlKey, metaKey, altKey }: Key,
): number | undefined {
  if (ctrlKey || metaKey || altKey || count === 0) return undefined;
  const target = targetOf(key, index, count);
  if (target === undefined) return undefined;
  return Math.min(Math.max(target, 0), count - 1);
}

function targetOf(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'PageDown':
      return index + pageOfRows;
    case 'PageUp':
      return index - pageOfRows;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
