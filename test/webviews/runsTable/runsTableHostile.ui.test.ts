import { deepEqual, equal } from 'node:assert/strict';
import type { Column } from '../../../webviews/protocol/runsTable';
import { plainArrangement } from '../../../webviews/protocol/arrangement';
import { payloads } from '../support/hostileTexts';
import { ViewBench } from '../support/viewPage';
import { column, factsOf, plainRun, subject, type FakeTable } from './tables';
import { TableView } from './tableView';

/** Markup that the view never makes: had a text become one of these, it would be a stranger's. */
const foreign =
  'script:not([nonce]), img, iframe, object, meta[http-equiv=refresh], base, a, form, style, textarea, [onfocus], [onload]';

const columns: readonly Column[] = [
  ...payloads.map((payload) => column('params', payload)),
  ...payloads.slice(0, 3).map((payload) => column('metrics', payload, { range: { min: 0, max: 1 } })),
];

const hostile: FakeTable = {
  facts: factsOf(2 * payloads.length, { notes: payloads }),
  arrangement: { ...plainArrangement, isShaded: true, search: { text: payloads[0] ?? '' } },
  columns,
  rowAt: (index) => {
    const text = payloads[index % payloads.length] ?? '';
    return index % 2 === 0
      ? { ...plainRun(index), id: `${text} ${index}`, name: text, problem: text, isDeleted: true }
      : { kind: 'group', id: `${text} ${index}`, value: text, runCount: 3, fold: 'open' };
  },
  cellAt: (row, { key }) => (row % 2 === 0 ? key : { count: 3, text: key }),
};

describe('What strangers wrote, in the table of runs', () => {
  let bench: ViewBench;
  let view: TableView;

  before(async () => {
    bench = await ViewBench.start('runsTable');
  });
  after(() => bench.stop());
  afterEach(() => view.close());

  const isClean = async () => {
    equal(await view.page.evaluate('window.hacked'), undefined);
    equal(await view.page.locator(foreign).count(), 0);
    equal(await view.page.locator('link').count(), 1);
    deepEqual(view.misdeeds, { requests: [], dialogs: 0, navigations: 0, complaints: [] });
  };

  it('is text and nothing else: 0 scripts, 0 requests, 0 navigations', async () => {
    view = await TableView.open(bench, hostile, { size: { width: 4000, height: 1400 } });
    await isClean();
    for (const row of [0, 1, 2, 3, 10]) await view.cell(row, row % 4).hover();
    await view.scrollTo(1e6, 1e6);
    await view.frame();
    await isClean();
    await view.scrollTo(0);
    await view.cell(0, 0).click({ button: 'right' });
    await view.page.locator('.menu').waitFor();
    await isClean();
    await view.press('Escape');
    await view.cell(0, 1).click();
    await view.press('Control+ArrowUp', 'ArrowUp', 'Alt+ArrowDown');
    await view.page.locator('.menu').waitFor();
    await isClean();
    view.show({ kind: 'failed', subject, arrangement: plainArrangement, cause: payloads.join('\n') });
    await view.page.waitForSelector('.failure');
    await isClean();
  });
});
