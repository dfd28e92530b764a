import type { Locator } from 'playwright-core';
import { until } from '../support/until';
import { takeFocus } from './fileDialog';
import type { Person } from './uiFixture';

/** What a person does who has no mouse: keys, and nothing else. */
export class Keyboard {
  constructor(private readonly person: Person) {}

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.person.workbench.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.person.workbench.page.keyboard.type(text);
  }

  /** Runs the command of that title of ours from the palette. */
  async runs(title: string): Promise<void> {
    const wanted = `MLflow: ${title}`;
    // VS Code closes the palette again where something else gets the focus: it is opened anew then.
    await until(`the palette offers ${wanted}`, async () => {
      await this.press('F1');
      try {
        await this.input().waitFor({ timeout: paletteMs });
        await this.type(wanted);
        await this.focusedRow(title).waitFor({ timeout: paletteMs });
        return true;
      } catch {
        return undefined;
      }
    });
    await this.press('Enter');
  }

  /** Takes a row of the quick pick of that title, by a part of its label. */
  async chooses(title: string | RegExp, row: string): Promise<void> {
    await this.isAsked(title);
    await this.type(row);
    await this.focusedRow(row).waitFor();
    await this.press('Enter');
  }

  /** Ticks one row, and no other, of the quick pick of that title. */
  async ticks(title: string | RegExp, row: string): Promise<void> {
    await this.isAsked(title);
    await this.type(row);
    await this.widget().locator('.monaco-list-row', { hasText: row }).first().waitFor();
    await this.press('ArrowDown');
    await this.focusedRow(row).waitFor();
    await this.press('Space', 'Enter');
  }

  /** Answers the input box of that prompt, in place of what is proposed. */
  async answers(prompt: string | RegExp, text: string): Promise<void> {
    await this.isAsked(prompt);
    await this.press('Control+A', 'Delete');
    await this.type(text);
    await this.press('Enter');
  }

  /** Waits for the question, and until it takes keys. */
  async isAsked(text: string | RegExp): Promise<void> {
    await this.widget().getByText(text).first().waitFor();
    await takeFocus(this.widget().locator('input').first());
  }

  /** Takes the default of the dialog that says so. */
  async agrees(text: string | RegExp): Promise<void> {
    const dialog = this.person.workbench.page.locator('.monaco-dialog-box', { hasText: text });
    await dialog.locator(':focus').first().waitFor();
    await this.press('Enter');
  }

  private widget(): Locator {
    return this.person.workbench.page.locator('.quick-input-widget:visible');
  }

  private input(): Locator {
    return this.widget().locator('input:focus').first();
  }

  private focusedRow(text: string): Locator {
    return this.widget().locator('.monaco-list-row.focused', { hasText: text }).first();
  }
}

/** A palette that takes no text for so long is closing. */
const paletteMs = 5000;
