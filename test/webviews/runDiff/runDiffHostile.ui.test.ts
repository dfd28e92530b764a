import { deepEqual, equal } from 'node:assert/strict';
import { diffArtifacts } from '../../../extension/runDiff/diffArtifacts';
import { payloads } from '../support/hostileTexts';
import { ViewBench } from '../support/viewPage';
import { hostileDiff } from './diffs';
import { DiffView, subjectOf } from './diffView';

/** Markup that the view never makes: had a text become one of these, it would be a stranger's. */
const foreign =
  'script:not([nonce]), img, iframe, svg, object, meta[http-equiv=refresh], base, a, form, style, textarea, [onfocus]';

describe('What strangers wrote, in the comparison of runs', () => {
  let bench: ViewBench;
  let view: DiffView;

  before(async () => {
    bench = await ViewBench.start('runDiff');
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
    const files = payloads.map((path) => ({ path, isDirectory: false, size: 1 }));
    const folders = { '': diffArtifacts([files, [], { failure: payloads.join(' ') }]) };
    view = await DiffView.open(bench, hostileDiff(), { folders, size: { width: 1000, height: 4000 } });
    await view.page.getByRole('button', { name: 'Artifacts', exact: true }).click();
    await view.page.waitForSelector('.part-artifacts .row');
    for (const unfold of (await view.page.locator('.unfold').all()).slice(0, 4)) await unfold.click();
    await isClean();
    for (const payload of payloads.slice(0, 5)) await view.page.fill('input', payload);
    await view.page.fill('input', '');
    await view.page.locator('.run-name').last().click();
    await view.page.waitForSelector('.menu');
    await isClean();
    await view.page.keyboard.press('Escape');
    await view.page.click('text=Runs as Rows');
    await view.page.waitForSelector('.columns-grid .row');
    await isClean();
    const subject = subjectOf(hostileDiff());
    view.show({ kind: 'failed', subject, cause: payloads.join('\n') });
    await view.page.waitForSelector('.failure');
    await isClean();
  });

  it('cannot make the view believe a saved state that is none', async () => {
    const savedState = {
      runIds: ['r0', 'r1'],
      connectionUri: 'x',
      baselineId: 'r0',
      query: 7,
      folded: 'all',
      withEqual: [null],
    };
    view = await DiffView.open(bench, hostileDiff(), { savedState });
    equal(await view.page.inputValue('input'), '');
    await isClean();
  });
});
