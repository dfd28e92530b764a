import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { writeUserSettings, type CodeServer } from './codeServer';
import { ensureChromium } from './tools';
import { appears } from './appears';
import { PATIENCE_MS, until } from './until';

const OPEN_MS = 60_000;

/** A palette that has not had the command for so long is closing, or is none. */
const PALETTE_MS = 5_000;

/** A click that is done may take long to be known as done, and its command must not run twice: it may have opened a dialog. */
const CLICK_MS = 20_000;

/** Longer than a view takes to come up. */
const VIEW_MS = 5_000;

export type Theme = 'light' | 'dark' | 'hcDark' | 'hcLight';

const themes: Readonly<Record<Theme, string>> = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  hcDark: 'Default High Contrast',
  hcLight: 'Default High Contrast Light',
};

export interface WorkbenchOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** The browser to open the window in, with a profile of its own; a new one unless it is given. */
  readonly browser?: Browser;
  /** What is to be done with the page before it is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** A VS Code window, driven as a person would. */
export interface Workbench {
  readonly page: Page;
  /** Runs the command of that title (`MLflow: Connect…`) from the palette. */
  runCommand(title: string): Promise<void>;
  /** Shows the MLflow view by its icon in the activity bar; leaves it open if it is. */
  openMlflowView(): Promise<void>;
  /** The text of each row that is drawn in the side bar's trees, top to bottom. */
  treeRows(): Promise<string[]>;
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
}

/** A headless Chromium with a fresh profile, and with these arguments beside its own. */
export async function openBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb', ...args],
  });
}

/** Opens the server's folder in a window and waits until the workbench stands. */
export async function openWorkbench(server: CodeServer, options: WorkbenchOptions = {}): Promise<Workbench> {
  if (options.theme) await setTheme(server, options.theme);
  const browser = options.browser ?? (await openBrowser());
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    locale: 'en-US',
    // code-server would spend a second on compressing the workbench.
    extraHTTPHeaders: { 'accept-encoding': 'identity' },
  });
  const close = () => (options.browser ? context : browser).close();
  try {
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    await options.prepare?.(page);
    await page.goto(server.url);
    await page
      .locator('.monaco-workbench .part.activitybar .action-item')
      .first()
      .waitFor({ timeout: OPEN_MS });
    await page.locator('.part.statusbar .statusbar-item').first().waitFor({ timeout: OPEN_MS });
    return drive(page, close);
  } catch (error) {
    await close();
    throw error;
  }
}

function drive(page: Page, close: () => Promise<void>): Workbench {
  return {
    page,
    runCommand: (title) => runCommand(page, title),
    openMlflowView: () => openMlflowView(page),
    treeRows: () => treeRows(page),
    screenshot: async (path) => {
      await page.screenshot({ path });
    },
    close,
  };
}

async function setTheme(server: CodeServer, theme: Theme): Promise<void> {
  const file = join(server.userDataDir, 'User', 'settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeUserSettings(server.userDataDir, { ...settings, 'workbench.colorTheme': themes[theme] });
}

/**
 * VS Code closes the palette again where something else, such as a task's terminal, gets the focus, and a question that is on its way
 * out may still have the field: after a while it is opened anew.
 */
async function runCommand(page: Page, title: string): Promise<void> {
  await until(`the palette takes "${title}"`, async () => {
    await page.keyboard.press('F1');
    const row = await until('it has the command', () => typeIntoPalette(page, title), PALETTE_MS).catch(
      () => undefined,
    );
    return row?.click({ timeout: CLICK_MS }).then(
      () => true,
      () => false,
    );
  });
}

async function typeIntoPalette(page: Page, title: string): Promise<Locator | undefined> {
  const widget = page.locator('.quick-input-widget:visible');
  const input = widget.locator('input').first();
  const text = `>${title}`;
  if ((await input.inputValue({ timeout: PALETTE_MS })) !== text) {
    await input.fill(text, { timeout: PALETTE_MS });
  }
  return await findExactRow(widget, title);
}

/** The row with that very label, else none: the nearest match could be anything. */
async function findExactRow(widget: Locator, title: string): Promise<Locator | undefined> {
  const rows = widget.locator('.quick-input-list .monaco-list-row');
  const labels = await rows.locator('.label-name').allInnerTexts();
  const index = labels.findIndex((label) => plain(label).toLowerCase() === title.toLowerCase());
  return index < 0 ? undefined : rows.nth(index);
}

async function openMlflowView(page: Page): Promise<void> {
  const icon = page
    .locator('.part.activitybar .action-item')
    .filter({ has: page.locator('[aria-label^="MLflow"]') });
  await icon.first().waitFor({ timeout: OPEN_MS });
  const title = page.locator('.part.sidebar .composite.title', { hasText: /^\s*MLflow/i });
  // A click on the icon of a view that is just coming up hides it.
  await until('the MLflow view is open', async () => {
    if (await title.isVisible()) return true;
    await icon.first().click();
    return await appears(title, VIEW_MS);
  });
}

async function treeRows(page: Page): Promise<string[]> {
  const rows = await page.locator('.part.sidebar .monaco-list-row').evaluateAll((elements) =>
    elements
      .map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text),
  );
  return rows.map(plain);
}

/** VS Code draws some spaces as non-breaking ones. */
const plain = (text: string): string => text.replace(/\u00a0/g, ' ').trim();
