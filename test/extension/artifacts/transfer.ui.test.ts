import { deepEqual } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoStore } from '../../support/localStores';
import { until } from '../../support/until';
import { takePicture } from '../projects/projectPerson';
import { letPersonIn, type Person } from '../uiFixture';

const config = 'mlartifacts/2/fc4a7e32ab7547aeb3a3a33c528303b0/artifacts/config.yaml';

describe('A person who wants a file of a run', function () {
  this.timeout(300_000);
  let person: Person;

  before(async () => {
    person = await letPersonIn({
      copies: {
        'mlflow.db': join(demoStore(), 'mlflow.db'),
        mlartifacts: join(demoStore(), 'mlartifacts'),
      },
      settings: { 'mlflow.tracking.uri': 'sqlite:///mlflow.db', 'files.simpleDialog.enable': true },
    });
    await person.workbench.openMlflowView();
    await person.row(/price-forecast/).waitFor();
  });
  after(() => person.leaves());

  it('downloads it, from the palette to a file of its own', async () => {
    const { page } = person.workbench;

    await person.workbench.runCommand('MLflow: Download Artifacts…');
    await person.picks(/price-forecast/);
    await person.picks(/prophet-h7-00/);
    await person.reads('All artifacts');
    await takePicture(person, 'download-pick');
    await person.picks(/config\.yaml/);

    await takePicture(person, 'download-where');
    await until('the dialog proposes the name', async () =>
      (await page.locator('.quick-input-widget:visible input').first().inputValue()).endsWith('config.yaml')
        ? true
        : undefined,
    );
    await page.keyboard.press('Enter');
    await person.reads(/Downloaded config\.yaml/);
    await takePicture(person, 'download-done');
    const target = join(person.folder, 'config.yaml');
    deepEqual(await readFile(target), await readFile(join(demoStore(), config)));
    deepEqual([existsSync(`${target}.part`), existsSync(`${target}.part.json`)], [false, false]);
  });
});
