import { equal } from 'node:assert/strict';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDemoStore, demoStore } from '../../support/localStores';
import { until } from '../../support/until';
import { takePicture } from '../projects/projectPerson';
import { letPersonIn, type Person } from '../uiFixture';
import { imageArtifacts } from './imageRun';

const readme = '# Samples\n\nWhat the whiskers looked like:\n\n![cat](samples/cat.png)\n';

describe('A person who works with the artifacts of a run', function () {
  this.bail(true);
  this.timeout(300_000);
  let person: Person;

  before(async () => {
    const copies = {
      ...copyDemoStore(),
      'mine/cat.png': join(demoStore(), imageArtifacts, 'samples/dog.png'),
    };
    person = await letPersonIn({ copies, height: 1800 });
    await writeFile(join(person.folder, imageArtifacts, 'README.md'), readme);
    await writeFile(join(person.folder, imageArtifacts, 'weights.txt'), 'heavy');
    await truncate(join(person.folder, imageArtifacts, 'weights.txt'), 21 * 2 ** 20);
    await person.workbench.openMlflowView();
  });
  afterEach(async function () {
    await takePicture(person, `artifacts-${this.currentTest?.title.slice(0, 24) ?? ''}`);
  });
  after(() => person.leaves());

  const line = (text: string) =>
    person.workbench.page.locator('.monaco-editor .view-line', { hasText: text }).first();

  /** Waits until a grid shows the three pictures that the run has. */
  const untilDrawn = () =>
    until('the grid is drawn', async () => {
      const counts = person.workbench.page.frames().map((frame) =>
        frame
          .locator('table canvas')
          .count()
          .catch(() => 0),
      );
      return (await Promise.all(counts)).includes(3);
    });

  it('opens one from the tree by the keyboard', async () => {
    const { page } = person.workbench;
    await person.row(/Experiment image-classifier/).click();
    await person.row(/Run resnet18-00/).click();
    await page.keyboard.press('ArrowRight');
    await person.row('Artifacts').click();
    await person.row('File labels.json').waitFor();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    await page.locator('.tab.active', { hasText: 'labels.json' }).waitFor();
    await page.locator('.breadcrumbs-control', { hasText: 'labels.json' }).waitFor();
  });

  it('is asked once before a large one is opened', async () => {
    const { page } = person.workbench;
    await person.row('File weights.txt').dblclick();
    await person.reads('Open an artifact of 21 MB?');
    await takePicture(person, 'artifacts-large');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
    equal(await page.locator('.tab', { hasText: 'weights.txt' }).count(), 0);
  });

  it('compares a picture with a file of the workspace', async () => {
    const { page } = person.workbench;
    await person.row('Folder samples').click();
    await person.choosesFromMenu(person.row('File cat.png'), 'Compare Artifact with Workspace File…');
    await person.picks('cat.png');
    await page.locator('.tab.active', { hasText: 'cat.png ↔ cat.png' }).waitFor();
  });

  it('searches all of them by words, and opens what is found at its line', async () => {
    await person.row(/Run resnet18-00/).click();
    await person.workbench.runCommand('MLflow: Search Artifacts…');
    await person.answers(/Looked for in the paths/, 'whiskers');
    await person.picks('README.md');
    await line('What the whiskers').waitFor();
  });

  it('sees the pictures of a Markdown file in its preview', async () => {
    const { page } = person.workbench;
    await person.workbench.runCommand('Markdown: Open Preview');
    await until('the picture is drawn', async () => {
      for (const frame of page.frames()) {
        const isDrawn = await frame
          .evaluate(() => (document.querySelector<HTMLImageElement>('img[alt=cat]')?.naturalWidth ?? 0) > 0)
          .catch(() => false);
        if (isDrawn) return true;
      }
      return false;
    });
  });

  it('finds an open one, and a grid of pictures, again after the window was loaded anew', async () => {
    const { page } = person.workbench;
    await person.workbench.runCommand('View: Close All Editors');
    await person.row('File README.md').dblclick();
    await line('What the whiskers').waitFor();
    await page.locator('.tab.active', { hasText: 'README.md' }).waitFor();
    await person.row(/Run resnet18-00/).click();
    await person.workbench.runCommand('MLflow: Compare Images…');
    await untilDrawn();
    await takePicture(person, 'artifacts-grid');
    // Unlike a reload of the page it waits until VS Code has written down what is open.
    await Promise.all([page.waitForEvent('load'), person.workbench.runCommand('Developer: Reload Window')]);
    await page.locator('.tab', { hasText: 'README.md' }).click({ timeout: 60_000 });
    await line('What the whiskers').waitFor({ timeout: 60_000 });
    await page.locator('.tab', { hasText: 'Images of 1 Run' }).click();
    await untilDrawn();
  });
});
