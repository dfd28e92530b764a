import { equal, match, ok } from 'node:assert/strict';
import { emptyRun, largeRun, ordinaryRun } from '../support/runSummaries';
import { SummaryView } from '../support/summaryView';
import { ViewBench } from '../support/viewPage';

describe('The run summary by keyboard alone', () => {
  let bench: ViewBench;
  let view: SummaryView;

  before(async () => {
    bench = await ViewBench.start('runSummary');
  });
  after(() => bench.stop());
  afterEach(() => view.close());

  const press = (key: string) => view.page.keyboard.press(key);

  it('reaches everything, each table by one stop, and shows where it is', async () => {
    view = await SummaryView.open(bench, ordinaryRun);
    const stops: string[] = [];
    await press('Tab');
    while (await view.page.evaluate(hasStop)) {
      stops.push(await view.focused());
      equal(await view.page.evaluate(ringStyle), 'solid', `a ring around ${stops.at(-1) ?? ''}`);
      await press('Tab');
    }
    const inOrder = [
      ...['Open in Web UI', 'Copy Artifact URI', 'Refresh', 'Copy Run ID', 'Copy Commit', '9966e247c20d'],
      ...[
        'Filter parameters',
        'Metrics',
        'train/accuracy',
        'Copy train/accuracy',
        'Parameters',
        'batch_size',
      ],
      ...['Tags', 'stage', 'Datasets', 'Copy Digest', 'Models', 'classifier', 'Artifacts', 'System Tags'],
    ];
    let place = 0;
    for (const stop of inOrder) {
      const found = stops.findIndex((text, index) => index >= place && text.startsWith(stop));
      ok(found !== -1, `${stop} after ${inOrder[inOrder.indexOf(stop) - 1] ?? ''} in ${stops.join(' | ')}`);
      place = found;
    }
    ok(!stops.some((stop) => stop.startsWith('train/loss')), stops.join(' | '));
  });

  it('walks the rows of a table, below what sticks to the top', async () => {
    view = await SummaryView.open(bench, largeRun(2000));
    await view.page.locator('.table-params .row').first().focus();
    await press('ArrowDown');
    match(await view.focused(), /^module\.layer_1\.config/);
    await press('End');
    match(await view.focused(), /^module\.layer_1999\.config/);
    await press('Home');
    match(await view.focused(), /^module\.layer_0\.config/);
    await press('ArrowDown');
    await press('ArrowUp');
    const isInSight = (row: Element) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top >= 72 && bottom <= innerHeight;
    };
    ok(await view.page.locator('.row:focus').evaluate(isInSight));
  });

  it('goes on where it was when a table changes under it', async () => {
    view = await SummaryView.open(bench, ordinaryRun);
    await view.page.locator('.table-params .row').nth(3).focus();
    const before = await view.focused();
    view.showRun({
      ...ordinaryRun,
      status: 'FAILED',
      params: [{ key: 'added', value: '' }, ...ordinaryRun.params],
    });
    await view.told('Run status: Failed');
    equal(await view.focused(), before);
  });

  it('folds sections', async () => {
    view = await SummaryView.open(bench, ordinaryRun);
    const heading = view.page.getByRole('button', { name: /^Metrics/, expanded: true });
    await heading.last().focus();
    await press('Enter');
    await view.page.getByRole('button', { name: /^Metrics/, expanded: false }).waitFor();
    equal(await view.page.locator('.table-metrics').isVisible(), false);
  });

  it('walks the artifacts', async () => {
    view = await SummaryView.open(bench, emptyRun);
    await view.page.locator('#artifacts').scrollIntoViewIfNeeded();
    await view.page.locator('[role=treeitem]').first().focus();
    await press('ArrowRight');
    await view.page.waitForSelector('.tree-name:text-is("MLmodel")');
    await press('ArrowRight');
    match(await view.focused(), /^MLmodel/);
    await press('ArrowLeft');
    await press('ArrowLeft');
    equal(await view.page.locator('.tree-name:text-is("MLmodel")').count(), 0);
    await press('End');
    match(await view.focused(), /^config\.yaml/);
  });

  it('finds the filter by Ctrl+F and leaves a slash in it alone', async () => {
    view = await SummaryView.open(bench, ordinaryRun);
    await press('Control+f');
    await view.page.keyboard.type('val/');
    equal(await view.page.inputValue('input'), 'val/');
  });
});

/** Runs in the page: whether Tab came to something, and not to the end. */
function hasStop(): boolean {
  return document.activeElement !== document.body;
}

/** Runs in the page. Artifacts draw the ring around their line, not around the whole folder. */
function ringStyle(): string | undefined {
  const active = document.activeElement;
  const ringed = active?.matches('[role=treeitem]') ? active.firstElementChild : active;
  return ringed ? getComputedStyle(ringed).outlineStyle : undefined;
}
