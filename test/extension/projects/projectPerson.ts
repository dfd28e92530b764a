import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { demoStore } from '../../support/localStores';
import { ensureMlflow } from '../../support/tools';
import { takeFocus } from '../fileDialog';
import { letPersonIn, type Person, type PersonOptions } from '../uiFixture';

const settingsFile = '.vscode/settings.json';

/** Somebody whose folder has these files and the demo's store, and whose MLflow is the newest. */
export async function letPersonWithProjectIn(
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string>> = {},
  more: Pick<PersonOptions, 'extensions'> = {},
): Promise<Person> {
  const { python } = await ensureMlflow('newest');
  return await letPersonIn({
    // A window in a browser takes paths of the machine from the workspace only.
    files: { ...files, [settingsFile]: JSON.stringify({ 'mlflow.python.path': python }) },
    copies: { 'mlflow.db': join(demoStore(), 'mlflow.db') },
    settings: { 'mlflow.tracking.uri': 'sqlite:///mlflow.db', ...settings },
    env: { MLFLOW_DISABLE_TELEMETRY: 'true', ...env },
    ...more,
  });
}

/** Answers the open question by keys alone, once it is that: by its placeholder, or its prompt. A choice is made by a part of its label. */
export type AnswerByKeys = (question: string | RegExp, text?: string, key?: string) => Promise<void>;

export function answerByKeys({ workbench: { page } }: Person): AnswerByKeys {
  const widget = page.locator('.quick-input-widget:visible');
  return async (question, text, key) => {
    const asked =
      typeof question === 'string'
        ? widget.locator(`input[placeholder="${question}"]`)
        : widget.getByText(question).first();
    await asked.waitFor();
    const input = widget.locator('input').first();
    await takeFocus(input);
    // A list is asked before its rows have come, and keys would choose nothing.
    const row = widget.locator('.monaco-list-row.focused');
    if (typeof question === 'string') await row.waitFor();
    if (text !== undefined) await input.fill(text);
    if (key !== undefined) await page.keyboard.press(key);
    if (typeof question === 'string') await row.filter(text === undefined ? {} : { hasText: text }).waitFor();
    await page.keyboard.press('Enter');
  };
}

const themes = { dark: 'Dark Modern', light: 'Light Modern', hc: 'Default High Contrast' };
const themeClasses = { dark: '.vs-dark', light: '.vs', hc: '.hc-black' };

/** Takes pictures of a person's window, one in each theme, where `MLFLOW_LENS_SHOTS` names a folder for them. */
export async function takePicture({ workbench, folder }: Person, name: string): Promise<void> {
  const shots = process.env['MLFLOW_LENS_SHOTS'];
  if (!shots) return;
  for (const theme of ['light', 'hc', 'dark'] as const) {
    await changeSettings(folder, { 'workbench.colorTheme': themes[theme] });
    await workbench.page.locator(`.monaco-workbench${themeClasses[theme]}`).waitFor();
    await workbench.screenshot(join(shots, `${name}-${theme}.png`));
  }
}

/** Writes into the settings of the workspace in that folder, beside what they have. */
export async function changeSettings(
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const file = join(folder, settingsFile);
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const before = JSON.parse(text) as Record<string, unknown>;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...before, ...settings }));
}
