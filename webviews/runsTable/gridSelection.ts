import type { BlockCache } from './blockCache';
import {
  nothingSelected,
  rangeTo,
  selectOnly,
  selectRange,
  toggleSelected,
  type Selection,
} from './selection';

export interface SelectionActions {
  loadRunIds(range: { readonly from: number; readonly to: number }): Promise<readonly string[]>;
  changed(): void;
  failed(error: unknown): void;
}

/** The selected runs of the grid. Ranges may reach over rows that were never read: then the extension names their runs. */
export class GridSelection {
  private selection: Selection = nothingSelected;
  /** How often something was selected: a late answer to an earlier wish is none. */
  private wishes = 0;

  constructor(
    private readonly cache: BlockCache,
    private readonly actions: SelectionActions,
  ) {}

  /** In the order in which they were selected. */
  get ids(): readonly string[] {
    return [...this.selection.ids];
  }

  get count(): number {
    return this.selection.ids.size;
  }

  has(id: string): boolean {
    return this.selection.ids.has(id);
  }

  only(row: number, id: string): void {
    this.set(selectOnly(row, id));
  }

  toggle(row: number, id: string): void {
    this.set(toggleSelected(this.selection, row, id));
  }

  /** Where the next range begins, whatever is selected. */
  anchorAt(row: number): void {
    this.selection = { ...this.selection, anchor: row };
  }

  clear(): void {
    this.set({ ...this.selection, ids: new Set() });
  }

  /** From the anchor to this row, in place of what was selected or beside it. */
  async range(row: number, isAdded: boolean): Promise<void> {
    const { from, to } = rangeTo(this.selection, row);
    await this.select(from, to, isAdded);
  }

  async all(rowCount: number): Promise<void> {
    await this.select(0, rowCount, false);
  }

  private async select(from: number, to: number, isAdded: boolean): Promise<void> {
    const wish = ++this.wishes;
    const read = this.cache.runIdsIn(from, to);
    if (read) {
      this.set(selectRange(this.selection, read, isAdded));
      return;
    }
    try {
      const ids = await this.actions.loadRunIds({ from, to });
      if (wish === this.wishes) this.set(selectRange(this.selection, ids, isAdded));
    } catch (error) {
      this.actions.failed(error);
    }
  }

  private set(selection: Selection): void {
    this.wishes++;
    this.selection = selection;
    this.actions.changed();
  }
}
