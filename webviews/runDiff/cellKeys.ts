/** Where a cell is: lines and columns are counted from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Shape {
  readonly lines: number;
  readonly columnsOf: (line: number) => number;
}

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** How many lines a page key moves. */
const pageOfLines = 12;

/** Where a key leads from a cell; undefined where it does not move. A line may have fewer cells than the one before. */
export function moveFrom({ line, column }: Place, shape: Shape, key: Key): Place | undefined {
  if (key.altKey || shape.lines === 0) return undefined;
  const isFar = key.ctrlKey || key.metaKey;
  const last = shape.lines - 1;
  const target = targetOf(key.key, { line, column }, isFar, last);
  if (!target) return undefined;
  const to = Math.min(Math.max(target.line, 0), last);
  return { line: to, column: Math.min(Math.max(target.column, 0), Math.max(0, shape.columnsOf(to) - 1)) };
}

function targetOf(key: string, { line, column }: Place, isFar: boolean, last: number): Place | undefined {
  switch (key) {
    case 'ArrowDown':
      return { line: isFar ? last : line + 1, column };
    case 'ArrowUp':
      return { line: isFar ? 0 : line - 1, column };
    case 'ArrowRight':
      return { line, column: isFar ? Infinity : column + 1 };
    case 'ArrowLeft':
      return { line, column: isFar ? 0 : column - 1 };
    case 'PageDown':
      return { line: line + pageOfLines, column };
    case 'PageUp':
      return { line: line - pageOfLines, column };
    case 'Home':
      return { line: isFar ? 0 : line, column: 0 };
    case 'End':
      return { line: isFar ? last : line, column: Infinity };
    default:
      return undefined;
  }
}
