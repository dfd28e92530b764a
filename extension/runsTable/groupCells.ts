import type { ColumnId } from '../../webviews/protocol/arrangement';
import type { GroupCell } from '../../webviews/protocol/runsTable';
import { Pace } from '../histories/pace';
import type { RunGroup } from './displayRows';
import { summarize } from './groupRuns';
import type { ValueColumn } from './valueColumn';

/** A column and how its cells are summed up. */
export interface GroupedColumn {
  readonly id: ColumnId;
  readonly values: ValueColumn;
  readonly isNumeric: boolean;
}

interface Pending {
  readonly column: GroupedColumn;
  readonly index: number;
}

/** How long one call may sum up, in ms. */
const longestCall = 8;

/** What groups have in columns, each summed up once. What would take too long at once is there later, and is told. */
export class GroupCells {
  private readonly known = new Map<ColumnId, (GroupCell | null | undefined)[]>();
  private readonly pending: Pending[] = [];
  private isDisposed = false;

  constructor(
    private readonly groups: readonly RunGroup[],
    private readonly onMore: () => void,
  ) {}

  /** Cells of one group; what is still to be summed up is null for now. */
  read(index: number, columns: readonly (GroupedColumn | undefined)[]): readonly (GroupCell | null)[] {
    const begin = performance.now();
    return columns.map((column) => {
      if (!column) return null;
      const present = this.known.get(column.id)?.[index];
      if (present !== undefined) return present;
      if (performance.now() - begin < longestCall && this.pending.length === 0)
        return this.sumUp(column, index);
      this.await({ column, index });
      return null;
    });
  }

  dispose(): void {
    this.isDisposed = true;
  }

  private sumUp(column: GroupedColumn, index: number): GroupCell | null {
    const members = this.groups[index]?.members ?? new Int32Array();
    const cell = summarize(column.values, members, column.isNumeric);
    const cells = this.known.get(column.id) ?? [];
    this.known.set(column.id, cells);
    cells[index] = cell;
    return cell;
  }

  private await(one: Pending): void {
    if (this.pending.push(one) === 1) setImmediate(() => void this.sumUpPending());
  }

  private async sumUpPending(): Promise<void> {
    const pace = new Pace();
    for (let at = 0; at < this.pending.length && !this.isDisposed; at++) {
      const { column, index } = this.pending[at] ?? {};
      if (!column || index === undefined) continue;
      if (this.known.get(column.id)?.[index] === undefined) this.sumUp(column, index);
      await pace.rest();
    }
    this.pending.length = 0;
    if (!this.isDisposed) this.onMore();
  }
}
