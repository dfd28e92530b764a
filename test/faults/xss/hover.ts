import type { Locator, Page } from 'playwright-core';
import { until } from '../../support/until';

/** How long a tooltip may take, in ms, and how often it is asked for. */
const patience = 3000;
const attempts = 4;

/** Points at things of a VS Code window and reads what they tell then. */
export class Hover {
  constructor(private readonly page: Page) {}

  /** The tooltip's text once it is complete. A row that is drawn anew takes its tooltip away, so it is pointed at again. */
  async read(target: Locator): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      await this.forget();
      await target.hover();
      try {
        return await until('there is a tooltip', () => this.find(), patience);
      } catch (error) {
        if (attempt === attempts) throw error;
      }
    }
  }

  /** What is open by now is no tooltip of the next thing. */
  private async forget(): Promise<void> {
    await this.page.mouse.move(640, 4);
    await this.page.evaluate(() => {
      for (const hover of document.querySelectorAll('.workbench-hover')) hover.classList.add('is-old');
    });
  }

  private async find(): Promise<string | undefined> {
    const hovers = this.page.locator('.workbench-hover:not(.is-old)');
    const texts = await hovers.allInnerTexts();
    const text = texts.at(-1)?.trim();
    return text === undefined || text === '' || text === 'Loading...' ? undefined : text;
  }
}
