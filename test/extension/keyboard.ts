import type { Locator } from 'playwright-core';
import { appears } from '../support/appears';
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

  /** Takes a row of the quick pick of that title or placeholder, by a part of its label. */
  async chooses(title: string | RegExp, row: string): Promise<void> {
    await this.isAsked(title);
    await this.type(row);
    await this.takesRow(row);
  }

  /** Waits until the open quick pick has a row with that label. */
  async isOffered(row: string): Promise<void> {
    await this.widget().locator('.monaco-list-row', { hasText: row }).first().waitFor();
  }

  /** Takes the row of a quick pick that is active, once it is the one with that label. */
  async takesRow(row: string): Promise<void> {
    await this.focusedRow(row).waitFor();
    await this.press('Enter');
  }

  /** Goes down the tree that has the focus, from its top, to a row of the last of the names: each within the one before. */
  async goesTo(...names: readonly string[]): Promise<void> {
    await this.person.workbench.page.locator('.part.sidebar .monaco-list:focus').waitFor();
    await this.press('Home');
    for (const [depth, name] of names.entries()) {
      // The first one unfolds the row, and once its rows have come another goes into it.
      if (depth > 0) await until('a row below has the focus', () => this.moves('ArrowRight', focusedTreeRow));
      await this.stepsTo(name, focusedTreeRow);
    }
  }

  /** Takes an item of the menu that is open. */
  async takes(label: string): Promise<void> {
    await this.stepsTo(label, focusedMenuItem);
    await this.press('Enter');
  }

  /** Presses the arrow that goes down until the one of these things that has the focus is called so. */
  private async stepsTo(name: string, focused: string): Promise<void> {
    await until(`${name} has the focus`, async () => {
      if ((await this.labelOf(focused))?.includes(name)) return true;
      await this.moves('ArrowDown', focused);
      return undefined;
    });
  }

  /** Presses a key and answers whether another one of these things has the focus then. */
  private async moves(key: string, focused: string): Promise<boolean> {
    const before = await this.labelOf(focused);
    await this.press(key);
    const moved = until('it has moved', async () => (await this.labelOf(focused)) !== before, stepMs);
    return await moved.catch(() => false);
  }

  /** As a screen reader says it; undefined where none has the focus. */
  private async labelOf(focused: string): Promise<string | undefined> {
    const [label] = await this.person.workbench.page
      .locator(focused)
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent));
    return label;
  }

  /** Ticks one row, and no other, of the quick pick of that title. */
  async ticks(title: string | RegExp, row: string): Promise<void> {
    await this.isAsked(title);
    await this.type(row);
    await this.isOffered(row);
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

  /** Types into the editor of that name, in place of all that it has, once it takes keys. */
  async writes(name: string, text: string): Promise<void> {
    await this.person.workbench.page.locator('.tab.active', { hasText: name }).waitFor();
    await until(`${name} has what is typed`, async () => {
      await this.press('Control+1', 'Control+A');
      await this.type(text);
      return await appears(
        this.person.workbench.page.locator('.tab.active.dirty', { hasText: name }),
        typedMs,
      );
    });
  }

  /** Waits for the question of that title, prompt or placeholder, and until it takes keys. */
  async isAsked(text: string | RegExp): Promise<void> {
    await this.widget().getByText(text).or(this.widget().getByPlaceholder(text)).first().waitFor();
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

const focusedTreeRow = '.monaco-list:focus .monaco-list-row.focused';
const focusedMenuItem = '.context-view .action-item.focused';

/** Longer than a window takes to show that an editor has changed. */
const typedMs = 5000;

/** Longer than a window takes to show where the focus went. */
const stepMs = 500;

/** A palette that takes no text for so long is closing. */
const paletteMs = 5000;
