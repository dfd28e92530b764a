import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { openBrowser, openWorkbench, type Workbench, type WorkbenchOptions } from '../support/browser';
import { startCodeServer, type CodeServerOptions } from '../support/codeServer';
import { appears } from '../support/appears';
import { until } from '../support/until';

/** A window on a folder of its own, with words for what a person does in it. */
export interface Person {
  readonly workbench: Workbench;
  /** The folder that the window shows. */
  readonly folder: string;
  /** The first row of the trees with that name, as a screen reader says it. */
  row(name: string | RegExp): Locator;
  /** Welcome or any other text on the screen. */
  reads(text: string | RegExp): Promise<void>;
  /** Opens the first file of the folder with that path or a part of it, at that line. */
  opens(path: string, line?: number): Promise<void>;
  /** Chooses a row of the open quick pick by a part of its label. */
  picks(label: string | RegExp): Promise<void>;
  /** Answers the open input box of that prompt. */
  answers(prompt: string | RegExp, text: string): Promise<void>;
  /** Chooses from the context menu of a thing, by the whole label. */
  choosesFromMenu(target: Locator, label: string): Promise<void>;
  /** Does what a row offers beside its name while the pointer is on it. */
  acts(row: Locator, label: string): Promise<void>;
  /** The run summary once it shows that run. */
  summaryOf(run: string): Promise<Frame>;
  leaves(): Promise<void>;
}

export interface PersonOptions extends Omit<CodeServerOptions, 'folder'>, WorkbenchOptions {
  /** Files of the folder, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Files and folders of this machine that the folder gets a copy of, by the path that they get. */
  readonly copies?: Readonly<Record<string, string>>;
}

/** Starts a VS Code and opens a window for somebody new. */
export async function letPersonIn({
  files = {},
  copies = {},
  ...options
}: PersonOptions = {}): Promise<Person> {
  const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-ui-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  for (const [path, source] of Object.entries(copies)) {
    await cp(source, join(folder, path), { recursive: true });
  }
  const codeServer = await startCodeServer({ ...options, folder });
  sharedBrowser ??= openBrowser();
  const workbench = await openWorkbench(codeServer, { browser: await sharedBrowser, ...options });
  const { page } = workbench;
  const widget = page.locator('.quick-input-widget:visible');
  return {
    workbench,
    folder,
    row: (name) => page.locator('.part.sidebar').getByRole('treeitem', { name }).first(),
    reads: (text) => page.getByText(text).first().waitFor(),
    opens: (path, line) => openFile(page, path, line),
    picks: (label) => widget.locator('.monaco-list-row', { hasText: label }).first().click(),
    answers: async (prompt, text) => {
      await widget.getByText(prompt).first().waitFor();
      await widget.locator('input').first().fill(text);
      await page.keyboard.press('Enter');
    },
    choosesFromMenu: (target, label) => chooseFromMenu(page, target, label),
    acts: (row, label) => actOn(row, label),
    summaryOf: (run) => until(`the summary shows ${run}`, () => findSummary(workbench, run)),
    leaves: async () => {
      await workbench.close();
      await codeServer.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A window that is just coming up may let the key fall, or take the focus from the question. */
async function openFile(page: Page, path: string, line?: number): Promise<void> {
  const widget = page.locator('.quick-input-widget:visible');
  const focused = widget.locator('.monaco-list-row.focused');
  const row = path.split('/').reduce((rows, part) => rows.filter({ hasText: part }), focused);
  await until(`${path} is open`, async () => {
    await page.keyboard.press('Control+P');
    const input = widget.locator('input').first();
    if (!(await appears(input, menuMs))) return undefined;
    const text = line === undefined ? path : `${path}:${line}`;
    await input.fill(text, { timeout: menuMs }).catch(() => undefined);
    if (!(await appears(row, menuMs))) return undefined;
    await page.keyboard.press('Enter');
    return await appears(page.locator('.tab.active', { hasText: basename(path) }), menuMs);
  });
}

/** Starts once for all persons of this process, and ends with it. */
let sharedBrowser: Promise<Browser> | undefined;

/** So long a menu may take to show all that it has. */
const menuMs = 5000;

/** A menu takes no click in its first moments, and lacks what VS Code has not heard of yet: then it is opened anew. */
async function chooseFromMenu(page: Page, target: Locator, label: string): Promise<void> {
  const items = page.locator('.context-view .action-item');
  const item = items.filter({ hasText: new RegExp(`^\\s*${label}\\s*$`) });
  await until(`the menu has “${label}”`, async () => {
    await target.click({ button: 'right' });
    const isThere = await appears(item, menuMs);
    if (!isThere) await page.keyboard.press('Escape');
    return isThere;
  });
  await until(`the menu takes “${label}”`, async () => {
    if (await item.isVisible()) await item.click({ timeout: 1000 }).catch(() => undefined);
    return !(await item.isVisible());
  });
}

/** So long an action may take to be there and take a click: one that is done must not be done again. */
const actionMs = 20_000;

/** A tree that is drawn anew meanwhile takes the row from below the pointer. */
async function actOn(row: Locator, label: string): Promise<void> {
  const action = row.locator(`.action-label[aria-label^="${label}"]`);
  await until(`the row takes “${label}”`, async () => {
    await row.hover();
    return await action.click({ timeout: actionMs }).then(
      () => true,
      () => false,
    );
  });
}

async function findSummary({ page }: Workbench, run: string): Promise<Frame | undefined> {
  for (const frame of page.frames()) {
    try {
      if ((await frame.getByRole('heading', { level: 1, name: run }).count()) > 0) return frame;
    } catch {
      // The frame went away while it was asked: VS Code makes and drops some on the way.
    }
  }
  return undefined;
}
