import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../support/until';
import { namePath, takePath } from '../fileDialog';
import { letPersonIn, type Person } from '../uiFixture';
import { Keyboard } from '../keyboard';
import { takePicture } from '../projects/projectPerson';
import { saveModels, type SavedModels } from './models';
import { isSilent } from '../processes/servers';

describe('A person who wants predictions of a registered model', function () {
  this.timeout(240_000);
  let store: string;
  let saved: SavedModels;
  let person: Person;
  let address: string;

  before(async () => {
    store = await mkdtemp(join(tmpdir(), 'mlflow-serving-ui-'));
    saved = await saveModels(store);
    // In a remote window, VS Code does not take a machine's setting from the user's.
    const ofFolder = JSON.stringify({ 'mlflow.python.path': saved.python });
    person = await letPersonIn({
      settings: { 'mlflow.tracking.uri': saved.storeUri },
      files: { '.vscode/settings.json': ofFolder, 'rows.csv': 'x,name\n2,a\n21,b\n' },
      copies: { 'models/bare': saved.folders.bare },
      // No Docker answers there, on any machine.
      env: { MLFLOW_DISABLE_TELEMETRY: 'true', DOCKER_HOST: 'tcp://127.0.0.1:1' },
    });
  });
  after(async () => {
    if (!person.workbench.page.isClosed()) await person.leaves();
    await rm(store, { recursive: true, force: true });
  });

  const notification = (text: string | RegExp) =>
    person.workbench.page.locator('.notification-list-item', { hasText: text });

  /** The text of the editor of that name, spaces as they were typed. */
  const textOf = async (name: RegExp): Promise<string> => {
    const editor = person.workbench.page.locator('.editor-instance', {
      has: person.workbench.page.getByRole('textbox', { name }),
    });
    const lines = await editor.locator('.view-line').allInnerTexts();
    return lines.join('\n').replace(/\u00a0/g, ' ');
  };

  it('serves a version by keyboard, and is told where', async () => {
    const { page } = person.workbench;
    await person.workbench.openMlflowView();
    await person.row(/Registered model doubler/).waitFor();
    equal(await page.getByRole('treeitem', { name: /^model, doubler/ }).count(), 0);
    await person.workbench.runCommand('MLflow: Serve Model Version…');
    const keys = new Keyboard(person);
    await keys.chooses('Choose a registered model', 'doubler');
    await keys.chooses('Choose a version of doubler', 'Version 1');
    await keys.chooses('Which environment', 'Python as it is');
    const ready = notification('doubler 1 is served at');
    await ready.waitFor({ timeout: 120_000 });
    address = /http:\/\/127\.0\.0\.1:\d+/.exec((await ready.textContent()) ?? '')?.[0] ?? '';
    await person.row(/^model, doubler 1, ready/).waitFor();
  });

  it('sends its input example and reads the reply beside it', async () => {
    await person.workbench.runCommand('MLflow: Send Request to Model');
    const reply = await until('the reply is shown', async () => {
      const text = await textOf(/reply-doubler-1\.json/);
      return text.includes('18014398509481986') ? text : undefined;
    });
    match(reply, /"status": 200/);
    match(await textOf(/request-doubler-1\.json/), /"dataframe_split"/);
  });

  it('changes the request, sends it again and reads what is wrong with it', async () => {
    const { page } = person.workbench;
    await until('the request is nonsense', async () => {
      for (const key of ['Control+1', 'Control+A']) await page.keyboard.press(key);
      await page.keyboard.type('nonsense');
      return (await textOf(/request-doubler-1\.json/)) === 'nonsense' || undefined;
    });
    await person.workbench.runCommand('MLflow: Send Request to Model');
    const reply = await until('the reply is shown', async () => {
      const text = await textOf(/reply-doubler-1\.json/);
      return text.includes('"status": 400') ? text : undefined;
    });
    match(reply, /BAD_REQUEST/);
  });

  /** Chooses version 1 of the model for the command of that title. */
  async function runsForVersion(title: string): Promise<Keyboard> {
    const keys = new Keyboard(person);
    await keys.runs(title);
    await keys.chooses('Which model?', 'A registered model');
    await keys.chooses('Choose a registered model', 'doubler');
    await keys.chooses('Choose a version of doubler', 'Version 1');
    return keys;
  }

  it('predicts for a file, and reads the predictions beside it', async () => {
    const keys = await runsForVersion('Predict for File with Model…');
    await namePath(person.workbench.page, join(person.folder, 'rows.csv'), `${person.folder}/`);
    await takePath(person.workbench.page, 'rows.predictions.json');
    await keys.chooses('Which environment', 'Python as it is');
    await until('the predictions are shown', async () =>
      (await textOf(/rows\.predictions\.json/)).includes('[4, 42]'),
    );
  });

  it('writes a folder that Docker makes an image of', async () => {
    await runsForVersion('Generate Dockerfile of Model…');
    await takePath(person.workbench.page, `${person.folder}/`, 'Write Here');
    await person.workbench.page.locator('.tab.active', { hasText: 'Dockerfile' }).waitFor();
    match(await readFile(join(person.folder, 'doubler-1-docker', 'Dockerfile'), 'utf8'), /^FROM /m);
    // Else its MLmodel is one more to choose from.
    await rm(join(person.folder, 'doubler-1-docker'), { recursive: true });
  });

  it('is told why no image is built, and what needs no Docker', async () => {
    await runsForVersion('Build Docker Image of Model…');
    await notification(/docker.*“Generate Dockerfile of Model…” needs none/i).waitFor();
  });

  it('checks what is there, as a document to read', async () => {
    await person.workbench.runCommand('MLflow: Check Environment');
    await notification(/are not there\.|All is there\./).waitFor({ timeout: 60_000 });
    const shown = await until('the preview is drawn', async () => {
      for (const frame of person.workbench.page.frames()) {
        const text = await frame
          .locator('body')
          .innerText()
          .catch(() => '');
        if (text.includes('What MLflow finds here')) return text;
      }
      return undefined;
    });
    ok(shown.includes(saved.python));
    await takePicture(person, 'environment');
  });

  it('stops it by its row, and the list of what runs is gone', async () => {
    await person.acts(person.row(/^model, doubler 1/), 'Stop');
    await until('nothing answers there', () => isSilent(address));
    await person.row(/^model, doubler 1/).waitFor({ state: 'detached' });
  });

  it('leaves none behind by closing VS Code', async () => {
    await person.workbench.runCommand('MLflow: Serve Model of MLmodel File…');
    await new Keyboard(person).chooses('Which environment', 'Python as it is');
    const ready = notification('bare is served at');
    await ready.waitFor({ timeout: 120_000 });
    address = /http:\/\/127\.0\.0\.1:\d+/.exec((await ready.textContent()) ?? '')?.[0] ?? '';
    deepEqual(await isSilent(address), false);
    await person.leaves();
    await until('nothing answers there', () => isSilent(address));
  });
});

describe('A person whose workspace is not trusted', () => {
  let person: Person;
  after(() => person.leaves());

  it('is told why no model is served, and led to where trust is given', async () => {
    const files = { 'model/MLmodel': 'flavors: {python_function: {loader_module: os}}' };
    person = await letPersonIn({ trust: false, files });
    const { page } = person.workbench;
    await person.workbench.openMlflowView();
    await person.workbench.runCommand('MLflow: Serve Model of MLmodel File…');
    const message = page.locator('.notification-list-item', { hasText: 'Loading a model runs its code' });
    await message.getByRole('button', { name: 'Manage Trust' }).click();
    await page.locator('.workspace-trust-editor').waitFor();
  });
});
