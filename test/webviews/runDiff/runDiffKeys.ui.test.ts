import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { ViewBench } from '../support/viewPage';
import { largeDiff, ordinaryDiff } from './diffs';
import { DiffView } from './diffView';

describe('The comparison of runs by keyboard alone', () => {
  let bench: ViewBench;
  let view: DiffView;

  before(async () => {
    bench = await ViewBench.start('runDiff');
  });
  after(() => bench.stop());
  afterEach(() => view.close());

  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await view.page.keyboard.press(key);
  };

  it('reaches the toolbar, then the grid by one stop', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    const stops: string[] = [];
    for (let count = 0; count < 7; count++) {
      await press('Tab');
      stops.push((await view.focused()).trim().split('\n')[0] ?? '');
    }
    const before = stops.slice(0, 6).map((stop) => stop.split(' (')[0]);
    deepEqual(before, ['Filter names and values', 'Plots', 'Runs as Rows', 'Markdown', 'CSV', 'Refresh']);
    match(stops[6] ?? '', /run 0|finished/);
    await press('Tab');
    equal(await view.page.evaluate('document.activeElement === document.body'), true);
  });

  it('walks from cell to cell', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    await view.row('lr').locator('.key').focus();
    await press('ArrowRight');
    equal(await view.focused(), '0.1');
    await press('ArrowRight');
    equal(await view.focused(), '0.01');
    await press('ArrowRight', 'ArrowDown');
    equal(await view.focused(), 'tried');
    await press('Home');
    equal(await view.focused(), 'note');
    await press('Control+Home');
    match(await view.focused(), /run 0/);
    await press('ArrowDown');
    equal(await view.focused(), 'Details');
    await press('ArrowRight');
    equal(await view.focused(), 'Show equal details');
    await press('ArrowDown');
    equal(await view.focused(), 'run 0');
  });

  it('walks through rows that are not drawn yet, below what sticks to the top', async () => {
    view = await DiffView.open(bench, largeDiff(3000));
    await view.heading('Parameters').getByRole('button', { name: 'Show equal parameters' }).click();
    await view.row('layer_0.config').locator('.key').focus();
    for (let page = 0; page < 20; page++) await press('PageDown');
    equal(await view.focused(), 'layer_240.config');
    await press('ArrowUp');
    equal(await view.focused(), 'layer_239.config');
    await press('Control+End', 'ArrowUp');
    match(await view.focused(), /^value 2999|^layer_2999/);
    const isInSight = (one: Element) => {
      const { top, bottom } = one.getBoundingClientRect();
      return top >= 130 && bottom <= innerHeight;
    };
    ok(await view.page.locator(':focus').evaluate(isInSight));
  });

  it('opens the menu of a run, walks it and comes back', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    await view.page.locator('.run-name').last().focus();
    await press('Enter');
    equal(await view.focused(), 'Open Run Summary');
    await press('ArrowDown');
    equal(await view.focused(), 'Use as Baseline');
    await press('Escape');
    match(await view.focused(), /run 1/);
    await view.page.locator('.menu').waitFor({ state: 'detached' });
    await press('Enter', 'ArrowDown', 'Enter');
    deepEqual(view.asked, ['setBaseline r1']);
  });

  it('opens the menu of a file by Enter, and comes back to its cell', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    await view.page.getByRole('button', { name: 'Artifacts', exact: true }).click();
    await view.row('log.txt').locator('.cell').first().focus();
    await press('ArrowRight', 'Enter');
    equal(await view.focused(), 'Compare with run 0');
    await press('Escape');
    await view.page.locator('.menu').waitFor({ state: 'detached' });
    await press('Enter', 'Enter');
    equal(view.asked.at(-1), 'compare log.txt of r0 and r1');
    await press('ArrowLeft');
    equal(await view.focused(), '10 B');
  });

  it('unfolds a value and folds a part by Enter', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    await view.row('prompt').locator('.cell').first().focus();
    await press('Enter');
    ok((await view.focused()).length > 6000);
    await view.page.getByRole('button', { name: 'Parameters', exact: true }).focus();
    await press('Enter');
    deepEqual(await view.keys('params'), []);
    await view.page.getByRole('button', { name: 'Parameters', exact: true, expanded: false }).waitFor();
  });

  it('walks runs as rows, also to columns that are not drawn yet', async () => {
    view = await DiffView.open(bench, largeDiff(3000), {
      savedState: {
        runIds: ['r0', 'r1'],
        connectionUri: 'x',
        baselineId: 'r0',
        isTransposed: true,
        folded: ['details'],
      },
    });
    await view.page.locator('.part-params .row .cell').first().focus();
    equal(await view.focused(), 'value 0 of 0');
    await press('ArrowDown');
    equal(await view.focused(), 'value 0 of 1');
    for (let step = 0; step < 30; step++) await press('ArrowRight');
    equal(await view.focused(), 'value 300 of 1');
    await press('End');
    equal(await view.focused(), 'value 2990 of 1');
    await press('Home');
    match(await view.focused(), /run 1/);
  });

  it('keeps the focus where it was when a value changes', async () => {
    view = await DiffView.open(bench, ordinaryDiff(3));
    await view.row('loss').locator('.cell').nth(1).focus();
    view.showDiff(ordinaryDiff(3, 2));
    await view.page.waitForSelector('.run-head:has-text("run 2") .chip:text-is("baseline")');
    match(await view.focused(), /^0\.4/);
  });
});
