import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { initialPlots } from '../../../webviews/runDiff/plots/choices';
import { ViewBench } from '../support/viewPage';
import { diffOf, largeDiff, ordinaryDiff, ordinarySource } from './diffs';
import { DiffView, subjectOf } from './diffView';

const openArtifacts = (isTransposed: boolean) => ({
  ...subjectOf(ordinaryDiff()),
  ...{ folded: ['details', 'params', 'metrics', 'tags'], isTransposed },
});

describe('The comparison of runs', () => {
  let bench: ViewBench;
  let view: DiffView;

  before(async () => {
    bench = await ViewBench.start('runDiff');
  });
  after(() => bench.stop());
  afterEach(() => view.close());

  it('shows only what differs, says what is hidden, and shows that on request', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    const differing = ['city', 'epochs', 'lr', 'note', 'only first', 'optimizer.decay', 'prompt'];
    deepEqual(await view.keys('params'), differing);
    const heading = view.heading('Parameters');
    equal(await heading.locator('.count').innerText(), '7 of 10 parameters differ · 3 equal hidden');
    await heading.getByRole('button', { name: 'Show equal parameters' }).click();
    deepEqual(await view.cells('model'), ['resnet50', 'resnet50']);
    equal((await view.keys('params')).length, 10);
    equal(await heading.locator('.count').innerText(), '7 of 10 parameters differ');
    await heading.getByRole('button', { name: 'Hide equal parameters' }).click();
    deepEqual(await view.keys('params'), differing);
  });

  it('tells missing from empty, and what differs only in type or white space', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    deepEqual(await view.cells('only first'), ['yes', '—missing']);
    deepEqual(await view.cells('note'), ['empty', 'tried']);
    equal(await view.row('epochs').locator('.chip').textContent(), 'type');
    equal(await view.row('city').locator('.chip').textContent(), 'white space');
    deepEqual(await view.cells('city'), ['new·york', 'newyork']);
  });

  it('says how metrics changed, by arrow and in words', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    deepEqual(await view.cells('loss'), ['0.5', '0.4▼ -0.1 (-20 %), better']);
    deepEqual(await view.cells('accuracy'), ['0.9', '0.8▼ -0.1 (-11.1 %), worse']);
    equal(await view.row('no number').count(), 0);
  });

  it('unfolds a value of 6,000 characters and folds it again', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    const cell = view.row('prompt').locator('.cell').first();
    ok((await cell.innerText()).length < 400);
    await cell.getByRole('button', { name: 'Show all 6,000 characters' }).click();
    ok((await cell.innerText()).length > 6000);
    await cell.getByRole('button', { name: 'Show less' }).click();
    ok((await cell.innerText()).length < 400);
  });

  it('filters by names and values, in all parts at once', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    await view.page.fill('input', 'lr 0.01');
    deepEqual(await view.keys('params'), ['lr']);
    deepEqual(await view.keys('metrics'), []);
    match(await view.heading('Parameters').locator('.count').innerText(), /1 found/);
    await view.told('1 rows shown');
    await view.page.keyboard.press('Escape');
    equal((await view.keys('params')).length, 7);
  });

  it('does with a run what its menu says', async () => {
    view = await DiffView.open(bench, ordinaryDiff(3));
    await view.choose('run 1', 'Open Run Summary');
    await view.choose('run 1', 'Use as Baseline');
    await view.choose('run 2', 'Compare with Baseline in Diff Editor');
    await view.choose('run 2', 'Compare Source with Baseline');
    await view.choose('run 2', 'Remove from Comparison');
    await view.page.locator('.menu').waitFor({ state: 'detached' });
    const asked = ['open r1', 'setBaseline r1', 'compareInDiffEditor r2', 'compareSource r2', 'remove r2'];
    deepEqual(view.asked, asked);
    view.showDiff(ordinaryDiff(3, 1));
    await view.page.waitForSelector('.run-head:has-text("run 1") .chip:text-is("baseline")');
    deepEqual(await view.cells('loss'), ['0.5▲ +0.1 (+25 %), worse', '0.4', '0.3▼ -0.1 (-25 %), better']);
  });

  it('keeps two runs to compare', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    await view.page.locator('.run-name').first().click();
    const remove = view.page.getByRole('menuitem', { name: 'Remove from Comparison' });
    equal(await remove.getAttribute('aria-disabled'), 'true');
  });

  it('keeps the column of a run that is gone, and says so', async () => {
    const gone = { kind: 'unknown', id: 'r1', name: 'run 1', cause: 'There is no run r1.' } as const;
    view = await DiffView.open(bench, ordinaryDiff(3));
    view.showDiff(diffOf([ordinarySource(0), gone, ordinarySource(2)]));
    await view.page.waitForSelector('.run-head:has-text("There is no run r1.")');
    deepEqual(await view.cells('lr'), ['0.1', '?unknown', '0.02']);
  });

  it('shows runs as rows', async () => {
    view = await DiffView.open(bench, ordinaryDiff(3));
    await view.page.click('text=Runs as Rows');
    await view.page.waitForSelector('.columns-grid');
    const row = view.page.locator('.part-metrics .row').nth(1);
    match((await row.textContent()) ?? '', /run 1[^]*0\.8[^]*0\.4/);
    deepEqual(await view.page.locator('.part-metrics .key-head').allInnerTexts(), ['accuracy', 'loss']);
    await view.page.click('text=Runs as Rows');
    await view.page.waitForSelector('.rows-grid');
  });

  it('asks for a copy of what is shown, as it is shown', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    await view.heading('Metrics').getByRole('button', { name: 'Show equal metrics' }).click();
    await view.page.fill('input', 'loss');
    await view.page.click('text=Markdown');
    await view.told('Copied');
    await view.page.click('text=Runs as Rows');
    await view.page.click('button:has-text("CSV")');
    await view.page.waitForFunction('document.activeElement.innerText.startsWith("CSV")');
    const wanted = { query: 'loss', withEqual: ['metrics'], folders: [] };
    deepEqual(view.copied[0], { ...wanted, format: 'markdown', isTransposed: false });
  });

  it('reads artifacts when they are opened, and folders as they are', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    deepEqual(view.asked, []);
    await view.page.getByRole('button', { name: 'Artifacts', exact: true }).click();
    await view.row('log.txt').waitFor();
    deepEqual(await view.cells('log.txt'), ['10 B', '2 KB']);
    equal(await view.row('same.txt').count(), 0);
    match(
      await view.heading('Artifacts').locator('.count').innerText(),
      /^1 of 2 files differs · 1 equal hidden$/,
    );
    await view.row('model').locator('.folder').click();
    await view.row('MLmodel').waitFor();
    await view.row('broken').locator('.folder').click();
    await view.page.waitForSelector('.heading .trouble:text-is("The server answered 500.")');
    deepEqual(view.asked, ['artifacts ', 'artifacts model', 'artifacts broken']);
  });

  it('compares a file with that of the baseline, or with one of the workspace', async () => {
    view = await DiffView.open(bench, ordinaryDiff(), { savedState: openArtifacts(false) });
    await view.chooseOfFile('log.txt', 1, 'Compare with run 0');
    await view.chooseOfFile('log.txt', 0, 'Compare with run 1');
    await view.chooseOfFile('log.txt', 0, 'Compare with Workspace File…');
    const asked = ['compare log.txt of r0 and r1', 'compare log.txt of r0 and r1', 'compare log.txt of r0'];
    deepEqual(view.asked.slice(1), asked);
  });

  it('shows artifacts as columns where runs are rows, by their whole paths', async () => {
    view = await DiffView.open(bench, ordinaryDiff(), { savedState: openArtifacts(true) });
    const heads = view.page.locator('.part-artifacts .key-head > .stranger');
    await heads.getByText('log.txt').waitFor();
    await view.page.locator('.part-artifacts .key-head[data-path=model] .folder').click();
    await heads.getByText('model/MLmodel').waitFor();
    deepEqual(await heads.allTextContents(), ['broken', 'model', 'model/MLmodel', 'log.txt']);
    const sizes = view.page.locator('.part-artifacts .row').first().locator('.cell');
    deepEqual(await sizes.allTextContents(), ['folder', 'folder', '812 B', '10 B']);
    await view.page.getByRole('button', { name: 'Copy as CSV' }).click();
    await view.told('Copied');
    deepEqual(view.copied[0]?.folders, ['', 'model']);
    await sizes.nth(2).locator('.file-opener').click();
    await view.page.getByRole('menuitem', { name: 'Compare with run 1' }).click();
    deepEqual(view.asked.at(-1), 'compare model/MLmodel of r0 and r1');
  });

  it('keeps what the user arranged, and finds it again', async () => {
    view = await DiffView.open(bench, ordinaryDiff());
    await view.page.fill('input', 'l');
    await view.heading('Details').getByRole('button', { name: 'Details', exact: true }).click();
    const saved = await view.savedState();
    deepEqual(saved, {
      ...subjectOf(ordinaryDiff()),
      ...{ query: 'l', withEqual: [], folded: ['artifacts', 'details'], isTransposed: false },
      plots: initialPlots,
    });
    await view.close();
    view = await DiffView.open(bench, ordinaryDiff(), { savedState: saved });
    equal(await view.page.inputValue('input'), 'l');
    deepEqual(await view.keys('details'), []);
  });

  it('says why there is nothing to compare, and tries again', async () => {
    const subject = subjectOf(ordinaryDiff());
    view = await DiffView.openWith(bench, { kind: 'failed', subject, cause: 'The server did not answer.' });
    await view.page.waitForSelector('.failure:has-text("The server did not answer.")');
    await view.page.click('text=Retry');
    view.showDiff(ordinaryDiff());
    await view.page.waitForSelector('.run-name');
    deepEqual(view.asked, ['refresh']);
  });

  it('draws of five thousand parameters what is near the window', async () => {
    view = await DiffView.open(bench, largeDiff(5000));
    await view.heading('Parameters').getByRole('button', { name: 'Show equal parameters' }).click();
    await view.page.waitForSelector('.part-params .row');
    ok((await view.page.locator('.row').count()) < 200);
    await view.page.evaluate(() => {
      const grid = document.querySelector('.grid');
      if (grid) grid.scrollTop = grid.scrollHeight;
    });
    await view.row('layer_4999.config').waitFor();
    ok((await view.page.locator('.row').count()) < 400);
  });

  it('keeps its head and first column in sight', async () => {
    view = await DiffView.open(bench, ordinaryDiff(12), { size: { width: 700, height: 400 } });
    await view.page.locator('.grid').evaluate((grid) => {
      grid.scrollTo(500, 300);
    });
    const isInSight = (one: Element) => {
      const { left, top } = one.getBoundingClientRect();
      return left >= 0 && left < 10 && top >= 40 && top < 60;
    };
    ok(await view.page.locator('.corner').evaluate(isInSight));
    const key = view.row('prompt').locator('.key');
    equal(await key.evaluate((one) => one.getBoundingClientRect().left), 0);
    ok(await view.page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
  });
});
