import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import type { PlotsArrangement } from '../../../../webviews/runDiff/plots/choices';
import { ViewBench, type OpenOptions } from '../../support/viewPage';
import { diffOf, hostileDiff, ordinarySource, sourceOf } from '../diffs';
import { DiffView, subjectOf } from '../diffView';
import { sweep } from './sweep';

describe('The plots of compared runs', () => {
  let bench: ViewBench;
  let view: DiffView;

  before(async () => {
    bench = await ViewBench.start('runDiff');
  });
  after(() => bench.stop());
  afterEach(() => view.close());

  const open = async (diff = sweep(6), plots: Partial<PlotsArrangement> = {}, options: OpenOptions = {}) => {
    const savedState = { ...subjectOf(diff), plots: { isShown: true, kind: 'parallel', ...plots } };
    view = await DiffView.open(bench, diff, { savedState, ...options });
  };
  const tab = (name: string) => view.page.getByRole('tab', { name });
  const plot = () => view.page.locator('.run-plot');
  const note = () => view.page.locator('.plot-note').innerText();
  const picture = () =>
    view.page.locator('.run-plot canvas').evaluate((one: HTMLCanvasElement) => one.toDataURL());
  const saved = async () => (await view.savedState()) as { readonly plots: PlotsArrangement };
  /** The heads that stand out. */
  const marked = () => view.page.locator('.run-head.is-marked .run-label').allInnerTexts();

  /** Points at where the run is drawn: at a spot of its colour. */
  const pointAt = async (run: number) => {
    const paint = await view.page
      .locator('.run-sample')
      .nth(run)
      .evaluate((sample) => getComputedStyle(sample).backgroundColor);
    const spot = await view.page.locator('.run-plot canvas').evaluate(findSpot, paint);
    await plot().hover({ position: spot });
  };

  it('are shown on request, and found again', async () => {
    view = await DiffView.open(bench, sweep(6));
    equal(await view.page.locator('.plots').isVisible(), false);
    equal(await view.page.locator('.run-sample').count(), 0);
    await view.page.getByRole('button', { name: 'Plots' }).click();
    await plot().waitFor();
    equal(await view.page.locator('.run-sample').count(), 6);
    await tab('Scatter').click();
    const state = await saved();
    deepEqual(state.plots, { isShown: true, kind: 'scatter' });
    await view.close();
    view = await DiffView.open(bench, sweep(6), { savedState: state });
    equal(await tab('Scatter').getAttribute('aria-selected'), 'true');
    await view.page.getByRole('button', { name: 'Plots', pressed: true }).click();
    equal(await view.page.locator('.plots').isVisible(), false);
  });

  it('say what they draw, and what they leave out', async () => {
    await open();
    const label = await plot().getAttribute('aria-label');
    match(
      label ?? '',
      /^Parallel Coordinates of 6 runs over depth, lr, optimizer, accuracy, loss\. The values are/,
    );
    equal(await note(), '1 value is NaN or infinite and left out');
    await tab('Box Plot').click();
    match((await plot().getAttribute('aria-label')) ?? '', /^Box Plot of 6 runs over accuracy\./);
    equal(await note(), '');
  });

  for (const kind of ['parallel', 'scatter', 'box'] as const) {
    it(`mark the run that is pointed at, in the ${kind} plot and in the table`, async () => {
      await open(sweep(4), { kind });
      const before = await picture();
      await pointAt(2);
      match(await note(), /^trial 2: /);
      deepEqual(await marked(), ['trial 2']);
      notEqual(await picture(), before);
      await view.page.mouse.move(5, 5);
      deepEqual(await marked(), []);
      equal(await picture(), before);
    });
  }

  it('mark the run whose column is pointed at, or has the focus', async () => {
    await open();
    const before = await picture();
    await view.row('lr').locator('.cell').nth(1).hover();
    match(await note(), /^trial 1: depth 3 · lr 0\.01 · optimizer sgd · accuracy 0\.625 · loss 0\.86$/);
    notEqual(await picture(), before);
    await view.page.mouse.move(5, 5);
    equal(await picture(), before);
    await view.page.locator('.run-name').first().focus();
    match(await note(), /^trial 0:/);
    await view.page.keyboard.press('ArrowRight');
    await view.page.keyboard.press('ArrowRight');
    match(await note(), /^trial 2:/);
    deepEqual(await marked(), ['trial 2']);
    await view.page.getByRole('tab', { selected: true }).focus();
    deepEqual(await marked(), []);
  });

  it('mark the row of a run where runs are rows', async () => {
    await open();
    await view.page.click('text=Runs as Rows');
    await view.page.locator('.part-params .run-name').nth(3).focus();
    match(await note(), /^trial 3:/);
    const rows = view.page.locator('.part-params .row.is-marked');
    equal(await rows.count(), 1);
    match(await rows.innerText(), /trial 3/);
  });

  it('are walked by keyboard', async () => {
    await open();
    await tab('Parallel Coordinates').focus();
    await view.page.keyboard.press('ArrowRight');
    equal(await view.focused(), 'Scatter');
    await view.page.keyboard.press('End');
    equal((await saved()).plots.kind, 'box');
    await view.page.keyboard.press('ArrowRight');
    equal((await saved()).plots.kind, 'parallel');
    await view.page.keyboard.press('Tab');
    equal(await view.focused(), 'Axes: 5 of 6');
    await view.page.keyboard.press('Enter');
    await view.page.getByRole('menuitemcheckbox', { name: 'depth', checked: true }).waitFor();
    await view.page.keyboard.press('Enter');
    await view.page.getByRole('menuitemcheckbox', { name: 'depth', checked: false }).waitFor();
    await view.page.keyboard.press('Escape');
    equal(await view.focused(), 'Axes: 4 of 6');
    const axes = ['params lr', 'params optimizer', 'metrics accuracy', 'metrics loss'];
    deepEqual((await saved()).plots.axes, axes);
  });

  it('draw what is picked', async () => {
    await open(sweep(6), { kind: 'scatter' });
    const before = await picture();
    await view.page.getByRole('combobox', { name: 'Horizontal axis' }).selectOption({ label: 'optimizer' });
    match((await plot().getAttribute('aria-label')) ?? '', /over optimizer, accuracy\./);
    notEqual(await picture(), before);
    await tab('Box Plot').click();
    const grouped = await picture();
    await view.page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'team' });
    notEqual(await picture(), grouped);
    equal((await saved()).plots.groupBy, 'tags team');
  });

  it('say so where no number differs', async () => {
    await open(diffOf([sourceOf({ id: 'a', name: 'a' }), sourceOf({ id: 'b', name: 'b' })]));
    await view.page.getByText('These runs have no numbers that differ.').waitFor();
    equal(await plot().isVisible(), false);
    view.showDiff(sweep(2));
    await plot().waitFor();
  });

  it('follow the runs, their size and the theme', async () => {
    await open();
    const before = await picture();
    view.showDiff(sweep(3));
    await view.page.locator('.run-name').nth(3).waitFor({ state: 'detached' });
    const fewer = await picture();
    notEqual(fewer, before);
    await view.page.setViewportSize({ width: 500, height: 600 });
    await view.page.waitForFunction(
      () => (document.querySelector('.run-plot canvas')?.clientWidth ?? 999) < 500,
    );
    ok(await view.page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
    const narrow = await picture();
    await view.page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-mlflow-chartColor1', 'rgb(1, 2, 3)');
    });
    notEqual(await picture(), narrow);
  });

  it('keep a run that cannot be read, without drawing it', async () => {
    const gone = { kind: 'unknown', id: 'r1', name: 'gone', cause: 'There is no run r1.' } as const;
    await open(diffOf([ordinarySource(0), gone, ordinarySource(2)]));
    await view.page.locator('.run-name').nth(1).focus();
    match(await note(), /^gone: city — · /);
    deepEqual(view.misdeeds.complaints, []);
  });

  it('take strangers’ words for words', async () => {
    await open(hostileDiff());
    for (const name of ['Scatter', 'Box Plot', 'Parallel Coordinates']) await tab(name).click();
    await view.page.getByRole('button', { name: /^Axes/ }).click();
    await view.page.locator('.run-name').first().focus();
    equal(await view.page.evaluate('window.hacked'), undefined);
    equal(await view.page.locator('img, iframe, script:not([nonce])').count(), 0);
    deepEqual(view.misdeeds, { requests: [], dialogs: 0, navigations: 0, complaints: [] });
  });
});

/** Runs in the page: the middle of the first three pixels by three that are all of that colour. */
function findSpot(canvas: HTMLCanvasElement, paint: string): { x: number; y: number } {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
  const wanted = (/\d+, \d+, \d+/.exec(paint)?.[0] ?? '').split(', ').map(Number);
  const isPainted = (x: number, y: number) =>
    wanted.every((channel, index) => data[4 * (y * width + x) + index] === channel);
  const offsets = [-1, 0, 1];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      if (offsets.every((dx) => offsets.every((dy) => isPainted(x + dx, y + dy)))) return { x, y };
    }
  }
  throw new Error(`Nothing is drawn in ${paint}.`);
}
