import { compileLike } from './likePattern';
import { readerOf } from './readFact';
import type { RunFacts } from './runFacts';
import type { RunClause, RunFilter } from './runFilter';

type Test = (facts: RunFacts) => boolean;
type Value = string | number | undefined;

/**
 * Whether a run fits the filter, as MLflow's file store judges it (reference/STORES.md §4): what a run does not have fits
 * no comparison, not even `!=`; NaN fits only `!=`; of its datasets any one may fit.
 *
 * What is cheap to ask is asked first: attributes, then tags, params, metrics, and datasets last.
 */
export function compileFilter(filter: RunFilter): Test {
  const tests = filter.toSorted((a, b) => costs[a.field.kind] - costs[b.field.kind]).map(compileClause);
  return (facts) => tests.every((test) => test(facts));
}

const costs: Readonly<Record<RunClause['field']['kind'], number>> = {
  attribute: 0,
  tag: 1,
  param: 2,
  metric: 3,
  dataset: 4,
};

function compileClause({ field, comparator, value }: RunClause): Test {
  if (field.kind === 'dataset') {
    const fits = compileComparison(comparator, value);
    return (facts) => facts.datasets().some((dataset) => fits(dataset[field.key]));
  }
  const read = readerOf(field);
  if (comparator === 'IS NULL') return (facts) => read(facts) === undefined;
  if (comparator === 'IS NOT NULL') return (facts) => read(facts) !== undefined;
  const fits = compileComparison(comparator, value);
  return (facts) => fits(read(facts));
}

function compileComparison(
  comparator: RunClause['comparator'],
  value: RunClause['value'],
): (found: Value) => boolean {
  return typeof value === 'number' ? compareNumber(comparator, value) : compareWithText(comparator, value);
}

/** What is undefined fits nothing. */
export function compareWithText(
  comparator: RunClause['comparator'],
  value: string | readonly string[] | undefined,
): (found: Value) => boolean {
  if (typeof value === 'string') return compareText(comparator, value);
  const list = new Set(value);
  const isWanted = comparator === 'IN';
  return (found) => typeof found === 'string' && list.has(found) === isWanted;
}

function compareText(comparator: RunClause['comparator'], value: string): (found: Value) => boolean {
  if (comparator === '=') return (found) => found === value;
  if (comparator === '!=') return (found) => found !== undefined && found !== value;
  const like = compileLike(value, comparator === 'ILIKE');
  return (found) => typeof found === 'string' && like(found);
}

function compareNumber(comparator: RunClause['comparator'], value: number): (found: Value) => boolean {
  const compare = numberComparisons.get(comparator);
  return (found) => typeof found === 'number' && compare?.(found, value) === true;
}

const numberComparisons: ReadonlyMap<string, (found: number, value: number) => boolean> = new Map([
  ['=', (found, value) => found === value],
  ['!=', (found, value) => found !== value],
  ['>', (found, value) => found > value],
  ['>=', (found, value) => found >= value],
  ['<', (found, value) => found < value],
  ['<=', (found, value) => found <= value],
]);
