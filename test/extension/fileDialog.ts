import type { Locator, Page } from 'playwright-core';
import { until } from '../support/until';

/** So long VS Code may take to close its dialog before Enter is pressed again. */
const acceptMs = 2000;

/** A question that takes no keys for so long has lost the focus. */
const focusMs = 5000;

/**
 * Names a path in VS Code's own file dialog, in place of what it proposes, and agrees as `accept` does. Before the proposal with
 * `proposed` in it is there, VS Code would write it over the path.
 */
export async function namePath(page: Page, path: string, proposed: string, button?: string): Promise<void> {
  await until(`${proposed} is proposed`, async () => (await pathIn(page))?.includes(proposed));
  await takeFocus(field(page));
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(path);
  await accept(page, path, button);
}

/** Takes the path that VS Code's own file dialog proposes, once it ends so, and agrees as `accept` does. */
export async function takePath(page: Page, end: string, button?: string): Promise<void> {
  const path = await until(`${end} is proposed`, async () => {
    const proposed = await pathIn(page);
    return proposed?.endsWith(end) && proposed;
  });
  await takeFocus(field(page));
  await accept(page, path, button);
}

/**
 * Agrees by that button, which takes a folder for itself, or by Enter. VS Code lets either fall while it still reads the folder: a
 * person does it once more.
 */
async function accept(page: Page, path: string, button: string | undefined): Promise<void> {
  await until(`the file dialog takes ${path}`, async () => {
    if ((await pathIn(page)) !== path) return true;
    if (button === undefined) await page.keyboard.press('Enter');
    else await page.locator('.quick-input-widget:visible').getByRole('button', { name: button }).click();
    return await until('it closes', async () => (await pathIn(page)) !== path, acceptMs).catch(() => false);
  });
}

/**
 * Waits until the field of a question takes keys. On a busy machine VS Code gives the focus back to the page before the palette
 * when the question has come up already, and nothing of ours can take it then.
 */
export async function takeFocus(input: Locator): Promise<void> {
  try {
    await input.and(input.page().locator(':focus')).waitFor({ timeout: focusMs });
  } catch {
    await input.focus();
  }
}

const field = (page: Page): Locator => page.locator('.quick-input-widget:visible input').first();

/** What the open question has in its field; undefined while there is none. */
async function pathIn(page: Page): Promise<string | undefined> {
  return (await field(page).isVisible())
    ? await field(page)
        .inputValue({ timeout: acceptMs })
        .catch(() => undefined)
    : undefined;
}
