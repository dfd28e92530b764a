import type { ColumnId } from '../protocol/arrangement';
import type { Cell, GroupRow, RunRow, Rows } from '../protocol/runsTable';

/** Rows come and go in blocks of so many. */
export const blockRows = 64;

/** A row but for its cells. */
export type RowHead = Omit<RunRow, 'cells'> | Omit<GroupRow, 'cells'>;

interface Block {
  /** The table's version when these were asked for, and the version that answered. */
  readonly askedAt: number;
  readonly version: number;
  readonly heads: readonly RowHead[];
  /** By column, in the order of the rows; the one that was asked for last is the last. */
  readonly cells: Map<ColumnId, readonly Cell[]>;
}

/** What of the table was read: as much as was seen lately, so that memory follows what is seen and not what there is. */
export class BlockCache {
  /** The one that was needed last is the last. */
  private readonly blocks = new Map<number, Block>();

  constructor(private readonly mostCells = 150_000) {}

  get cellCount(): number {
    let count = 0;
    for (const { heads, cells } of this.blocks.values()) count += heads.length * cells.size;
    return count;
  }

  /** Keeps an answer, unless a newer one is there. */
  put(index: number, askedAt: number, columns: readonly ColumnId[], { version, rows }: Rows): void {
    const present = this.blocks.get(index);
    if (present && present.askedAt > askedAt) return;
    const isSame = present?.askedAt === askedAt && present.version === version;
    const cells = isSame ? present.cells : new Map<ColumnId, readonly Cell[]>();
    for (const [place, column] of columns.entries()) {
      cells.delete(column);
      cells.set(
        column,
        rows.map((row) => row.cells[place] ?? null),
      );
    }
    this.blocks.delete(index);
    this.blocks.set(index, { askedAt, version, heads: rows.map(headOf), cells });
  }

  /** Which of the columns are to be asked for; `undefined` when there is nothing to ask. */
  missing(index: number, columns: readonly ColumnId[], version: number): readonly ColumnId[] | undefined {
    const block = this.blocks.get(index);
    if (!block || (block.askedAt !== version && block.version !== version)) return columns;
    const missing = columns.filter((column) => !block.cells.has(column));
    return missing.length > 0 ? missing : undefined;
  }

  headAt(row: number): RowHead | undefined {
    return this.blocks.get(Math.floor(row / blockRows))?.heads[row % blockRows];
  }

  /** Undefined while it is not read. */
  cellAt(row: number, column: ColumnId): Cell | undefined {
    return this.blocks.get(Math.floor(row / blockRows))?.cells.get(column)?.[row % blockRows];
  }

  /** The ids of the runs in rows `from` to `to` (exclusive); undefined if not all of them are read. */
  runIdsIn(from: number, to: number): readonly string[] | undefined {
    const ids: string[] = [];
    for (let row = from; row < to; row++) {
      const head = this.headAt(row);
      if (!head) return undefined;
      if (head.kind === 'run') ids.push(head.id);
    }
    return ids;
  }

  /** The row of a run or group among those of a block; -1 if it is not there. */
  find(index: number, id: string): number {
    const place = this.blocks.get(index)?.heads.findIndex((head) => head.id === id) ?? -1;
    return place === -1 ? -1 : index * blockRows + place;
  }

  /** Lets go of what was needed longest ago, but for the needed blocks; of those only columns beyond the needed. */
  trim(needed: readonly number[], columns: readonly ColumnId[]): void {
    for (const index of needed) this.touch(index);
    let count = this.cellCount;
    for (const [index, { heads, cells }] of this.blocks) {
      if (count <= this.mostCells) return;
      if (!needed.includes(index)) {
        this.blocks.delete(index);
        count -= heads.length * cells.size;
        continue;
      }
      for (const column of [...cells.keys()].filter((id) => !columns.includes(id))) {
        if (count <= this.mostCells) return;
        cells.delete(column);
        count -= heads.length;
      }
    }
  }

  clear(): void {
    this.blocks.clear();
  }

  private touch(index: number): void {
    const block = this.blocks.get(index);
    if (!block) return;
    this.blocks.delete(index);
    this.blocks.set(index, block);
  }
}

const noCells: readonly Cell[] = [];

/** The row without its cells, which are kept by column. */
function headOf(row: RunRow | GroupRow): RowHead {
  const head = { ...row, cells: noCells };
  return head;
}
