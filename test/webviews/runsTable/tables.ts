import { columnIdOf, plainArrangement, type Arrangement } from '../../../webviews/protocol/arrangement';
import type {
  Cell,
  Column,
  Rows,
  RowsQuery,
  RunRow,
  RunsTableSnapshot,
  TableFacts,
  TableRow,
  Trend,
  TrendsQuery,
} from '../../../webviews/protocol/runsTable';
import type { RunStatus } from '../../../webviews/protocol/runSummary';

/** Made-up tables of runs; cells are computed as they are asked for, so that size costs nothing. */

export const subject = { connectionUri: 'http://127.0.0.1:5000', experimentIds: ['12'] };

export interface FakeTable {
  readonly facts: TableFacts;
  readonly arrangement: Arrangement;
  readonly columns: readonly Column[];
  rowAt(index: number): Omit<RunRow, 'cells'> | Omit<Extract<TableRow, { kind: 'group' }>, 'cells'>;
  cellAt(row: number, column: Column): Cell;
}

const statuses: readonly RunStatus[] = ['FINISHED', 'FINISHED', 'FINISHED', 'FAILED', 'KILLED', 'RUNNING'];
const startedAt = Date.UTC(2026, 10, 21, 3, 55, 12);

export function column(kind: Column['kind'], key: string, more: Partial<Column> = {}): Column {
  return {
    id: columnIdOf(kind, key, more.statistic),
    kind,
    key,
    format: kind === 'metrics' ? 'number' : 'text',
    valueCount: 3,
    differs: true,
    sortsHere: false,
    isGroupable: kind === 'params' || kind === 'tags',
    ...more,
  };
}

const details = [
  column('attributes', 'start_time', { format: 'time' }),
  column('attributes', 'duration', { format: 'duration', sortsHere: true }),
];

/** So many runs with details and so many columns: a third metrics, the rest parameters, and one tag. */
export function largeTable(rowCount: number, columnCount: number, more: Partial<FakeTable> = {}): FakeTable {
  const metricCount = Math.floor(columnCount / 3);
  const columns = [
    ...details,
    ...Array.from({ length: columnCount - 3 }, (_, index) =>
      index < metricCount
        ? column('metrics', metricName(index), {
            range: { min: 0, max: 1 },
            direction: index % 2 === 0 ? 'lower' : 'higher',
          })
        : column('params', `param_${index}`),
    ),
    column('tags', 'team'),
  ].slice(0, columnCount);
  return {
    facts: factsOf(rowCount),
    arrangement: plainArrangement,
    columns,
    rowAt: plainRun,
    cellAt: plainCell,
    ...more,
  };
}

export function factsOf(rowCount: number, more: Partial<TableFacts> = {}): TableFacts {
  return {
    experiments: [{ id: '12', name: 'image-classification' }],
    version: 1,
    columnsVersion: 1,
    rowCount,
    pinnedCount: 0,
    runCount: rowCount,
    hasMore: false,
    notes: [],
    views: [],
    sharing: { isPossible: true },
    ...more,
  };
}

export function snapshotOf({ facts: table, arrangement }: FakeTable): RunsTableSnapshot {
  return { kind: 'ready', subject, arrangement, table };
}

export function plainRun(index: number): Omit<RunRow, 'cells'> {
  return {
    kind: 'run',
    id: `run${index}`,
    name: `run ${index}`,
    status: statuses[index % statuses.length] ?? 'FINISHED',
    isDeleted: false,
    color: index % 40,
    isPinned: false,
    depth: 0,
  };
}

export function plainCell(row: number, { kind, key, format }: Column): Cell {
  if (format === 'time') return String(startedAt - row * 100_000);
  if (format === 'duration') return String((row * 7919) % 5_000_000);
  const seed = row * 31 + key.length * 17 + key.charCodeAt(key.length - 1);
  if (kind === 'metrics') return seed % 41 === 0 ? 'NaN' : String(Math.abs(Math.sin(seed)));
  if (kind === 'tags') return row % 3 === 0 ? null : 'vision';
  return seed % 7 === 0 ? null : `value ${seed % 97}`;
}

export function answer(table: FakeTable, { from, to, columns }: RowsQuery): Rows {
  const byId = new Map(table.columns.map((one) => [one.id, one]));
  const rows = Array.from({ length: Math.max(0, Math.min(to, table.facts.rowCount) - from) }, (_, place) => {
    const index = from + place;
    const cells = columns.map((id) => {
      const found = byId.get(id);
      return found ? table.cellAt(index, found) : null;
    });
    return { ...table.rowAt(index), cells };
  });
  return { version: table.facts.version, rows };
}

/** A falling course with a wobble, of so many points. */
export function trendOf(runId: string, { pixels }: TrendsQuery): Trend {
  const seed = Number(runId.replace(/\D/g, ''));
  const y = Float64Array.from(
    { length: pixels },
    (_, index) => Math.exp(-index / 40) + Math.sin(index / 3 + seed) / 15,
  );
  const x = Float64Array.from({ length: pixels }, (_, index) => index);
  return {
    runId,
    min: String(Math.min(...y)),
    max: String(Math.max(...y)),
    best: String(Math.min(...y)),
    points: { x, y },
  };
}

function metricName(index: number): string {
  const names = ['loss', 'accuracy', 'val_loss', 'val_accuracy', 'f1', 'lr'];
  return names[index] ?? `metric_${index}`;
}
