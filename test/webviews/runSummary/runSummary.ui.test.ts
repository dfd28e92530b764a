import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { emptyRun, entries, largeRun, ordinaryRun, subject } from '../support/runSummaries';
import { SummaryView } from '../support/summaryView';
import { ViewBench } from '../support/viewPage';

describe('The run summary in a browser', () => {
  let bench: ViewBench;
  let view: SummaryView;

  before(async () => {
    bench = await ViewBench.start('runSummary');
  });
  after(() => bench.stop());
  afterEach(() => view.close());

  it('shows all there is of a run', async () => {
    view = await SummaryView.open(bench, ordinaryRun);
    equal(await view.page.locator('h1').innerText(), 'resnet50-finetune');
    equal(await view.page.locator('.pill').innerText(), 'Finished');
    const firstMetric = ['train/accuracy', '0.973182', '100', '21 Nov 2026, 05:00:12'];
    deepEqual(await view.texts('.table-metrics .row:nth-child(1) .cell'), firstMetric);
    deepEqual(
      (await view.texts('h2')).map((text) => text.replace(/\s+/g, ' ')),
      ['Metrics 7', 'Parameters 7', 'Tags 2', 'Datasets 2', 'Models 1', 'Artifacts', 'System Tags 4'],
    );
    match((await view.texts('.facts')).join(), /Duration\s+1h 5m/);
    deepEqual(view.misdeeds, { requests: [], dialogs: 0, navigations: 0, complaints: [] });
  });

  it('says what a run has nothing of', async () => {
    view = await SummaryView.open(bench, emptyRun);
    const nouns = ['metrics', 'parameters', 'tags', 'datasets', 'models'];
    deepEqual(
      await view.texts('.empty:visible'),
      nouns.map((noun) => `No ${noun} were logged.`),
    );
  });

  it('filters everything by one box, and counts', async () => {
    view = await SummaryView.open(bench, ordinaryRun);
    await view.page.keyboard.press('/');
    await view.page.keyboard.type('VAL loss');
    await view.told('1 found');
    deepEqual(await view.texts('.row [role=rowheader]'), ['val/loss']);
    match((await view.texts('h2')).join(), /1 of 7/);
    await view.page.keyboard.press('Escape');
    await view.told('Filter cleared');
    equal(await view.page.locator('.table-params .row').count(), 7);
    deepEqual(await view.savedState(), { ...subject, query: '', folded: ['systemTags'], scrollTop: 0 });
  });

  it('finds its way back: filter, folded sections and place', async () => {
    const savedState = { ...subject, query: 'e', folded: ['metrics', 'systemTags'], scrollTop: 300 };
    view = await SummaryView.open(bench, largeRun(500), { savedState });
    await view.page.waitForFunction('window.scrollY === 300');
    equal(await view.page.inputValue('input'), 'e');
    await view.page.keyboard.press('Escape');
    equal(await view.page.locator('.table-metrics').isVisible(), false);
  });

  it('keeps focus, filter, folded sections and place over an update', async () => {
    view = await SummaryView.open(bench, ordinaryRun, { size: { width: 1000, height: 500 } });
    await view.page.click('h2:has-text("Metrics")');
    await view.page.locator('.table-params .row').nth(2).focus();
    await view.page.evaluate('window.scrollTo(0, 200)');
    const before = await view.focused();
    view.showRun({ ...ordinaryRun, status: 'RUNNING', metrics: ordinaryRun.metrics.slice(1) });
    await view.told('Run status: Running');
    equal(await view.page.locator('.pill').innerText(), 'Running');
    equal(await view.focused(), before);
    equal(await view.page.evaluate('window.scrollY'), 200);
    equal(await view.page.locator('.table-metrics').isVisible(), false);
  });

  it('begins the next run at the top, with the same filter', async () => {
    view = await SummaryView.open(bench, largeRun(300));
    await view.page.fill('input', 'layer');
    await view.page.evaluate('window.scrollTo(0, 500)');
    const run = { ...largeRun(200), id: 'another', name: 'the next one' };
    view.showRun(run, { ...subject, runId: 'another' });
    await view.page.waitForSelector('h1:has-text("the next one")');
    equal(await view.page.evaluate('window.scrollY'), 0);
    equal(await view.page.inputValue('input'), 'layer');
  });

  it('copies values and ids whole', async () => {
    const long = 'x'.repeat(6000);
    view = await SummaryView.open(bench, { ...ordinaryRun, params: entries({ long }) });
    await view.page.hover('.table-params .row');
    await view.page.click('.table-params .row .copy');
    await view.page.click('[aria-label="Copy Run ID"]');
    await view.page.click('[aria-label="Copy Commit"]');
    await view.page.locator('.table-metrics .row').first().focus();
    await view.page.keyboard.press('Control+c');
    await view.told('Copied');
    await view.page.waitForFunction('true');
    deepEqual(view.copied, [long, subject.runId, ordinaryRun.facts.gitCommit, '0.9731823205947876']);
  });

  it('unfolds a long value, and folds it again', async () => {
    const long = 'word '.repeat(1200).trim();
    view = await SummaryView.open(bench, { ...ordinaryRun, params: entries({ long }) });
    await view.page.click('text=Show all 5,999 characters');
    const value = view.page.locator('.table-params .row .text > .stranger');
    equal(await value.innerText(), long);
    await view.page.click('text=Show less');
    ok((await value.innerText()).length < 250);
  });

  it('reads artifacts when their folder is opened', async () => {
    view = await SummaryView.open(bench, emptyRun);
    await view.page.locator('#artifacts').scrollIntoViewIfNeeded();
    await view.page.click('.tree-name:text-is("model")');
    await view.page.waitForSelector('.tree-name:text-is("MLmodel")');
    deepEqual(await view.texts('.tree-name, .size'), [
      'model',
      'MLmodel',
      '1.2 KB',
      'broken',
      'config.yaml',
      '812 B',
    ]);
    await view.page.click('.tree-name:text-is("broken")');
    await view.page.waitForSelector('text=Artifacts could not be read: The server answered 500.');
    deepEqual(view.asked, ['artifacts ', 'artifacts model', 'artifacts broken']);
  });

  it('does not show the artifacts of the run before', async () => {
    view = await SummaryView.open(bench, emptyRun);
    await view.page.locator('#artifacts').scrollIntoViewIfNeeded();
    await view.page.waitForSelector('.tree-name:text-is("config.yaml")');
    view.showRun({ ...largeRun(100), id: 'next', name: 'next' }, { ...subject, runId: 'next' });
    await view.page.waitForSelector('h1:text-is("next")');
    equal(await view.page.locator('.tree-name').count(), 0);
  });

  it('asks the extension for what only that can do', async () => {
    view = await SummaryView.open(bench, ordinaryRun);
    for (const name of ['Open in Web UI', 'Copy Artifact URI', 'Refresh', '9966e247c20d']) {
      await view.page.getByRole('button', { name }).click();
    }
    await view.told('Refreshed');
    const asked = view.asked.filter((what) => !what.startsWith('artifacts'));
    deepEqual(asked, ['openInBrowser', 'copyArtifactUri', 'refresh', 'openParent']);
  });

  it('says why a run cannot be read, and tries again', async () => {
    view = await SummaryView.openWith(bench, { kind: 'failed', subject, cause: 'Nothing listens there.' });
    await view.page.waitForSelector('text=Nothing listens there.');
    await view.page.getByRole('button', { name: 'Retry' }).click();
    view.showRun(ordinaryRun);
    await view.page.waitForSelector('h1:has-text("resnet50")');
    deepEqual(view.asked, ['refresh']);
  });

  it('shows the bones of the page for a long wait', async () => {
    view = await SummaryView.openWith(bench, { kind: 'loading', subject });
    await view.page.waitForSelector('.skeleton');
    ok(await view.page.locator('[role=progressbar]').isVisible());
    view.showRun(ordinaryRun);
    await view.page.waitForSelector('h1');
    equal(await view.page.locator('[role=progressbar]').isVisible(), false);
  });

  it('shows no bones for a short wait', async () => {
    view = await SummaryView.open(bench, ordinaryRun);
    const sawBones = view.page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          new MutationObserver(() => {
            if (document.querySelector('.skeleton')) resolve(true);
            if (document.querySelector('h1')?.textContent === 'next') resolve(false);
          }).observe(document.body, { childList: true, subtree: true });
        }),
    );
    const next = { ...subject, runId: 'next' };
    view.show({ kind: 'loading', subject: next });
    view.showRun({ ...ordinaryRun, id: 'next', name: 'next' }, next);
    equal(await sawBones, false);
  });

  it('does not move where that is unwanted', async () => {
    view = await SummaryView.open(bench, emptyRun, { reducedMotion: true });
    const animation = await view.page
      .locator('.pill .icon')
      .evaluate((icon) => getComputedStyle(icon).animationName);
    equal(animation, 'none');
  });
});
