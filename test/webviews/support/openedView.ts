import type { Page } from 'playwright-core';
import type { ViewPage } from './viewPage';

/** A view that is open in a browser, as far as all views are alike. */
export class OpenedView {
  readonly page: Page;

  protected constructor(protected readonly view: ViewPage) {
    this.page = view.page;
  }

  get misdeeds(): ViewPage['misdeeds'] {
    return this.view.misdeeds;
  }

  savedState(): Promise<unknown> {
    return this.page.evaluate('window.savedState');
  }

  /** What a person would call the element that has the focus. */
  async focused(): Promise<string> {
    const read = 'document.activeElement.ariaLabel ?? document.activeElement.innerText';
    return String(await this.page.evaluate(read));
  }

  /** Waits until what was done is drawn. */
  async frame(): Promise<void> {
    await this.page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))',
    );
  }

  /** The texts of these elements as they are seen: rows that have just come into sight have none before they are drawn. */
  async texts(selector: string): Promise<string[]> {
    await this.frame();
    return await this.page.locator(selector).allInnerTexts();
  }

  /** Waits until the screen reader was told so. */
  async told(text: string): Promise<void> {
    await this.page
      .locator('.visually-hidden[role=status]', { hasText: text })
      .waitFor({ state: 'attached' });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
