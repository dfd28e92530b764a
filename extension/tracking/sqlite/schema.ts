/**
 * Which tables and columns a database has: all schema revisions since MLflow 0.9 are read, and what one lacks is left out.
 * Every SQL text is put together from names of this program, never from names that the database holds.
 */
export class Schema {
  private readonly columns: ReadonlyMap<string, ReadonlySet<string>>;

  /** `rows` are pairs of table and column. */
  constructor(rows: Iterable<readonly [table: string, column: string]>) {
    const columns = new Map<string, Set<string>>();
    for (const [table, column] of rows) {
      const known = columns.get(table);
      if (known) known.add(column);
      else columns.set(table, new Set([column]));
    }
    this.columns = columns;
  }

  /** Whether all tables are there. */
  has(...tables: readonly string[]): boolean {
    return tables.every((table) => this.columns.has(table));
  }

  hasColumn(table: string, column: string): boolean {
    return this.columns.get(table)?.has(column) ?? false;
  }

  /** SQL for columns of a table, in order; `NULL` for those that this revision lacks. */
  pick(table: string, alias: string, columns: readonly string[]): string {
    return columns.map((column) => this.column(table, alias, column)).join(', ');
  }

  /** SQL for a column of a table, or for what stands in for it. */
  column(table: string, alias: string, column: string, fallback = 'NULL'): string {
    return this.hasColumn(table, column) ? `${alias}.${column}` : fallback;
  }

  /**
   * SQL for what to read the latest point of each metric from, with columns run_uuid, key, value, timestamp, step and
   * is_nan. Before MLflow 1.8 there was no table of them: the greatest by step, time and value was searched each time.
   */
  latestMetrics(): string {
    if (this.has('latest_metrics')) return 'latest_metrics';
    const metric = (column: string): string => this.column('metrics', 'm', column, '0');
    return `(SELECT * FROM (
      SELECT m.run_uuid AS run_uuid, m.key AS key, m.value AS value, ${metric('timestamp')} AS timestamp,
        ${metric('step')} AS step, ${metric('is_nan')} AS is_nan, row_number() OVER (
          PARTITION BY m.run_uuid, m.key ORDER BY ${metric('step')} DESC, ${metric('timestamp')} DESC, m.value DESC
        ) AS place FROM metrics m) WHERE place = 1)`;
  }
}
