import type { TableSearch } from '../../protocol/arrangement';
import type { Facets, FacetValue } from '../../protocol/runsTable';
import { button, element } from '../../shared/dom';
import { icon } from '../../shared/icons';
import { openMenu, type MenuItem } from '../../shared/menu';
import { clampText, formatInteger, visibleText } from '../../shared/text';

export interface FacetActions {
  search(): TableSearch;
  apply(search: TableSearch): void;
  load(): Promise<Facets>;
  failed(error: unknown): void;
}

const hour = 3_600_000;

/** As the filter dialog of the tree has them. */
const periods: readonly (readonly [label: string, within: number])[] = [
  ['Last Hour', hour],
  ['Last 24 Hours', 24 * hour],
  ['Last 7 Days', 7 * 24 * hour],
  ['Last 30 Days', 30 * 24 * hour],
  ['Last Year', 365 * 24 * hour],
];

const statuses: Readonly<Record<string, string>> = {
  RUNNING: 'Running',
  SCHEDULED: 'Scheduled',
  FINISHED: 'Finished',
  FAILED: 'Failed',
  KILLED: 'Killed',
};

/** A menu for each thing that runs can be narrowed down by, with how many of the loaded runs have it. */
export function createFacetMenus(actions: FacetActions) {
  const menus = [stateMenu(actions), timeMenu(actions), userMenu(actions), datasetMenu(actions)];
  return {
    element: element('div', { class: 'facets' }, ...menus.map((menu) => menu.element)),
    show: (search: TableSearch) => {
      for (const menu of menus) menu.show(search);
    },
  };
}

interface FacetMenu {
  readonly element: HTMLElement;
  show(search: TableSearch): void;
}

function facetMenu(
  name: string,
  actions: FacetActions,
  chosen: (search: TableSearch) => string | undefined,
  items: (search: TableSearch, facets: Facets) => readonly MenuItem[],
): FacetMenu {
  const label = element('span', { class: 'facet-label stranger' }, name);
  const open = async () => {
    try {
      openMenu(made, name, items(actions.search(), await actions.load()));
    } catch (error) {
      actions.failed(error);
    }
  };
  const made = button(
    {
      class: 'button secondary facet',
      aria: { haspopup: 'menu', expanded: 'false' },
      onClick: () => void open(),
    },
    label,
    icon('chevron'),
  );
  return {
    element: made,
    show: (search) => {
      const value = chosen(search);
      label.textContent =
        value === undefined ? name : `${name}: ${clampText(visibleText(value), 30, 1).text}`;
      made.classList.toggle('is-on', value !== undefined);
    },
  };
}

/** One entry for each value, checked where it is searched for, and one that takes it back. */
function choices<T>(
  values: readonly (readonly [label: string, value: T, count?: number])[],
  present: T | undefined,
  choose: (value: T | undefined) => void,
): readonly MenuItem[] {
  const items = values.map(([label, value, count]): MenuItem => ({
    kind: 'check',
    label: `${clampText(visibleText(label), 60, 1).text}${count === undefined ? '' : ` (${formatInteger(count)})`}`,
    isChecked: value === present,
    run: () => choose(value === present ? undefined : value),
  }));
  const any: MenuItem = {
    kind: 'check',
    label: 'Any',
    isChecked: present === undefined,
    run: () => choose(undefined),
  };
  return items.length === 0 ? [any] : [any, { kind: 'separator' }, ...items];
}

function stateMenu(actions: FacetActions): FacetMenu {
  const present = ({ status, isDeleted }: TableSearch) => (isDeleted === true ? 'deleted' : status);
  const labelOf = (status: string) => statuses[status] ?? (status === 'deleted' ? 'Deleted' : status);
  return facetMenu(
    'State',
    actions,
    (search) => (present(search) === undefined ? undefined : labelOf(present(search) ?? '')),
    (search, facets) => {
      const counts = new Map(facets.statuses.map(({ value, count }) => [value, count]));
      const values = [
        ...Object.entries(statuses).map(
          ([status, label]) => [label, status, counts.get(status) ?? 0] as const,
        ),
        ['Deleted', 'deleted'] as const,
      ];
      return choices<string>(values, present(search), (status) => {
        const isDeleted = status === 'deleted';
        actions.apply(
          withParts(actions.search(), {
            status: isDeleted ? undefined : (status as TableSearch['status']),
            isDeleted: isDeleted ? true : undefined,
          }),
        );
      });
    },
  );
}

function timeMenu(actions: FacetActions): FacetMenu {
  return facetMenu(
    'Started',
    actions,
    ({ startedWithin }) =>
      startedWithin === undefined
        ? undefined
        : (periods.find(([, within]) => within === startedWithin)?.[0] ??
          `last ${formatInteger(startedWithin / hour)} h`),
    ({ startedWithin: present }) =>
      choices(periods, present, (startedWithin) =>
        actions.apply(withParts(actions.search(), { startedWithin })),
      ),
  );
}

function userMenu(actions: FacetActions): FacetMenu {
  return facetMenu(
    'User',
    actions,
    ({ user }) => user,
    ({ user: present }, { users }) =>
      choices(toChoices(users, present), present, (user) =>
        actions.apply(withParts(actions.search(), { user })),
      ),
  );
}

function datasetMenu(actions: FacetActions): FacetMenu {
  return facetMenu(
    'Dataset',
    actions,
    ({ dataset }) => dataset,
    ({ dataset: present }, { datasets }) =>
      choices(toChoices(datasets, present), present, (dataset) =>
        actions.apply(withParts(actions.search(), { dataset })),
      ),
  );
}

/** What is searched for is among them, even where no run has it. */
function toChoices(values: readonly FacetValue[], present: string | undefined) {
  const all = values.map(({ value, count }) => [value, value, count] as const);
  const isThere = present === undefined || values.some(({ value }) => value === present);
  return isThere ? all : [...all, [present, present, 0] as const];
}

/** The search with these parts; those that are undefined are asked for no more. */
function withParts(
  search: TableSearch,
  parts: { readonly [Key in keyof TableSearch]?: TableSearch[Key] | undefined },
): TableSearch {
  const { text, ...rest } = { ...search, ...parts };
  const wanted = Object.entries(rest).filter(([, value]) => value !== undefined);
  return { text: text ?? '', ...Object.fromEntries(wanted) };
}
