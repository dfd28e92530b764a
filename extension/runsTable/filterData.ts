import { columnIdOf, type ColumnKind } from '../../webviews/protocol/arrangement';
import type { RunField } from '../tracking/filter/runFilter';
import type { FilterData } from './completeFilter';
import type { TableModel } from './tableModel';

/** Values of a key that are offered. */
const mostValues = 200;

/** Numbers of so many runs are worth being looked through; of more, the lowest and the highest are offered. */
const mostNumbers = 2000;

const kinds: Readonly<Record<RunField['kind'], ColumnKind>> = {
  metric: 'metrics',
  param: 'params',
  tag: 'tags',
  attribute: 'attributes',
  dataset: 'datasets',
};

const statuses = ['FINISHED', 'RUNNING', 'FAILED', 'KILLED', 'SCHEDULED'];

/** What the loaded runs of a table offer for filters. */
export function filterDataOf(model: TableModel, recent: readonly string[]): FilterData {
  return {
    recent,
    keys: (kind) => listKeys(model, kinds[kind]),
    values: (field) => listValues(model, field),
  };
}

/** The keys that most runs have first. */
function listKeys(model: TableModel, kind: ColumnKind): readonly string[] {
  const columns = model.allColumns().filter((column) => column.kind === kind);
  return columns.sort((one, other) => other.valueCount - one.valueCount).map(({ key }) => key);
}

function listValues(model: TableModel, { kind, key }: RunField): readonly string[] {
  if (kind === 'attribute' && key === 'status') return statuses;
  const id = columnIdOf(kinds[kind], key);
  const column = model.allColumns().find((known) => known.id === id);
  const { min, max } = column?.range ?? {};
  if (column && column.valueCount > mostNumbers && min !== undefined) return [String(min), String(max)];
  return model.values(id, mostValues);
}
