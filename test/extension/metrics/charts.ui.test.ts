import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoStore } from '../../support/localStores';
import { startProcess } from '../../support/processes';
import { ensureMlflow } from '../../support/tools';
import { until } from '../../support/until';
import { namePath } from '../fileDialog';
import { hasStored } from '../storedState';
import { letPersonIn, type Person } from '../uiFixture';
import { ChartsView } from './chartsView';

describe('A person who looks at metric charts', () => {
  let person: Person;
  let view: ChartsView;

  before(async () => {
    const copies = { 'mlflow.db': join(demoStore(), 'mlflow.db') };
    person = await letPersonIn({ copies, width: 1500, height: 1000 });
    await person.workbench.openMlflowView();
    await person.row(/Experiment image-classifier/).click();
    await person.row(/Run vit-small-08/).waitFor();
    await person.workbench.runCommand('MLflow: Show Metric Charts of Experiment');
    view = await ChartsView.find(person, 'image-classifier');
  });
  after(() => person.leaves());

  it('sees a chart for each metric, lines or bars, and each run in one colour in tree and chart', async () => {
    for (const metric of ['learning_rate_now', 'train_loss', 'val_accuracy', 'val_loss']) {
      await view.drawn(metric);
      const whole = `${metric}, 10 lines, Step from step 0 to step 49,`;
      await until(whole, async () => (await view.label(metric)).startsWith(whole));
    }
    await view.drawn('test_accuracy');
    await until('bars', async () =>
      (await view.label('test_accuracy')).startsWith('test_accuracy, 10 bars,'),
    );
    const badge = person
      .row(/Run vit-small-08/)
      .locator('.monaco-icon-label')
      .first();
    const inTree = await badge.evaluate((element) => getComputedStyle(element, '::after').color);
    const chip = view.frame.locator('.line', { hasText: 'vit-small-08' }).locator('.chip');
    equal(await chip.evaluate((element) => getComputedStyle(element).backgroundColor), inTree);
  });

  it('reads what has no place on the axes: NaN and infinity are counted', async () => {
    await view.drawn('train_loss');
    await view.chart('train_loss').getByRole('button', { name: 'Show table (T)' }).click();
    const row = view.chart('train_loss').getByRole('row', { name: /resnet50-06/ });
    match((await row.textContent()) ?? '', /NaN/);
    await view.chart('train_loss').getByRole('button', { name: 'Show table (T)' }).click();
  });

  it("reads all runs' values under the pointer, the best first", async () => {
    await view.pointAt('val_accuracy', 0.9, 0.5);
    const tooltip = view.frame.locator('.tooltip');
    await tooltip.waitFor();
    await tooltip.locator('.tooltip-place', { hasText: /^Step 4\d$/ }).waitFor();
    const values = (await tooltip.locator('.tooltip-value').allTextContents()).map(Number);
    ok(values.length >= 7, `${values.length} values`);
    deepEqual(
      values,
      [...values].sort((one, other) => other - one),
    );
  });

  it('zooms into a rectangle, reads that range anew, and goes back by a double click', async () => {
    await view.drag('val_accuracy', [0.3, 0.2], [0.6, 0.6]);
    await until(
      'the chart is zoomed',
      async () => !(await view.label('val_accuracy')).includes('step 0 to step 49'),
    );
    const { x, y } = await view.placeOn('val_accuracy', 0.5, 0.5);
    await person.workbench.page.mouse.dblclick(x, y);
    await until('the chart is whole', async () =>
      (await view.label('val_accuracy')).includes('step 0 to step 49'),
    );
  });

  it('searches, by words and by expression', async () => {
    const { frame } = view;
    await frame.getByPlaceholder('Search metrics').fill('loss');
    await frame.locator('[data-cell="val_accuracy"]').waitFor({ state: 'hidden' });
    await view.drawn('train_loss');
    await frame.getByRole('button', { name: 'Use Regular Expression' }).click();
    await frame.getByPlaceholder('Search metrics').fill('^val_(loss');
    await frame.locator('.trouble:visible').waitFor();
    await frame.getByPlaceholder('Search metrics').fill('^val_');
    await view.drawn('val_accuracy');
    await frame.getByRole('button', { name: 'Use Regular Expression' }).click();
    await frame.getByPlaceholder('Search metrics').fill('');
  });

  it('shows one run alone, hides others, and groups them with a band', async () => {
    const { frame } = view;
    await frame.getByRole('button', { name: 'Show only vit-small-08' }).dispatchEvent('click');
    await until('one line', async () => (await view.label('val_accuracy')).includes(', 1 line,'));
    await frame.getByRole('button', { name: 'Show only vit-small-08' }).dispatchEvent('click');
    // Before that the box is not ticked, and would be left as it is.
    await until('all ten lines', async () => (await view.label('val_accuracy')).includes(', 10 lines,'));
    await frame.locator('.line', { hasText: 'resnet18-00' }).locator('input').uncheck();
    await until('nine lines', async () => (await view.label('val_accuracy')).includes(', 9 lines,'));
    await frame.getByRole('button', { name: 'Show all' }).click();
    await frame.getByLabel('Group runs by').selectOption({ label: 'backbone' });
    await until('a line for each backbone', async () =>
      (await view.label('val_accuracy')).includes(', 5 lines,'),
    );
    await frame.getByLabel('Group runs by').selectOption('');
  });

  it('changes the axes: time, another metric, logarithms, ranges of its own, without outliers', async () => {
    const { frame } = view;
    const axis = frame.getByLabel('Horizontal axis', { exact: true });
    const shows = (text: string) => until(text, async () => (await view.label('train_loss')).includes(text));
    await view.drawn('train_loss');
    await axis.selectOption({ label: 'Relative time' });
    await shows('Relative time from ');
    await axis.selectOption({ label: 'Wall time' });
    await shows('Wall time from ');
    await axis.selectOption({ label: 'val_accuracy' });
    await shows('val_accuracy from val_accuracy 0.');
    await axis.selectOption({ label: 'Step' });
    await shows('Step from step 0 to step 49');
    const whole = await view.label('train_loss');
    await frame.getByRole('button', { name: /^Ignore Outliers/ }).click();
    await until('the range is another', async () => (await view.label('train_loss')) !== whole);
    await frame.getByRole('button', { name: /^Ignore Outliers/ }).click();
    await frame.getByRole('button', { name: 'Logarithmic Vertical Axes' }).click();
    await shows('values 0.');
    await frame.getByRole('button', { name: 'Logarithmic Vertical Axes' }).click();
    await view.chart('train_loss').hover();
    await view.chart('train_loss').getByRole('button', { name: 'More actions' }).click();
    await frame.getByRole('menuitem', { name: 'Set ranges…' }).click();
    await frame.getByLabel('Value from').fill('0');
    await frame.getByLabel('Value to').fill('3');
    await person.workbench.page.keyboard.press('Enter');
    await shows('values 0 to 3');
    await view.chart('train_loss').hover();
    await view.chart('train_loss').getByRole('button', { name: 'Reset zoom (0)' }).click();
    await until('the whole again', async () => (await view.label('train_loss')) === whole);
  });

  it('smooths, zooms all charts together, folds a section and pins a chart', async () => {
    const { frame } = view;
    const smoothing = frame.getByLabel('Smoothing, 0 to 0.99');
    await smoothing.fill('0.6');
    await smoothing.press('Enter');
    await view.drawn('val_accuracy');
    const together = frame.getByRole('button', { name: 'Zoom All Charts Together' });
    await together.click();
    await view.drag('val_accuracy', [0.3, 0.5], [0.6, 0.5]);
    await until('another chart is zoomed', async () => !(await view.label('val_loss')).includes('step 0 to'));
    await view.chart('val_accuracy').getByRole('button', { name: 'Reset zoom (0)' }).click();
    await until('it is whole again', async () =>
      (await view.label('val_loss')).includes('step 0 to step 49'),
    );
    await together.click();
    await smoothing.fill('0');
    await smoothing.press('Enter');
    const pin = view.chart('val_loss').getByRole('button', { name: 'Pin to the top' });
    await view.chart('val_loss').hover();
    await pin.click();
    const section = frame.getByRole('button', { name: /^Pinned/ });
    await section.click();
    await frame.locator('[data-cell="val_loss"]').waitFor({ state: 'hidden' });
    await section.click();
    await (await view.drawn('val_loss')).hover();
    await pin.click();
    await section.waitFor({ state: 'hidden' });
  });

  it('says which values are better, and the table follows', async () => {
    await (await view.drawn('learning_rate_now')).hover();
    await view.chart('learning_rate_now').getByRole('button', { name: 'More actions' }).click();
    await view.frame.getByRole('menuitemcheckbox', { name: 'Lower is better' }).click();
    const setting = join(person.folder, '.vscode', 'settings.json');
    await until('it is set', async () =>
      (await readFile(setting, 'utf8').catch(() => '')).includes('"learning_rate_now": "lower"'),
    );
    await view
      .chart('learning_rate_now')
      .locator('.chart-facts', { hasText: /best -?\d/ })
      .waitFor();
  });

  it('reads the last, best, lowest and highest value of each run with its step', async () => {
    const chart = await view.drawn('val_loss');
    await chart.getByRole('button', { name: 'Show table (T)' }).click();
    await chart.getByRole('columnheader').first().waitFor();
    const heads = await chart.getByRole('columnheader').allTextContents();
    deepEqual(heads.map((head) => head.replace(/[^A-Za-z]/g, '')).slice(0, 5), [
      'Run',
      'Last',
      'Best',
      'Min',
      'Max',
    ]);
    match(
      (await chart.getByRole('row', { name: /efficientnet-b0-02/ }).textContent()) ?? '',
      /0\.221067.*28/,
    );
    await chart.getByRole('button', { name: 'Show table (T)' }).click();
  });

  describe('by keyboard alone', () => {
    it('walks points and lines, hears each, and opens the run', async () => {
      const { page } = person.workbench;
      await (await view.drawn('val_accuracy')).locator('.plot-host').focus();
      await page.keyboard.press('End');
      await view.told(/at step 49, \d+ of \d+/);
      await page.keyboard.press('ArrowLeft');
      await view.told(/at step 48, \d+ of \d+/);
      const one = await view.lastTold();
      await page.keyboard.press('ArrowDown');
      const other = await until('another line', async () => {
        const told = await view.lastTold();
        return told !== one && told;
      });
      await page.keyboard.press('Enter');
      await person.summaryOf(other.split(',')[0] ?? '');
    });

    it('fills the view with a chart and leaves it again', async () => {
      const { page } = person.workbench;
      await person.workbench.runCommand('MLflow: Show Metric Charts of Experiment');
      await person.picks('image-classifier');
      view = await ChartsView.find(person, 'image-classifier');
      await (await view.drawn('val_accuracy')).locator('.plot-host').focus();
      await page.keyboard.press('f');
      await view.frame.locator('.full-view .chart.has-picture').waitFor();
      await page.keyboard.press('Escape');
      await view.frame.locator('.full-view').waitFor({ state: 'hidden' });
    });
  });

  it('saves what is seen as CSV, PNG and SVG, and the full history', async () => {
    const save = async (item: string, name: string) => {
      await (await view.drawn('val_loss')).hover();
      await view.chart('val_loss').getByRole('button', { name: 'More actions' }).click();
      await view.frame.getByRole('menuitem', { name: item }).click();
      const path = join(person.folder, name);
      await namePath(person.workbench.page, path, 'val_loss.');
      return await until(`${name} is there`, () => readFile(path).catch(() => undefined));
    };
    match((await save('Save shown points as CSV…', 'seen.csv')).toString(), /val_loss/);
    equal((await save('Save as PNG…', 'chart.png')).subarray(1, 4).toString(), 'PNG');
    match(
      (await save('Save as SVG…', 'chart.svg')).toString(),
      /^<svg [\s\S]*efficientnet-b0-02[\s\S]*<\/svg>/,
    );
    const lines = (await save('Save full history as CSV…', 'all.csv')).toString().trim().split(/\r?\n/);
    match(lines[0] ?? '', /^run_id,run_name,metric,step,/);
    equal(lines.length, 1 + 446);
  });

  it('sees a training draw its line while it runs', async () => {
    const { python } = await ensureMlflow('newest');
    const training = startProcess(python, ['-c', trainingScript, join(person.folder, 'mlflow.db')], {
      env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' },
    });
    try {
      await view.frame.locator('.line', { hasText: 'in-training' }).waitFor();
      await view.frame.getByRole('button', { name: 'Show only in-training' }).dispatchEvent('click');
      const chart = await view.drawn('val_loss');
      const step = async () =>
        Number(/@ (\d+)/.exec((await chart.locator('.chart-facts').textContent()) ?? '')?.[1] ?? -1);
      const first = await until('a first point', async () =>
        (await step()) >= 0 ? await step() : undefined,
      );
      await until('the line grows', async () => (await step()) > first);
    } finally {
      await training.stop();
    }
    await view.frame.getByRole('button', { name: 'Show only in-training' }).dispatchEvent('click');
  });

  it('finds the charts as they were after the window was loaded anew', async () => {
    await view.frame.getByPlaceholder('Search metrics').fill('accuracy');
    await view.drawn('val_accuracy');
    await until('VS Code has written it down', () => hasStored(person.workbench.page, '"search":"accuracy"'));
    await person.workbench.page.reload();
    view = await ChartsView.find(person, 'image-classifier');
    await view.drawn('val_accuracy');
    equal(await view.frame.getByPlaceholder('Search metrics').inputValue(), 'accuracy');
  });

  describe('from the tree', () => {
    it('opens the charts of several selected runs in a panel of their own', async () => {
      // The window is a new one since it was loaded anew.
      await person.row(/Experiment image-classifier/).click();
      await person.row(/Run vit-small-08/).click();
      await person.row(/Run resnet18-05/).click({ modifiers: ['Control'] });
      await person.workbench.runCommand('MLflow: Show Metric Charts of Runs');
      const two = await ChartsView.find(person, '2 runs');
      await two.drawn('val_loss');
      await until('two lines', async () => (await two.label('val_loss')).includes(', 2 lines,'));
    });

    it("opens a metric's chart from its row in the tree", async () => {
      const { page } = person.workbench;
      await person.row(/Run vit-small-03/).click();
      await page.keyboard.press('ArrowRight');
      await person.row(/Metrics/).click();
      await person.row(/Metric val_loss/).click();
      await person.workbench.runCommand('MLflow: Show Chart of Metric');
      const one = await ChartsView.find(person, 'vit-small-03');
      await one.drawn('val_loss');
      match(
        (await one.chart('val_loss').locator('.chart-facts').textContent()) ?? '',
        /last.*best.*min.*max/i,
      );
    });
  });
});

/** Logs a point about twice a second until it is ended. */
const trainingScript = `
import mlflow, sys, time
mlflow.set_tracking_uri("sqlite:///" + sys.argv[1])
mlflow.set_experiment("image-classifier")
with mlflow.start_run(run_name="in-training"):
    for step in range(10_000):
        mlflow.log_metric("val_loss", 1 / (1 + step), step=step)
        time.sleep(0.5)
`;
