import type { ColumnId } from '../protocol/arrangement';
import type { Rows, RowsQuery } from '../protocol/runsTable';
import { blockRows, type BlockCache } from './blockCache';
import type { IndexRange } from './viewport';

/** What is to be read: the rows in sight, and the columns in sight with some to either side. */
export interface Sight {
  readonly rows: IndexRange;
  /** Rows at the top that are always in sight. */
  readonly stuckRows: number;
  readonly columns: readonly ColumnId[];
  readonly rowCount: number;
  readonly version: number;
}

export interface RowLoaderActions {
  load(query: RowsQuery, signal: AbortSignal): Promise<Rows>;
  /** These blocks of rows came. */
  loaded(block: number): void;
  failed(error: unknown): void;
}

interface Running {
  readonly controller: AbortController;
  readonly columns: ReadonlySet<ColumnId>;
}

/** How many questions run at a time: the rows in sight lie in two blocks at most windows. */
const mostRunning = 2;

/** Reads the blocks in sight, then their neighbours; whatever went out of sight meanwhile is called off. */
export class RowLoader {
  private readonly running = new Map<number, Running>();
  /** Blocks that could not be read: not asked for again at this version. */
  private readonly failed = new Set<number>();
  private sight: Sight | undefined;

  constructor(
    private readonly cache: BlockCache,
    private readonly actions: RowLoaderActions,
  ) {}

  look(sight: Sight): void {
    if (sight.version !== this.sight?.version) this.failed.clear();
    this.sight = sight;
    const wanted = blocksOf(sight);
    for (const [block, { controller }] of this.running) {
      // An answer to an older version is better than none: where versions come faster than answers, none would ever come.
      if (wanted.includes(block)) continue;
      this.running.delete(block);
      controller.abort();
    }
    this.cache.trim(wanted, sight.columns);
    this.pump();
  }

  /** Asks again for what could not be read. */
  retry(): void {
    this.failed.clear();
    this.pump();
  }

  private pump(): void {
    const { sight } = this;
    if (!sight) return;
    for (const block of blocksOf(sight)) {
      if (this.running.size >= mostRunning) return;
      if (this.failed.has(block)) continue;
      const missing = this.cache.missing(block, sight.columns, sight.version);
      if (!missing) continue;
      const running = this.running.get(block);
      if (running && missing.every((column) => running.columns.has(column))) continue;
      running?.controller.abort();
      void this.load(block, missing, sight);
    }
  }

  private async load(block: number, columns: readonly ColumnId[], { version }: Sight): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    this.running.set(block, { controller, columns: new Set(columns) });
    const from = block * blockRows;
    try {
      // The whole block, though the table may end in it: by the time of the answer there may be more rows.
      const rows = await this.actions.load({ from, to: from + blockRows, columns }, signal);
      if (signal.aborted) return;
      this.cache.put(block, version, columns, rows);
      this.actions.loaded(block);
    } catch (error) {
      if (signal.aborted) return;
      this.failed.add(block);
      this.actions.failed(error);
    }
    if (this.running.get(block)?.controller === controller) this.running.delete(block);
    this.pump();
  }
}

/** Those in sight first, then one below and one above. */
export function blocksOf({
  rows,
  stuckRows,
  rowCount,
}: Omit<Sight, 'columns' | 'version'>): readonly number[] {
  const to = Math.min(rows.to, rowCount);
  if (to <= rows.from) return stuckRows > 0 ? [0] : [];
  const first = Math.floor(rows.from / blockRows);
  const last = Math.floor((to - 1) / blockRows);
  const blocks = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  if (stuckRows > 0 && first > 0) blocks.push(0);
  if ((last + 1) * blockRows < rowCount) blocks.push(last + 1);
  if (first > 0) blocks.push(first - 1);
  return [...new Set(blocks)];
}
