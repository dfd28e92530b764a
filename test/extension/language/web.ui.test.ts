import { equal } from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { openWorkbench, type Workbench } from '../../support/browser';
import { type CodeServer, startCodeServer } from '../../support/codeServer';
import { leaveServer } from '../../support/withoutServer';

describe('VS Code without a server, as vscode.dev', function () {
  this.timeout(240_000);
  let server: CodeServer;
  let workbench: Workbench;

  before(async () => {
    server = await startCodeServer({ folder: tmpdir(), vsix: false });
    const url = `${new URL(server.url).origin}/?ew=true`;
    workbench = await openWorkbench({ ...server, url }, { prepare: leaveServer });
  });
  after(async () => {
    await workbench.close();
    await server.stop();
  });

  it('tells what is wrong with an MLproject and helps to write it', async () => {
    const { page } = workbench;
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.runCommand('Change Language Mode');
    const languages = page.locator('.quick-input-widget:visible');
    await languages.locator('input').first().fill('MLproject');
    await languages.locator('.monaco-list-row', { hasText: 'mlproject' }).first().click();
    await page.locator('.monaco-editor.focused').waitFor();
    await page.keyboard.type('nmae: a\n');
    await page.keyboard.press('Control+Shift+M');
    await page.getByText('MLflow ignores the key `nmae`.').first().waitFor();

    await page.keyboard.press('Control+1');
    await page.locator('.monaco-editor.focused').waitFor();
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget .monaco-list-row', { hasText: 'entry_points' }).first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('shows no view and offers no command', async () => {
    const { page } = workbench;
    equal(await page.locator('.part.activitybar [aria-label^="MLflow"]').count(), 0);
    await page.keyboard.press('F1');
    const palette = page.locator('.quick-input-widget:visible');
    await palette.locator('input').first().fill('>MLflow: ');
    await palette.getByText('No matching commands').waitFor();
  });
});
