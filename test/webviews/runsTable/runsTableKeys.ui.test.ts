import { deepEqual, equal } from 'node:assert/strict';
import { ViewBench } from '../support/viewPage';
import { largeTable, plainRun } from './tables';
import { TableView } from './tableView';

describe('The table of runs by keyboard alone', () => {
  let bench: ViewBench;
  let view: TableView;

  before(async () => {
    bench = await ViewBench.start('runsTable');
  });
  after(() => bench.stop());
  afterEach(() => view.close());

  it('has one stop, and walks to every cell however far it is', async () => {
    view = await TableView.open(bench, largeTable(100_000, 2000));
    await view.grid.focus();
    equal(await view.active(), '0 0');
    await view.press('ArrowDown', 'ArrowRight', 'ArrowRight');
    equal(await view.active(), '1 2');
    await view.press('Control+End');
    equal(await view.active(), '99999 2000');
    await view.page.getByRole('rowheader', { name: 'run 99999' }).waitFor();
    await view.press('Control+Home', 'ArrowUp');
    equal(await view.active(), '-1 0');
    await view.press('ArrowDown', 'PageDown', 'PageDown');
    const [row] = (await view.active()).split(' ').map(Number);
    await view.cell(row ?? 0, 0).waitFor();
    await view.press('Tab');
    equal(await view.page.evaluate('document.activeElement === document.body'), true);
  });

  it('keeps the cell that keys act on below the head and beside the names', async () => {
    view = await TableView.open(bench, largeTable(3000, 60));
    await view.cell(0, 0).click();
    for (let count = 0; count < 40; count++) await view.press('ArrowDown');
    for (let count = 0; count < 39; count++) await view.press('ArrowUp');
    for (let count = 0; count < 12; count++) await view.press('ArrowRight');
    for (let count = 0; count < 11; count++) await view.press('ArrowLeft');
    equal(await view.active(), '1 1');
    const cell = await view.cell(1, 1).boundingBox();
    const name = await view.cell(1, 0).boundingBox();
    const head = await view.page.locator('.head').boundingBox();
    equal((cell?.y ?? 0) >= (head?.y ?? 0) + (head?.height ?? 0) - 1, true);
    equal((cell?.x ?? 0) >= (name?.x ?? 0) + (name?.width ?? 0) - 1, true);
  });

  it('selects rows, ranges, all that is loaded, and nothing', async () => {
    view = await TableView.open(bench, largeTable(3000, 12));
    await view.grid.focus();
    await view.press(' ');
    deepEqual(await view.selected(), ['run 0']);
    await view.told('1 run selected');
    await view.press('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowUp');
    deepEqual(await view.selected(), ['run 0', 'run 1']);
    await view.press('ArrowDown', 'ArrowDown', 'Control+ ');
    deepEqual(await view.selected(), ['run 0', 'run 1', 'run 3']);
    await view.press('Control+End', 'Shift+ ');
    await view.told('1 run selected');
    await view.press('Control+a');
    await view.told('3,000 runs selected');
    await view.press('Control+c');
    await view.told('Copied 3,000 runs');
    equal(view.asked.at(-1), 'csv clipboard 3000');
    await view.press('Escape');
    deepEqual(await view.selected(), []);
    await view.told('Nothing selected');
  });

  it('opens, folds, copies, and finds by typing', async () => {
    const rowAt = (index: number) => ({
      ...plainRun(index),
      name: index === 2500 ? 'zebra crossing' : `run ${index}`,
      ...(index === 1 ? { fold: 'closed' as const } : {}),
    });
    view = await TableView.open(bench, { ...largeTable(3000, 12), rowAt });
    await view.grid.focus();
    await view.press('Enter', 'ArrowDown', 'ArrowRight');
    deepEqual(view.arranged.at(-1)?.open, ['run1']);
    equal(await view.active(), '1 0');
    await view.press('End', 'Control+c');
    await view.told('Copied');
    deepEqual(view.copied, ['vision']);
    await view.press('Home', 'z', 'e', 'b', 'r', 'a', ' ', 'c');
    await view.page.locator('[data-active] .name', { hasText: 'zebra crossing' }).waitFor();
    equal(await view.active(), '2500 0');
    equal(view.asked[0], 'open run0');
  });

  it('opens the menu of a row, and comes back from it', async () => {
    view = await TableView.open(bench, largeTable(30, 12));
    await view.grid.focus();
    await view.press('Shift+ArrowDown', 'Shift+F10');
    deepEqual(await view.page.locator('.menu-item').allTextContents(), [
      'Compare 2 Runs',
      'Chart 2 Runs',
      'Pin Runs to the Top',
      'Edit Tags…',
      'Delete 2 Runs',
      'Copy Run IDs',
      'Copy Value',
    ]);
    await view.press('Enter');
    await view.frame();
    equal(view.asked.at(-1), 'compare run0 run1');
    equal(await view.page.evaluate('document.activeElement.getAttribute("role")'), 'grid');
    await view.press('ArrowDown', 'Control+ ', 'ContextMenu', 'p', 'Enter');
    await view.frame();
    deepEqual(view.arranged.at(-1)?.pinnedRuns, ['run0', 'run1', 'run2']);
  });

  it('sorts, moves, widens and hides columns from the head', async () => {
    view = await TableView.open(bench, largeTable(30, 12));
    const ids = largeTable(30, 12).columns.map(({ id }) => id);
    await view.grid.focus();
    await view.press('ArrowUp', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter');
    await view.frame();
    equal(await view.head('loss').getAttribute('aria-sort'), 'ascending');
    await view.press('Enter', 'ArrowRight', 'Shift+Enter');
    deepEqual(view.arranged.at(-1)?.sort, [
      { column: 'metrics.loss', isDescending: true },
      { column: 'metrics.accuracy', isDescending: false },
    ]);
    await view.frame();
    equal(await view.head('loss').locator('.arrow').textContent(), '↓1');
    await view.press('Alt+ArrowLeft');
    deepEqual(view.arranged.at(-1)?.order, [ids[0], ids[1], ids[3], ids[2]]);
    equal(await view.active(), '-1 3');
    await view.press('Shift+ArrowRight', 'Shift+ArrowRight');
    equal(view.arranged.at(-1)?.widths['metrics.loss'], 120 + 32);
    await view.press('Alt+ArrowDown', 'h', 'Enter');
    await view.frame();
    deepEqual(view.arranged.at(-1)?.hidden, ['metrics.loss']);
    equal(await view.page.evaluate('document.activeElement.getAttribute("role")'), 'grid');
  });
});
