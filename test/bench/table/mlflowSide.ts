import type { Browser, Page } from 'playwright-core';
import { watchFor, whenSeen, type Sight } from '../../support/pageProbes';
import { takeScroll, type Scrollable, type TableSample, type TableShape } from './samples';

/** MLflow's own runs table and compare page, in a browser that is open. */

export const viewport = { width: 1400, height: 900 };
const deadline = 240_000;

export interface MlflowTable {
  readonly uri: string;
  readonly experimentId: string;
  readonly shape: TableShape;
}

export interface MlflowTableOptions {
  /** All columns are shown; by itself MLflow shows none of the params, metrics and tags. */
  readonly allColumns: boolean;
  /** The page's programs are in the browser's cache. */
  readonly isCached: boolean;
  readonly scrolls: boolean;
}

export async function openMlflowTable(
  browser: Browser,
  { uri, experimentId, shape }: MlflowTable,
  { allColumns, isCached, scrolls }: MlflowTableOptions,
): Promise<TableSample> {
  const settings = allColumns ? [showAllColumns(experimentId, shape)] : [];
  const sight = { selector: '.ag-row a', text: `run-${shape.runs - 1}` };
  const url = `${uri}/#/experiments/${experimentId}/runs`;
  const way = { scroller: '.ag-body-viewport', rowHead: '.ag-row a', lastRow: 'run-0', more: 'Load more' };
  const across = allColumns ? '.ag-body-horizontal-scroll-viewport' : undefined;
  const scrollable = { way, grid: '.ag-root', ...(across === undefined ? {} : { across }) };
  return await openMlflow(browser, { url, sight, settings, isCached, ...(scrolls ? { scrollable } : {}) });
}

/** The compare page of all runs of the experiment; its table of parameters shows those that are equal too, as it does by itself. */
export async function openMlflowComparison(
  browser: Browser,
  { uri, experimentId, shape }: MlflowTable,
  { isCached, scrolls }: Pick<MlflowTableOptions, 'isCached' | 'scrolls'>,
): Promise<TableSample> {
  const ids = Array.from({ length: shape.runs }, (_, index) => index.toString(16).padStart(32, '0'));
  const list = (values: readonly string[]): string => encodeURIComponent(JSON.stringify(values));
  const url = `${uri}/#/compare-runs?runs=${list(ids)}&experiments=${list([experimentId])}`;
  const rowHead = '.mlflow-compare-run-table tr.diff-row th';
  const grid = '.mlflow-compare-run-table:has(tr.diff-row)';
  const way = { scroller: grid, rowHead, lastRow: `param_${shape.columns.params - 1}` };
  const options = { url, sight: { selector: rowHead, text: 'param_00' }, settings: [], isCached };
  return await openMlflow(browser, {
    ...options,
    ...(scrolls ? { scrollable: { way, grid, across: grid } } : {}),
  });
}

type Setting = readonly [key: string, value: string];

interface Opening {
  readonly url: string;
  readonly sight: Sight;
  readonly settings: readonly Setting[];
  readonly isCached: boolean;
  /** Left out: it is not scrolled. */
  readonly scrollable?: Omit<Scrollable, 'page' | 'frame'>;
}

async function openMlflow(browser: Browser, opening: Opening): Promise<TableSample> {
  const context = await browser.newContext({ viewport });
  await context.addInitScript(set, [...opening.settings, ...closedAssistant]);
  try {
    if (opening.isCached) {
      const page = await context.newPage();
      await see(page, opening);
      await page.close();
    }
    const page = await context.newPage();
    const firstRows = await see(page, opening);
    if (!opening.scrollable) return { firstRows };
    return { firstRows, scrolling: await takeScroll({ page, frame: page, ...opening.scrollable }) };
  } finally {
    await context.close();
  }
}

async function see(page: Page, { url, sight }: Opening): Promise<number> {
  await watchFor(page, sight);
  await page.goto(url, { waitUntil: 'commit' });
  return (await whenSeen(page, deadline)).afterNavigation;
}

/** Runs in the page, before its own programs. */
function set(settings: readonly Setting[]): void {
  for (const [key, value] of settings) localStorage.setItem(key, value);
}

/** Its chat opens by itself the first time, beside the table, and has nothing to do with it. */
const closedAssistant: readonly Setting[] = [
  ['mlflow.assistant.fab.autoOpenedOnFirstLoad_v1', 'true'],
  ['mlflow.assistant.panelOpen_v1', 'false'],
];

/** What MLflow itself keeps once somebody has ticked all columns. */
function showAllColumns(experimentId: string, { columns }: TableShape): Setting {
  const named = (group: string, name: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, k) => `${group}.\`${name}_${String(k).padStart(2, '0')}\``);
  const selectedColumns = [
    ...named('metrics', 'metric', columns.metrics),
    ...named('params', 'param', columns.params),
    ...named('tags', 'tag', columns.tags - systemTags),
  ];
  const key = `MLflowLocalStorage-1.1-ExperimentPage-${JSON.stringify([experimentId])}-ReactComponentState`;
  return [key, JSON.stringify({ ...mlflowsDefaults, selectedColumns })];
}

const systemTags = 4;

const mlflowsDefaults = {
  searchFilter: '',
  orderByKey: 'attributes.start_time',
  orderByAsc: false,
  startTime: 'ALL',
  lifecycleFilter: 'Active',
  datasetsFilter: [],
  modelVersionFilter: 'All Runs',
  columnOrder: [],
  columnWidths: {},
  runsExpanded: {},
  runsPinned: [],
  runsHidden: [],
  runsVisibilityMap: {},
  runsHiddenMode: 'FIRST_10_RUNS',
  viewMaximized: false,
  runListHidden: false,
  isAccordionReordered: false,
  useGroupedValuesInCharts: true,
  hideEmptyCharts: true,
  groupBy: null,
  groupsExpanded: {},
  autoRefreshEnabled: true,
  globalLineChartConfig: { xAxisKey: 'step', lineSmoothness: 0, selectedXAxisMetricKey: '' },
} as const;
