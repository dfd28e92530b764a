import { deepEqual, equal, ok } from 'node:assert/strict';
import { ViewBench } from '../support/viewPage';
import { column, largeTable, plainRun } from './tables';
import { TableView } from './tableView';

describe('The table of runs by pointer', () => {
  let bench: ViewBench;
  let view: TableView;

  before(async () => {
    bench = await ViewBench.start('runsTable');
  });
  after(() => bench.stop());
  afterEach(() => view.close());

  it('selects by click, with Ctrl, with Shift and by the box', async () => {
    view = await TableView.open(bench, largeTable(3000, 12));
    await view.cell(2, 0).click();
    deepEqual(await view.selected(), ['run 2']);
    await view.cell(5, 3).click({ modifiers: ['Shift'] });
    deepEqual(await view.selected(), ['run 2', 'run 3', 'run 4', 'run 5']);
    await view.cell(3, 1).click({ modifiers: ['ControlOrMeta'] });
    await view.row(8).locator('.box').click();
    deepEqual(await view.selected(), ['run 2', 'run 4', 'run 5', 'run 8']);
    await view.cell(10, 0).click();
    await view.scrollTo(24 * 2000);
    await view.cell(2010, 0).click({ modifiers: ['Shift'] });
    await view.told('2,001 runs selected');
    equal(view.asked.at(-1), 'runIds 10 2011');
  });

  it('opens by double click, folds by the twistie, and asks by right click', async () => {
    const rowAt = (index: number) => ({
      ...plainRun(index),
      ...(index === 1 ? { fold: 'open' as const } : {}),
    });
    view = await TableView.open(bench, { ...largeTable(30, 12), rowAt });
    await view.cell(4, 2).dblclick();
    deepEqual(view.asked, ['open run4']);
    await view.row(1).locator('.twistie').click();
    deepEqual(view.arranged.at(-1)?.open, ['run1']);
    await view.cell(6, 3).click({ button: 'right', position: { x: 20, y: 10 } });
    const cell = await view.cell(6, 3).boundingBox();
    const menu = await view.page.locator('.menu').boundingBox();
    equal(menu?.x, Math.round((cell?.x ?? 0) + 20));
    deepEqual(await view.selected(), ['run 6']);
    await view.page.getByRole('menuitem', { name: 'Copy Run ID' }).click();
    await view.told('Copied');
    equal(view.asked.at(-1), 'copyIds run6');
  });

  it('sorts by a click on the head: up, down, no more; Shift adds', async () => {
    view = await TableView.open(bench, largeTable(30, 12));
    await view.head('loss').click();
    await view.head('loss').click();
    await view.head('accuracy').click({ modifiers: ['Shift'] });
    await view.head('loss').click({ modifiers: ['Shift'] });
    await view.frame();
    deepEqual(
      view.arranged.map(({ sort }) => sort.map((key) => `${key.column} ${key.isDescending ? 'down' : 'up'}`)),
      [
        ['metrics.loss up'],
        ['metrics.loss down'],
        ['metrics.loss down', 'metrics.accuracy up'],
        ['metrics.accuracy up'],
      ],
    );
  });

  it('drags an edge to make a column wider, and fits it by double click', async () => {
    view = await TableView.open(bench, largeTable(30, 12));
    const edge = view.head('loss').locator('.edge');
    const box = await edge.boundingBox();
    const [x, y] = [(box?.x ?? 0) + 3, (box?.y ?? 0) + 10];
    await view.page.mouse.move(x, y);
    await view.page.mouse.down();
    await view.page.mouse.move(x + 60, y, { steps: 5 });
    equal(view.arranged.length, 0);
    await view.frame();
    equal(Math.round((await view.cell(2, 3).boundingBox())?.width ?? 0), 180);
    await view.page.mouse.up();
    await view.frame();
    equal(view.arranged.at(-1)?.widths['metrics.loss'], 180);
    deepEqual(view.arranged.at(-1)?.sort, []);
    await edge.dblclick();
    await view.frame();
    const fitted = view.arranged.at(-1)?.widths['metrics.loss'] ?? 0;
    ok(fitted > 60 && fitted < 130, `${fitted} wide`);
  });

  it('drags a head to another place, and gives up with Escape', async () => {
    view = await TableView.open(bench, largeTable(30, 12));
    const from = await view.head('loss').boundingBox();
    const to = await view.head('val_loss').boundingBox();
    const drag = async () => {
      await view.page.mouse.move((from?.x ?? 0) + 30, (from?.y ?? 0) + 10);
      await view.page.mouse.down();
      await view.page.mouse.move((to?.x ?? 0) + 30, (to?.y ?? 0) + 10, { steps: 4 });
      await view.page.locator('.drop-mark:not([hidden])').waitFor();
    };
    await drag();
    await view.press('Escape');
    await view.page.mouse.up();
    await view.frame();
    equal(view.arranged.length, 0);
    await drag();
    await view.page.mouse.up();
    await view.frame();
    deepEqual(view.arranged.at(-1)?.order.slice(-3), [
      'metrics.accuracy',
      'metrics.val_loss',
      'metrics.loss',
    ]);
    deepEqual(view.arranged.at(-1)?.sort, []);
  });

  it('adds statistics of a metric, groups and pins from the menu of a column', async () => {
    view = await TableView.open(bench, largeTable(30, 12));
    const choose = async (head: string, item: string) => {
      await view.head(head).click({ button: 'right' });
      await view.page.locator('.menu-item', { hasText: item }).click();
      await view.frame();
      return view.arranged.at(-1);
    };
    deepEqual((await choose('loss', 'Sparkline'))?.added, ['trend metrics.loss']);
    deepEqual((await choose('loss', 'Pin Column'))?.pinnedColumns, ['metrics.loss']);
    equal((await choose('param_4', 'Group by This Column'))?.groupBy, 'params.param_4');
    const ungrouped = await choose('param_4', 'Group by This Column');
    equal(ungrouped && 'groupBy' in ungrouped, false);
    equal((await choose('Run', 'Only Columns That Differ'))?.onlyDiffering, true);
  });

  it('sorts by a statistic of a whole history, but not by its curve', async () => {
    const statistics = (['min', 'trend'] as const).map((statistic) =>
      column('metrics', 'loss', {
        statistic,
        format: statistic === 'trend' ? 'trend' : 'number',
        sortsHere: true,
      }),
    );
    view = await TableView.open(bench, { ...largeTable(30, 12), columns: statistics });
    await view.head('trend of loss').click();
    await view.frame();
    equal(view.arranged.length, 0);
    await view.head('min loss').click();
    await view.frame();
    deepEqual(view.arranged.at(-1)?.sort, [{ column: 'min metrics.loss', isDescending: false }]);
  });
});
