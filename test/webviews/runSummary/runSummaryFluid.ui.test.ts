import { ok } from 'node:assert/strict';
import { largeRun, ordinaryRun, subject } from '../support/runSummaries';
import { SummaryView } from '../support/summaryView';
import { ViewBench } from '../support/viewPage';

const large = { ...largeRun(5000), id: 'large', name: 'large' };
const largeSubject = { ...subject, runId: 'large' };

/** What keeps 10,000 rows fluid, on any machine: rows are drawn when they come near. */
const mostRows = 1000;

describe('A run of 5,000 parameters and 5,000 metrics', () => {
  let bench: ViewBench;
  let view: SummaryView;

  before(async () => {
    bench = await ViewBench.start('runSummary');
    view = await SummaryView.open(bench, ordinaryRun);
    view.showRun(large, largeSubject);
    await view.page.waitForSelector('h1:text-is("large")');
  });
  after(async () => {
    await view.close();
    await bench.stop();
  });

  async function hasFewRows(): Promise<void> {
    const drawn = await view.page.locator('.row').count();
    ok(drawn > 0 && drawn < mostRows, `${drawn} rows are drawn`);
  }

  it('draws what comes near, not all there is', async () => {
    await hasFewRows();
  });

  it('filters as one types', async () => {
    await view.page.keyboard.press('/');
    await view.page.keyboard.type('layer_49');
    await view.told('111 found');
    await hasFewRows();
    await view.page.keyboard.press('Escape');
    await view.told('Filter cleared');
  });

  it('takes an update in its stride', async () => {
    const metrics = large.metrics.map((row) => ({ ...row, step: '1' }));
    view.showRun({ ...large, status: 'RUNNING', metrics }, largeSubject);
    await view.told('Run status: Running');
    await hasFewRows();
  });

  it('has drawn all there is once its end is reached', async () => {
    await view.page.evaluate(scrollThrough, 120);
    const drawn = await view.page.locator('.row').count();
    ok(drawn >= large.params.length + large.metrics.length, `${drawn} rows are drawn`);
  });
});

/** Runs in the page. */
function scrollThrough(frames: number): Promise<void> {
  return new Promise((resolve) => {
    let done = 0;
    const step = () => {
      const top = (document.documentElement.scrollHeight * ++done) / frames;
      window.scrollTo({ top, behavior: 'instant' });
      if (done < frames) requestAnimationFrame(step);
      else resolve();
    };
    requestAnimationFrame(step);
  });
}
