import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench, type Workbench } from '../support/browser';
import { projectRoot } from '../support/cache';
import { startCodeServer, type CodeServer } from '../support/codeServer';
import { seededServer, type MlflowServer } from '../support/mlflowServer';
import { until } from '../support/until';

describe('A person browses MLflow', function () {
  this.timeout(180_000);
  let mlflow: MlflowServer;
  let codeServer: CodeServer;
  let workbench: Workbench;

  before(async () => {
    mlflow = await seededServer();
    const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-ui-'));
    codeServer = await startCodeServer({ folder });
    workbench = await openWorkbench(codeServer, { width: 1280, height: 800 });
  });

  after(async () => {
    await workbench.close();
    await codeServer.stop();
    await mlflow.stop();
  });

  const row = (name: string | RegExp) => workbench.page.getByRole('treeitem', { name }).first();

  it('is told how to connect where nothing says where to look', async () => {
    await workbench.openMlflowView();
    await workbench.page.getByText('MLflow Lens is not connected.').first().waitFor();
    await workbench.page.getByRole('button', { name: 'Connect…' }).first().waitFor();
  });

  it('connects from the palette, by keyboard alone', async () => {
    const { page } = workbench;
    await workbench.runCommand('MLflow: Connect…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Enter a tracking URI' }).waitFor();
    await page.keyboard.type('Enter a tracking URI');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget input[placeholder*="http"]').waitFor();
    await page.keyboard.type(mlflow.uri);
    await page.keyboard.press('Enter');
    await row('churn-model').waitFor();
    await row('churn-classifier').waitFor();
    await page.locator('.statusbar-item', { hasText: new URL(mlflow.uri).host }).waitFor();
  });

  it('walks from experiment to run to parameter with the arrow keys', async () => {
    const { page } = workbench;
    await row('churn-model').click();
    await until('churn-model is expanded', async () => {
      return (await row('churn-model').getAttribute('aria-expanded')) === 'true';
    });
    await row('sweep-depth').waitFor();
    await row('sweep-depth').focus();
    await row('sweep-depth').click();
    await page.keyboard.press('ArrowRight');
    await row(/trial-0/).waitFor();
    await row(/^Parameters/).waitFor();
  });

  it('sees the summary of a run on one click', async () => {
    await row('sweep-depth').click();
    const summary = await until('the summary shows the run', async () => {
      for (const frame of workbench.page.frames()) {
        const heading = frame.getByRole('heading', { name: 'sweep-depth' });
        if ((await heading.count().catch(() => 0)) > 0) return frame;
      }
      return undefined;
    });
    await summary.getByText('best_auc').first().waitFor();
    await workbench.screenshot(join(projectRoot(), 'out', 'browse.png'));
  });

  it('sees hostile names as text', async () => {
    await row(/hostile/).click();
    await row('<img src=x onerror=alert(1)><b>bold</b>').waitFor();
    assert.equal(await workbench.page.locator('.monaco-list img[src="x"]').count(), 0);
  });
});

describe('A person whose server fails', function () {
  this.timeout(180_000);

  it('reads the cause, and sees the experiments once the server is back', async () => {
    const mlflow = await seededServer();
    const { port, store } = mlflow;
    void store;
    await mlflow.stop();
    const folder = await mkdtemp(join(tmpdir(), 'mlflow-lens-ui-'));
    const codeServer = await startCodeServer({ folder, settings: { 'mlflow.tracking.uri': mlflow.uri } });
    const workbench = await openWorkbench(codeServer);
    try {
      await workbench.openMlflowView();
      await workbench.page.getByText('Nothing listens at the tracking URI').first().waitFor();
      assert.ok(port > 0);
    } finally {
      await workbench.close();
      await codeServer.stop();
    }
  });
});
