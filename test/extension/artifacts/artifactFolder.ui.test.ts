import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDemoStore } from '../../support/localStores';
import { takePicture } from '../projects/projectPerson';
import { appears } from '../../support/appears';
import { until } from '../../support/until';
import { letPersonIn, type Person } from '../uiFixture';
import { imageArtifacts } from './imageRun';

/** Longer than a window takes to show what lies in its folders. */
const openedMs = 20_000;

describe('A person who opens the artifacts of a run as a folder', function () {
  this.bail(true);
  this.timeout(300_000);
  let person: Person;

  before(async () => {
    // VS Code adds folders to such a workspace as it stands; to a single folder it loads the window anew, and some browsers forget it.
    const files = { 'all.code-workspace': JSON.stringify({ folders: [{ path: '.' }] }) };
    person = await letPersonIn({ copies: copyDemoStore(), files });
    const { page } = person.workbench;
    const workspace = new URL('/', page.url());
    workspace.searchParams.set('workspace', join(person.folder, 'all.code-workspace'));
    await writeFile(join(person.folder, imageArtifacts, 'README.md'), '# Samples\n\nWith whiskers.\n');
    // On a busy machine VS Code opens some such workspaces without their folders.
    await until(
      'the workspace has its folder',
      async () => {
        await page.goto(workspace.href);
        await person.workbench.openMlflowView();
        return await appears(person.row(/Experiment image-classifier/), openedMs);
      },
      4 * openedMs,
    );
  });
  afterEach(async function () {
    await takePicture(person, `folder-${this.currentTest?.title.slice(0, 24) ?? ''}`);
  });
  after(() => person.leaves());

  const line = (text: string) =>
    person.workbench.page.locator('.monaco-editor .view-line', { hasText: text }).first();

  it('finds it in the Explorer, where its files open and are searched', async () => {
    const { workbench } = person;
    const { page } = workbench;
    await person.row(/Experiment image-classifier/).click();
    await person.row(/Run resnet18-00/).click();
    await workbench.runCommand('MLflow: Open Artifacts as Workspace Folder…');
    await page.getByRole('button', { name: 'Add Folder' }).click();
    await workbench.runCommand('View: Show Explorer');
    const folder = person.row(/resnet18-00 \(artifacts\)/);
    await folder.waitFor();
    if ((await folder.getAttribute('aria-expanded')) === 'false') await folder.click();
    await person.row('labels.json').click();
    await line('cat').waitFor();
    await person.choosesFromMenu(folder, 'Search Artifacts…');
    await person.answers(/Looked for in the paths/, 'whiskers');
    await person.picks('README.md');
    await line('With whiskers').waitFor();
  });

  it('is told why it is empty where the store is gone, and sees it again when that is back', async () => {
    const { workbench } = person;
    const { page } = workbench;
    const [database, away] = [join(person.folder, 'mlflow.db'), join(person.folder, 'away')];
    await rename(database, away);
    // Unlike a reload of the page it waits until VS Code has written down what is open.
    await Promise.all([page.waitForEvent('load'), workbench.runCommand('Developer: Reload Window')]);
    await person.reads(
      /This artifact belongs to sqlite.*but MLflow Lens is not connected\. “MLflow: Connect…”/,
    );
    await takePicture(person, 'folder-gone');
    await rename(away, database);
    await person.row('labels.json').waitFor();
  });
});
