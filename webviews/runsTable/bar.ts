import { plainArrangement, type Arrangement } from '../protocol/arrangement';
import type { Column, TableFacts } from '../protocol/runsTable';
import { iconButton, toggleButton } from '../shared/controls';
import { button, element } from '../shared/dom';
import { icon } from '../shared/icons';
import { openMenu, type MenuItem } from '../shared/menu';
import { clampText, visibleText } from '../shared/text';
import { ColumnChooser } from './bar/columnChooser';
import { createFacetMenus } from './bar/facetMenus';
import { FilterBox } from './bar/filterBox';
import { createSelectionRow, exportItems } from './bar/selectionRow';
import { createStatusLine } from './bar/statusLine';
import { openViewsMenu } from './bar/viewsMenu';
import { kindLabels, labelOf } from './columnLabel';
import type { CreateTableBar, TableHost } from './tableHost';

/** The bar above the grid: what is searched for, what is shown of it, and what can be done. */
export const createTableBar: CreateTableBar = (host) => {
  const status = createStatusLine(host);
  const failed = (error: unknown) =>
    status.setTrouble(error instanceof Error ? error.message : String(error));
  const attempt = (step: () => Promise<unknown>): void => {
    step().then(() => status.setTrouble(undefined), failed);
  };
  const search = (change: Arrangement['search']) => host.arrange({ search: change });
  const filter = new FilterBox({
    check: (text) => host.checkFilter(text),
    complete: (text, offset) => host.completeFilter(text, offset),
    apply: (text) => search({ ...host.arrangement.search, text }),
    leave: () => host.focusGrid(),
  });
  const facets = createFacetMenus({
    search: () => host.arrangement.search,
    apply: search,
    load: () => host.loadFacets(),
    failed,
  });
  const selection = createSelectionRow({ host, attempt });
  const tools = createTools(host, attempt, failed);
  return {
    element: element(
      'div',
      { class: 'bar' },
      element('div', { class: 'bar-row' }, filter.element, facets.element, tools.element),
      element('div', { class: 'bar-row bar-status' }, status.element, selection.element),
    ),
    show: (facts, arrangement) => {
      filter.show(arrangement.search.text);
      facets.show(arrangement.search);
      status.show(facts, arrangement);
      tools.show(facts, arrangement);
    },
    showSelection: selection.show,
    setTrouble: status.setTrouble,
    focusFilter: () => filter.focus(),
    proposeFilter: (beginning) => filter.propose(beginning),
    chooseColumns: () => void tools.chooser.open(),
  };
};

/** How the found runs are shown, and what can be done with all of them. */
function createTools(
  host: TableHost,
  attempt: (step: () => Promise<unknown>) => void,
  failed: (error: unknown) => void,
) {
  let facts: TableFacts | undefined;
  const columns = menuButton('Columns', () => void chooser.open());
  const chooser = new ColumnChooser(host, columns.element, failed);
  const group = menuButton('Group', (anchor) => {
    host.loadAllColumns().then((all) => openMenu(anchor, 'Group By', groupItems(host, all)), failed);
  });
  const views = menuButton('Views', (anchor) => {
    if (facts) openViewsMenu(anchor, facts, { host, attempt });
  });
  const shade = toggleButton(
    'Shade Numbers by Size',
    () => host.arrange({ isShaded: !host.arrangement.isShaded }),
    'Shade',
  );
  const more = iconButton('More Actions', icon('ellipsis'), () =>
    openMenu(more, 'More Actions', moreItems(host, attempt)),
  );
  more.setAttribute('aria-haspopup', 'menu');
  const refresh = iconButton('Refresh', icon('refresh'), () => attempt(() => host.refresh()));
  return {
    chooser,
    element: element(
      'div',
      { class: 'tools', role: 'toolbar', aria: { label: 'Table' } },
      columns.element,
      group.element,
      views.element,
      shade.element,
      refresh,
      more,
    ),
    show: (shown: TableFacts, arrangement: Arrangement) => {
      if (shown.columnsVersion !== facts?.columnsVersion) void chooser.load();
      facts = shown;
      group.set(arrangement.groupBy === undefined ? undefined : keyOf(arrangement.groupBy));
      columns.set(arrangement.onlyDiffering ? 'differing' : undefined);
      shade.set(arrangement.isShaded);
    },
  };
}

/** A button that opens something below it, and says what is chosen there. */
function menuButton(name: string, open: (anchor: HTMLElement) => void) {
  const label = element('span', { class: 'facet-label stranger' }, name);
  const made = button(
    {
      class: 'button secondary facet tool',
      aria: { haspopup: 'true', expanded: 'false' },
      onClick: () => open(made),
    },
    label,
    icon('chevron'),
  );
  return {
    element: made,
    set: (chosen: string | undefined) => {
      label.textContent =
        chosen === undefined ? name : `${name}: ${clampText(visibleText(chosen), 24, 1).text}`;
      made.classList.toggle('is-on', chosen !== undefined);
    },
  };
}

/** A column's id without its kind. */
function keyOf(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}

/** A menu cannot hold more; any other column's own menu groups by it too. */
const mostGroupColumns = 60;

function groupItems(host: TableHost, all: readonly Column[]): readonly MenuItem[] {
  const { groupBy } = host.arrangement;
  const candidates = all
    .filter(({ isGroupable, differs }) => isGroupable && differs)
    .slice(0, mostGroupColumns);
  return [
    {
      kind: 'check',
      label: 'No Groups',
      isChecked: groupBy === undefined,
      run: () => host.arrange({ groupBy: undefined }),
    },
    { kind: 'separator' },
    ...candidates.map((column): MenuItem => ({
      kind: 'check',
      label: `${kindLabels[column.kind]}: ${clampText(labelOf(column), 60, 1).text}`,
      isChecked: column.id === groupBy,
      run: () => host.arrange({ groupBy: column.id }),
    })),
  ];
}

function moreItems(host: TableHost, attempt: (step: () => Promise<unknown>) => void): readonly MenuItem[] {
  const { isNested, opensAll } = host.arrangement;
  return [
    {
      kind: 'check',
      label: 'Nest Runs Under Their Parents',
      isChecked: isNested,
      run: () => host.arrange({ isNested: !isNested }),
    },
    {
      kind: 'action',
      label: 'Unfold All',
      isDisabled: opensAll,
      run: () => host.arrange({ opensAll: true, open: [] }),
    },
    { kind: 'action', label: 'Fold All', run: () => host.arrange({ opensAll: false, open: [] }) },
    { kind: 'separator' },
    { kind: 'action', label: 'Select All', run: () => attempt(() => host.selectAll()) },
    { kind: 'action', label: 'Clear Search', run: () => host.arrange({ search: plainArrangement.search }) },
    { kind: 'separator' },
    ...exportItems((wanted) => attempt(() => host.exportRuns(wanted))),
  ];
}
