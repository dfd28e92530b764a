import { ok } from 'node:assert/strict';
import type { CDPSession } from 'playwright-core';
import { largeRun, ordinaryRun, subject } from '../support/runSummaries';
import { SummaryView } from '../support/summaryView';
import { ViewBench } from '../support/viewPage';

const large = { ...largeRun(5000), id: 'large', name: 'large' };
const largeSubject = { ...subject, runId: 'large' };
/** A frame at 50 Hz, in milliseconds. */
const frame = 20;

/** Measured as the page's own processor time: a busy machine lengthens that a little, and the clock's a lot. */
describe('A run of 5,000 parameters and 5,000 metrics', function () {
  this.timeout(120_000);
  let bench: ViewBench;
  let view: SummaryView;
  let session: CDPSession;

  before(async () => {
    bench = await ViewBench.start('runSummary');
    view = await SummaryView.open(bench, ordinaryRun);
    session = await view.page.context().newCDPSession(view.page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  });
  after(async () => {
    await view.close();
    await bench.stop();
  });

  const costOf = async (act: () => Promise<unknown>) => {
    const before = await processorTime(session);
    await act();
    return (await processorTime(session)) - before;
  };

  it('appears at once', async () => {
    const cost = await costOf(async () => {
      view.showRun(large, largeSubject);
      await view.page.waitForSelector('h1:text-is("large")');
    });
    ok(cost < 500, `${cost} ms`);
  });

  it('scrolls from end to end within the frame, 2,000 pixels each', async () => {
    const cost = (await costOf(() => view.page.evaluate(scrollThrough, 120))) / 120;
    ok(cost < frame, `${cost} ms a frame`);
  });

  it('filters as one types', async () => {
    await view.page.keyboard.press('/');
    const keys = 'layer_49';
    const cost = await costOf(async () => {
      await view.page.keyboard.type(keys);
      await view.told('111 found');
    });
    ok(cost / keys.length < 60, `${cost / keys.length} ms a key`);
    await view.page.keyboard.press('Escape');
    await view.told('Filter cleared');
  });

  it('takes an update in its stride', async () => {
    const cost = await costOf(async () => {
      const metrics = large.metrics.map((row) => ({ ...row, step: '1' }));
      view.showRun({ ...large, status: 'RUNNING', metrics }, largeSubject);
      await view.told('Run status: Running');
    });
    ok(cost < 500, `${cost} ms`);
  });

  it('draws what comes near, not all there is', async () => {
    const drawn = await view.page.locator('.row').count();
    ok(drawn < 1000, `${drawn} rows`);
  });
});

async function processorTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const total = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN;
  return 1000 * total;
}

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
