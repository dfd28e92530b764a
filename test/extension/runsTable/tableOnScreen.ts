import type { Frame, Locator } from 'playwright-core';
import { until } from '../../support/until';
import type { Person } from '../uiFixture';

/** The table of runs as a person sees it. */
export class TableOnScreen {
  private constructor(readonly frame: Frame) {}

  static async find(person: Person): Promise<TableOnScreen> {
    const frame = await until('the table shows runs', async () => {
      for (const one of person.workbench.page.frames()) {
        const count = await one
          .locator('[role=grid] [role=rowheader] .name:not(:empty)')
          .count()
          .catch(() => 0);
        if (count > 0) return one;
      }
      return undefined;
    });
    return new TableOnScreen(frame);
  }

  get grid(): Locator {
    return this.frame.getByRole('grid');
  }

  names(): Promise<readonly string[]> {
    return this.frame.locator('[role=rowheader] .name:not(:empty)').allInnerTexts();
  }

  async showsRuns(...names: readonly string[]): Promise<void> {
    await until(`the table shows ${names.join(', ')}`, async () => {
      const shown = await this.names();
      return names.length === shown.length && names.every((name, index) => shown[index] === name);
    });
  }

  row(name: string): Locator {
    return this.frame.locator('[role=row]', { has: this.frame.locator(`.name:text-is("${name}")`) });
  }

  async filter(text: string): Promise<void> {
    const box = this.frame.getByRole('combobox', { name: 'Filter runs' });
    await box.fill(text);
    await box.press('Enter');
  }
}
