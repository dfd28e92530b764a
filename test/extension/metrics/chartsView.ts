import type { Frame, Locator } from 'playwright-core';
import { until } from '../../support/until';
import type { Person } from '../uiFixture';

/** The charts panel as a person sees it. */
export class ChartsView {
  private constructor(
    readonly person: Person,
    readonly frame: Frame,
  ) {}

  /** The panel whose charts belong to that title, once they are there. */
  static async find(person: Person, title: string): Promise<ChartsView> {
    const frame = await until(`the charts of ${title}`, () => findFrame(person, title));
    return new ChartsView(person, frame);
  }

  chart(metric: string): Locator {
    return this.frame.locator(`.chart[data-metric="${metric}"]`).last();
  }

  /** A chart once it is drawn from points. */
  async drawn(metric: string): Promise<Locator> {
    // A chart is made when its place comes into sight.
    await this.frame.locator(`[data-cell="${metric}"]`).last().scrollIntoViewIfNeeded();
    await this.frame.locator(`.chart.has-picture[data-metric="${metric}"]`).last().waitFor();
    return this.chart(metric);
  }

  /** A place on a chart, in parts of its plot, on the page. */
  async placeOn(metric: string, across: number, down: number): Promise<{ x: number; y: number }> {
    const box = await (await this.drawn(metric)).locator('.plot').boundingBox();
    if (!box) throw new Error(`${metric} is not on the screen.`);
    return { x: box.x + box.width * across, y: box.y + box.height * down };
  }

  async pointAt(metric: string, across: number, down: number): Promise<void> {
    const { x, y } = await this.placeOn(metric, across, down);
    await this.person.workbench.page.mouse.move(x, y, { steps: 3 });
  }

  async drag(
    metric: string,
    [fromX, fromY]: readonly [number, number],
    [toX, toY]: readonly [number, number],
  ): Promise<void> {
    const { mouse } = this.person.workbench.page;
    const start = await this.placeOn(metric, fromX, fromY);
    const end = await this.placeOn(metric, toX, toY);
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move(end.x, end.y, { steps: 5 });
    await mouse.up();
  }

  /** What a screen reader is told of the chart, by which its ranges are known. */
  async label(metric: string): Promise<string> {
    return (await this.chart(metric).locator('.plot-host').getAttribute('aria-label')) ?? '';
  }

  async lastTold(): Promise<string> {
    return (await this.frame.locator('.page > [role=status]').first().textContent()) ?? '';
  }

  /** Waits until that is announced. */
  async told(pattern: RegExp): Promise<void> {
    await this.frame.locator('[role=status]', { hasText: pattern }).first().waitFor({ state: 'attached' });
  }
}

async function findFrame({ workbench: { page } }: Person, title: string): Promise<Frame | undefined> {
  for (const frame of page.frames()) {
    try {
      const isOurs = (await frame.locator('.grid').count()) > 0;
      if (isOurs && (await frame.locator('h1').textContent()) === title) return frame;
    } catch {
      // The frame went away while it was asked.
    }
  }
  return undefined;
}
