import { deepEqual, equal, ok } from 'node:assert/strict';
import { hostileRun, payloads } from '../support/hostileTexts';
import { entries, subject } from '../support/runSummaries';
import { SummaryView } from '../support/summaryView';
import { ViewBench } from '../support/viewPage';

/** Markup that the view never makes: had a text become one of these, it would be a stranger's. */
const foreign =
  'script:not([nonce]), img, iframe, svg, object, meta[http-equiv=refresh], base, a, form, style, textarea, [onfocus]';

describe('What strangers wrote, in the run summary', () => {
  let bench: ViewBench;
  let view: SummaryView;

  before(async () => {
    bench = await ViewBench.start('runSummary');
  });
  after(() => bench.stop());
  afterEach(() => view.close());

  it('is text and nothing else: 0 scripts, 0 requests, 0 navigations', async () => {
    const folders = { '': payloads.map((path) => ({ path, isDirectory: false, size: 1 })) };
    view = await SummaryView.open(bench, hostileRun(), { folders, size: { width: 1000, height: 3000 } });
    for (const summary of await view.page.locator('summary').all()) await summary.click();
    for (const unfold of await view.page.locator('.table-params .unfold').all()) await unfold.click();
    await view.page.click('h2:has-text("System Tags")');
    await view.page.locator('#artifacts').scrollIntoViewIfNeeded();
    await view.page.waitForSelector('.tree-name');
    const isClean = async () => {
      equal(await view.page.evaluate('window.hacked'), undefined);
      equal(await view.page.locator(foreign).count(), 0);
      equal(await view.page.locator('link').count(), 1);
      deepEqual(view.misdeeds, { requests: [], dialogs: 0, navigations: 0, complaints: [] });
    };
    await isClean();
    for (const payload of payloads.slice(0, 5)) await view.page.fill('input', payload);
    view.show({ kind: 'failed', subject, cause: payloads.join('\n') });
    await view.page.waitForSelector('.failure');
    await isClean();
  });

  it('is refused as markup by the page itself', async () => {
    view = await SummaryView.open(bench, hostileRun());
    const refusal = await view.page.evaluate(() => {
      try {
        Reflect.set(document.createElement('div'), 'inner' + 'HTML', '<b>x</b>');
        return 'accepted';
      } catch (error) {
        return String(error);
      }
    });
    ok(refusal.includes('TrustedHTML'), refusal);
  });

  it('stays inside the page, however long', async () => {
    const wide = 'W'.repeat(10_000);
    const run = { ...hostileRun(), name: wide, params: entries({ [wide]: wide }) };
    view = await SummaryView.open(bench, run, { size: { width: 480, height: 700 } });
    ok(await view.page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
    ok(await view.page.locator('h1').evaluate((title) => title.getBoundingClientRect().height < 3000));
  });

  it('cannot make the view believe a message that is none', async () => {
    view = await SummaryView.open(bench, hostileRun());
    await view.page.evaluate(() => {
      for (const message of [
        null,
        7,
        {},
        { kind: 'event', name: 'runSummary/unknown' },
        { kind: 'result', id: 1 },
      ]) {
        window.postMessage(message, '*');
      }
    });
    view.showRun({ ...hostileRun(), name: 'after' });
    await view.page.waitForSelector('h1:text-is("after")');
    deepEqual(view.misdeeds.complaints, []);
  });
});
