import type { ColumnId } from '../../webviews/protocol/arrangement';
import { listHistoryMetrics } from './columnIds';
import type { ExportedRun } from './tableModel';
import type { TableRuns } from './tableRuns';

/** Runs handed over at a time: few enough for one turn. */
const batchSize = 100;

/** Runs with their cells, batch by batch; histories are read for the statistics of metrics. Rejects when aborted. */
export async function* exportRuns(
  slots: readonly number[],
  ids: readonly ColumnId[],
  runs: TableRuns,
  signal: AbortSignal,
): AsyncIterable<readonly ExportedRun[]> {
  const metrics = listHistoryMetrics(ids);
  for (let start = 0; start < slots.length; start += batchSize) {
    signal.throwIfAborted();
    const batch = slots.slice(start, start + batchSize);
    for (const metric of metrics) await runs.statistics.fill(metric, batch, signal);
    const cellColumns = ids.map((id) => runs.values(id));
    yield batch.flatMap((slot) => {
      const facts = runs.columns.facts(slot);
      const cells = cellColumns.map((column) => column?.text(slot) ?? null);
      return facts ? [{ id: facts.id, name: facts.name, cells }] : [];
    });
    await new Promise((resolve) => setImmediate(resolve));
  }
}
