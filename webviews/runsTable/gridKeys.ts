/** What keys mean in the grid. Pure. */

/** Rows are counted from 0, the head is row -1; columns from 0, which is the run's name. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface GridShape {
  readonly rows: number;
  readonly columns: number;
  /** How many rows a page key moves. */
  readonly page: number;
}

export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export type GridCommand =
  | { readonly kind: 'move'; readonly to: Place; readonly isRange: boolean }
  | { readonly kind: 'fold'; readonly state: 'open' | 'closed' }
  | { readonly kind: 'toggle' | 'range' | 'selectAll' | 'clear' | 'open' | 'menu' | 'copy' }
  | { readonly kind: 'sort'; readonly isAdded: boolean }
  | { readonly kind: 'moveColumn' | 'resize'; readonly by: -1 | 1 }
  | { readonly kind: 'find'; readonly letter: string };

/** What a key means at a place; `fold` is that of the row there. Undefined where it means nothing to the grid. */
export function commandOf(
  key: Key,
  at: Place,
  shape: GridShape,
  fold?: 'open' | 'closed',
): GridCommand | undefined {
  if (key.key === 'ContextMenu' || (key.key === 'F10' && key.shiftKey)) return { kind: 'menu' };
  if (key.key === 'ArrowDown' && key.altKey) return { kind: 'menu' };
  if (at.row === -1) {
    const command = headCommand(key);
    if (command) return command;
  }
  if (key.altKey) return undefined;
  const folding = at.column === 0 && at.row >= 0 ? foldCommand(key, fold) : undefined;
  return folding ?? rowCommand(key, at) ?? moveCommand(key, at, shape);
}

function headCommand({ key, altKey, shiftKey }: Key): GridCommand | undefined {
  const by = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : undefined;
  if (by !== undefined && altKey) return { kind: 'moveColumn', by };
  if (by !== undefined && shiftKey) return { kind: 'resize', by };
  if (key === 'Enter' || key === ' ') return { kind: 'sort', isAdded: shiftKey };
  return undefined;
}

function foldCommand(key: Key, fold: 'open' | 'closed' | undefined): GridCommand | undefined {
  if (key.shiftKey || isFar(key)) return undefined;
  if (key.key === 'ArrowRight' && fold === 'closed') return { kind: 'fold', state: 'open' };
  if (key.key === 'ArrowLeft' && fold === 'open') return { kind: 'fold', state: 'closed' };
  return undefined;
}

function rowCommand(key: Key, { row }: Place): GridCommand | undefined {
  if (isFar(key)) {
    if (key.key.toLowerCase() === 'a') return { kind: 'selectAll' };
    if (key.key.toLowerCase() === 'c') return { kind: 'copy' };
    return key.key === ' ' && row >= 0 ? { kind: 'toggle' } : undefined;
  }
  if (key.key === 'Escape') return { kind: 'clear' };
  if (row < 0) return undefined;
  if (key.key === ' ') return { kind: key.shiftKey ? 'range' : 'toggle' };
  if (key.key === 'Enter') return { kind: 'open' };
  return /^[^/]$/u.test(key.key) ? { kind: 'find', letter: key.key } : undefined;
}

function moveCommand(key: Key, at: Place, shape: GridShape): GridCommand | undefined {
  const target = targetOf(key.key, at, isFar(key), shape);
  if (!target) return undefined;
  const row = Math.min(Math.max(target.row, -1), shape.rows - 1);
  const column = Math.min(Math.max(target.column, 0), shape.columns - 1);
  return { kind: 'move', to: { row, column }, isRange: key.shiftKey && row >= 0 && row !== at.row };
}

function targetOf(
  key: string,
  { row, column }: Place,
  isFarther: boolean,
  { rows, page }: GridShape,
): Place | undefined {
  switch (key) {
    case 'ArrowDown':
      return { row: isFarther ? rows - 1 : row + 1, column };
    case 'ArrowUp':
      return { row: isFarther ? Math.min(row, 0) : row - 1, column };
    case 'ArrowRight':
      return { row, column: isFarther ? Infinity : column + 1 };
    case 'ArrowLeft':
      return { row, column: isFarther ? 0 : column - 1 };
    case 'PageDown':
      return { row: row + page, column };
    case 'PageUp':
      return { row: row < 0 ? row : Math.max(0, row - page), column };
    case 'Home':
      return { row: isFarther ? 0 : row, column: 0 };
    case 'End':
      return { row: isFarther ? rows - 1 : row, column: Infinity };
    default:
      return undefined;
  }
}

function isFar({ ctrlKey, metaKey }: Key): boolean {
  return ctrlKey || metaKey;
}
