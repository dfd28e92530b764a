import type { ChartMetric } from '../protocol/metrics';
import type { Arrangement, Sort } from './arrangement';
import type { Search } from './search';

/** Charts under one heading. */
export interface Section {
  /** What it is known by, whatever it is called. */
  readonly id: string;
  readonly title: string;
  readonly isFolded: boolean;
  readonly charts: readonly ChartMetric[];
}

export interface Layout {
  readonly sections: readonly Section[];
  /** How many metrics the search lets through, and of how many. */
  readonly shown: number;
  readonly total: number;
}

const ranks = ['pinned', 'plain', 'prefix', 'system', 'node'] as const;

interface Place {
  readonly rank: (typeof ranks)[number];
  readonly name: string;
}

/**
 * The metrics that are searched for, by sections: pinned ones first, then those without a prefix, then by prefix, and
 * what MLflow measures of the machine last. While a search is on, all sections are open.
 */
export function layOut(
  metrics: readonly ChartMetric[],
  { pinned, folded, sort }: Pick<Arrangement, 'pinned' | 'folded' | 'sort'>,
  search: Search & { readonly kind: 'valid' },
): Layout {
  const found = metrics.filter(({ key }) => search.matches(key));
  const pins = new Set(pinned);
  const groups = new Map<string, { place: Place; charts: ChartMetric[] }>();
  for (const metric of found) {
    const place = pins.has(metric.key) ? { rank: 'pinned' as const, name: '' } : placeOf(metric.key);
    const id = `${place.rank}:${place.name}`;
    const group = groups.get(id);
    if (group) group.charts.push(metric);
    else groups.set(id, { place, charts: [metric] });
  }
  const sections = [...groups]
    .sort(([, a], [, b]) => comparePlaces(a.place, b.place, sort))
    .map(([id, { place, charts }]) => ({
      id,
      title: titleOf(place),
      isFolded: search.isEmpty && folded.includes(id),
      charts: charts.sort((a, b) => compareMetrics(a, b, sort)),
    }));
  return { sections, shown: found.length, total: metrics.length };
}

/** `train/loss` as `train/` and `loss`; of the metrics of a machine also the node goes to the prefix. */
export function splitName(metric: string): readonly [prefix: string, name: string] {
  const { rank, name } = placeOf(metric);
  const length = { pinned: 0, plain: 0, prefix: name.length + 1, system: 7, node: name.length + 8 }[rank];
  return [metric.slice(0, length), metric.slice(length)];
}

function placeOf(metric: string): Place {
  const parts = metric.split('/');
  const [first = '', second = ''] = parts;
  if (parts.length === 1 || first === '') return { rank: 'plain', name: '' };
  if (first !== 'system') return { rank: 'prefix', name: first };
  return parts.length === 2 ? { rank: 'system', name: '' } : { rank: 'node', name: second };
}

function titleOf({ rank, name }: Place): string {
  switch (rank) {
    case 'pinned':
      return 'Pinned';
    case 'plain':
      return 'Metrics';
    case 'prefix':
      return name;
    case 'system':
      return 'System';
    case 'node':
      return `System · ${name}`;
  }
}

function comparePlaces(a: Place, b: Place, sort: Sort): number {
  const byName = compareNames(a.name, b.name);
  return ranks.indexOf(a.rank) - ranks.indexOf(b.rank) || (sort === 'nameDown' ? -byName : byName);
}

function compareMetrics(a: ChartMetric, b: ChartMetric, sort: Sort): number {
  const byName = compareNames(a.key, b.key);
  if (sort === 'mostRuns') return b.runCount - a.runCount || byName;
  return sort === 'nameDown' ? -byName : byName;
}

const names = new Intl.Collator(undefined, { numeric: true });

/** As people sort: `layer2` before `layer10`. */
export function compareNames(a: string, b: string): number {
  return names.compare(a, b);
}
