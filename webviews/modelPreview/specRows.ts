import type { SpecRow } from '../protocol/modelPreview';
import type { Row } from '../shared/sections/rows';

/** Parts of a signature with at most so many rows are shown with all their properties at first. */
const mostOpenAtFirst = 60;

export type SpecKind = 'column' | 'parameter';

/** How the properties of a part's objects are folded. */
export interface Folding {
  /** Rows that were opened or folded, by id. */
  readonly turned: ReadonlySet<string>;
  /** Opens all, as while a filter looks into them. */
  readonly isAllOpen: boolean;
}

/** The rows of a signature's part, those of objects followed by their properties where they are open. */
export function listSpecRows(
  specs: readonly SpecRow[],
  kind: SpecKind,
  { turned, isAllOpen }: Folding,
): readonly Row[] {
  const isOpenAtFirst = countRows(specs, mostOpenAtFirst) <= mostOpenAtFirst;
  const isFlat = !specs.some(({ properties }) => properties);
  const isOpen = (id: string) => isAllOpen || turned.has(id) !== isOpenAtFirst;
  const rows: Row[] = [];
  const list = (some: readonly SpecRow[], above: string, path: string, level: number): void => {
    some.forEach((spec, index) => {
      const id = `${above}${index}`;
      const { properties } = spec;
      const place = properties ? { level, isOpen: isOpen(id) } : { level };
      const names = `${path}\n${spec.name ?? ''} ${spec.type}`;
      const row = toRow(spec, { id, kind, place, index, path: names });
      rows.push(isFlat ? row : { ...row, place });
      if (properties && place.isOpen) list(properties, `${id}/`, names, level + 1);
    });
  };
  list(specs, '', '', 0);
  return rows;
}

interface Placed {
  readonly id: string;
  readonly kind: SpecKind;
  readonly place: NonNullable<Row['place']>;
  readonly index: number;
  /** The names above it and its own, for the filter. */
  readonly path: string;
}

function toRow(spec: SpecRow, { id, kind, place, index, path }: Placed): Row {
  const { name, type, isRequired, fallback = '' } = spec;
  const shown = name === undefined ? `(${index})` : name === '' ? '(no name)' : name;
  const isParameter = kind === 'parameter' && place.level === 0;
  return {
    id,
    copyText: name ?? type,
    haystack: `${path}\n${fallback}\n${namesBelow(spec)}`.toLowerCase(),
    version: JSON.stringify([name, type, isRequired, fallback, place]),
    cells: () => [
      { text: shown },
      { text: type },
      { text: isParameter ? fallback : isRequired ? 'required' : 'optional' },
    ],
  };
}

function namesBelow({ properties = [] }: SpecRow): string {
  return properties.map((spec) => `${spec.name ?? ''} ${spec.type}\n${namesBelow(spec)}`).join('\n');
}

/** How many rows there are, with all open; it stops counting beyond `enough`. */
function countRows(specs: readonly SpecRow[], enough: number): number {
  let count = 0;
  for (const { properties } of specs) {
    count += 1 + (properties ? countRows(properties, enough) : 0);
    if (count > enough) break;
  }
  return count;
}
