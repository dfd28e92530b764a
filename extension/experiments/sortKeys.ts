import type { Run } from '../tracking/model';

/** One way to sort runs. */
export interface SortKey {
  readonly label: string;
  readonly description: string;
  /** In MLflow's grammar; empty for newest first. */
  readonly orderBy: readonly string[];
}

/** As many keys of a kind as anybody looks through; any other can be typed. */
const mostKeys = 200;

/** What the runs may be sorted by: their attributes, and whatever metrics and parameters any of them has. */
export function listSortKeys(runs: readonly Run[]): readonly SortKey[] {
  const metrics = collectKeys(runs, (run) => run.metrics);
  const params = collectKeys(runs, (run) => run.params);
  return [
    { label: 'Newest first', description: '', orderBy: [] },
    { label: 'Oldest first', description: '', orderBy: ['attributes.start_time ASC'] },
    { label: 'Name', description: 'A to Z', orderBy: ['attributes.run_name ASC'] },
    { label: 'Status', description: 'A to Z', orderBy: ['attributes.status ASC'] },
    ...metrics.flatMap((key) => [
      { label: key, description: 'metric, lowest first', orderBy: [`metrics.${quoteKey(key)} ASC`] },
      { label: key, description: 'metric, highest first', orderBy: [`metrics.${quoteKey(key)} DESC`] },
    ]),
    ...params.map((key) => ({
      label: key,
      description: 'parameter, A to Z',
      orderBy: [`params.${quoteKey(key)} ASC`],
    })),
  ];
}

/** The keys that somebody typed, separated by commas outside of quotes. */
export function splitOrder(text: string): readonly string[] {
  const keys = text.match(/(?:`[^`]*`|"[^"]*"|[^,])+/g) ?? [];
  return keys.map((key) => key.trim()).filter((key) => key !== '');
}

function quoteKey(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : `\`${key}\``;
}

function collectKeys(
  runs: readonly Run[],
  mapOf: (run: Run) => ReadonlyMap<string, unknown>,
): readonly string[] {
  const keys = new Set(runs.flatMap((run) => [...mapOf(run).keys()]));
  // MLflow itself allows no backtick in a key, and its grammar cannot say one.
  return [...keys]
    .filter((key) => !key.includes('`'))
    .sort()
    .slice(0, mostKeys);
}
