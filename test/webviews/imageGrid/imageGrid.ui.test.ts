import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { join } from 'node:path';
import {
  loadImage,
  openImage,
  openRun,
  refresh,
  show,
  type ImageGrid,
  type ImageGridSnapshot,
} from '../../../webviews/protocol/imageGrid';
import { ready } from '../../../webviews/protocol/panel';
import { until } from '../../support/until';
import { OpenedView } from '../support/openedView';
import { pngOf } from '../support/pictures';
import { ViewBench, type OpenOptions } from '../support/viewPage';

const subject = { connectionUri: 'http://a:1', runIds: ['r0'] };

function gridOf(rows: number, columns: number): ImageGrid {
  return {
    columns: Array.from({ length: columns }, (_, step) => ({
      name: step === 1 ? 'samples/of a very long name '.repeat(9) : 'samples/confusion',
      step: String(step * 100),
    })),
    rows: Array.from({ length: rows }, (_, row) => ({
      runId: `r${row}`,
      name: row === 1 ? 'a run with a name '.repeat(12) : `resnet-${row}`,
      images: Array.from({ length: columns }, (__, step) =>
        (row + step) % 7 === 6 ? null : { path: `${row}/${step}.webp`, fullPath: `${row}/${step}.png` },
      ),
    })),
    isCut: false,
  };
}

class GridView extends OpenedView {
  readonly asked: string[] = [];

  static async open(
    bench: ViewBench,
    snapshot: ImageGridSnapshot,
    options: OpenOptions = {},
  ): Promise<GridView> {
    const view = await bench.open(options);
    const opened = new GridView(view);
    const { channel } = view;
    channel.listen(ready, () => {
      channel.send(show, snapshot);
    });
    channel.handle(loadImage, ({ path }) => {
      opened.asked.push(`load ${path}`);
      if (path === '0/1.webp') throw new Error('It is no PNG, JPEG, GIF or WebP image.');
      const step = Number(/(\d+)\.webp/.exec(path)?.[1]);
      return {
        type: 'image/png',
        bytes: pngOf(240, 160 + 20 * (step % 3), [40 + step * 9, 120, 200 - step * 6]),
      };
    });
    channel.listen(openImage, ({ runId, path }) => opened.asked.push(`open ${runId} ${path}`));
    channel.listen(openRun, ({ runId }) => opened.asked.push(`run ${runId}`));
    channel.handle(refresh, () => {
      opened.asked.push('refresh');
      return null;
    });
    await view.load();
    return opened;
  }

  async picture(name: string): Promise<void> {
    const folder = process.env['MLFLOW_LENS_SHOTS'];
    if (folder) await this.page.screenshot({ path: join(folder, `imageGrid-${name}.png`) });
  }
}

describe('The grid of images', () => {
  let bench: ViewBench;

  before(async () => {
    bench = await ViewBench.start('imageGrid');
  });
  after(() => bench.stop());

  const ready = (grid: ImageGrid): ImageGridSnapshot => ({ kind: 'ready', subject, grid });
  const isDrawn = (view: GridView, count: number) =>
    until(`${count} images are drawn`, async () => (await view.page.locator('canvas').count()) >= count);

  it('draws images under the strict policy, and says in the place of one why it cannot be drawn', async () => {
    const view = await GridView.open(bench, ready(gridOf(3, 5)), { size: { width: 1300, height: 620 } });
    await isDrawn(view, 13);
    equal(await view.page.getByText('It is no PNG').count(), 1);
    const isBlue = 'document.querySelector("canvas").getContext("2d").getImageData(9, 9, 1, 1).data.join()';
    equal(await view.page.evaluate(isBlue), '40,120,200,255');
    deepEqual([view.misdeeds.complaints, view.misdeeds.requests], [[], []]);
    await view.picture('few');
    await view.close();
  });

  it('loads of 3,000 only what comes into sight, and forgets what went', async () => {
    const view = await GridView.open(bench, ready(gridOf(20, 150)), { size: { width: 1200, height: 700 } });
    await isDrawn(view, 12);
    await view.picture('many');
    ok(view.asked.length < 120, `${view.asked.length} loaded`);
    for (const step of [0.25, 0.5, 0.75, 1]) {
      const before = view.asked.length;
      await view.page.evaluate(
        `{ const e = document.querySelector('.scrolled'); e.scrollTo(${step} * e.scrollWidth, ${step} * e.scrollHeight); }`,
      );
      await until('more is loaded', () => view.asked.length > before);
    }
    ok((await view.page.locator('canvas').count()) <= 200);
    await view.close();
  });

  it('is gone through by the arrow keys, and Enter opens the image as it was logged', async () => {
    const view = await GridView.open(bench, ready(gridOf(3, 3)));
    await isDrawn(view, 8);
    const { keyboard } = view.page;
    for (const key of ['Tab', 'Tab', 'ArrowRight', 'ArrowDown', 'ArrowRight', 'Enter'])
      await keyboard.press(key);
    match(await view.focused(), /^samples\/of a very long name .* step 100, /);
    for (const key of ['Home', 'Enter']) await keyboard.press(key);
    await until('both were opened', () => view.asked.includes('run r1'));
    ok(view.asked.includes('open r1 1/1.png'));
    await view.close();
  });

  for (const theme of ['light', 'dark', 'highContrast'] as const)
    it(`is to be seen in ${theme}, also narrow, loading, empty and failing`, async () => {
      const size = { width: 420, height: 520 };
      const view = await GridView.open(bench, ready(gridOf(3, 4)), { theme, size });
      await isDrawn(view, 3);
      await view.picture(`narrow-${theme}`);
      await view.close();
      const empty = await GridView.open(bench, ready({ columns: [], rows: [], isCut: false }), {
        theme,
        size,
      });
      await empty.page.getByText('These runs have no PNG').waitFor();
      await empty.picture(`empty-${theme}`);
      await empty.close();
      const loading = await GridView.open(bench, { kind: 'loading', subject }, { theme, size });
      await loading.page.locator('.skeleton').waitFor();
      await loading.picture(`loading-${theme}`);
      await loading.close();
      const cause = '127.0.0.1:5000 refused the connection.';
      const failed = await GridView.open(bench, { kind: 'failed', subject, cause }, { theme, size });
      await failed.page.getByRole('button', { name: 'Retry' }).click();
      await until('it is tried again', () => failed.asked.includes('refresh'));
      await failed.picture(`failed-${theme}`);
      await failed.close();
    });
});
