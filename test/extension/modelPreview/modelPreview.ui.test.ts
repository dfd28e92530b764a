import { equal } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDemoStore, demoStore } from '../../support/localStores';
import { until } from '../../support/until';
import { hasStored } from '../storedState';
import { letPersonIn, type Person } from '../uiFixture';

const mlmodel = `flavors:
  python_function:
    env: {conda: conda.yaml, virtualenv: python_env.yaml}
    loader_module: mlflow.sklearn
mlflow_version: 3.17.2
signature:
  inputs: '[{"type": "double", "name": "age", "required": true}]'
`;

const modelFolder = 'mlartifacts/1/models/m-05c2e70cc850478aa346b5881f6e9805/artifacts';
const meta = (version: number) => `model_name: churn-classifier\nmodel_version: '${String(version)}'\n`;

describe('A person who looks at an MLmodel', function () {
  this.timeout(240_000);
  let person: Person;

  before(async () => {
    person = await letPersonIn({
      files: {
        'models/churn/MLmodel': mlmodel,
        'models/churn/requirements.txt': 'mlflow==3.17.2\n',
        'models/price/MLmodel': mlmodel,
        'downloaded/registered_model_meta': meta(2),
      },
      copies: {
        ...copyDemoStore(),
        downloaded: join(demoStore(), modelFolder),
      },
      width: 1500,
    });
  });
  after(() => person.leaves());

  it('opens its preview from the palette, which asks which one', async () => {
    await person.workbench.openMlflowView();
    await person.workbench.runCommand('MLflow: Open Model Preview');
    await person.picks(/churn/);
    const preview = await person.summaryOf('churn');
    await preview.getByText('age', { exact: true }).waitFor();
    await preview.getByText('conda.yaml is not there.').waitFor();
  });

  it('opens the file from the preview, and the preview beside it from its title', async () => {
    const { page } = person.workbench;
    const preview = await person.summaryOf('churn');
    await preview.getByRole('button', { name: 'Open MLmodel' }).click();
    await page.locator('.monaco-editor .view-line', { hasText: 'loader_module' }).first().waitFor();
    await page.locator('.editor-actions [aria-label^="Open Model Preview"]').first().click();
    await (await person.summaryOf('churn')).getByText('age', { exact: true }).waitFor();
  });

  it('sees the preview follow what is typed, and what changes on disk', async () => {
    const { page } = person.workbench;
    await page.locator('.monaco-editor .view-line', { hasText: 'mlflow_version' }).first().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('metadata: {owner: somebody}\n');
    const preview = await person.summaryOf('churn');
    await preview.getByText('somebody').waitFor();
    await writeFile(join(person.folder, 'models/churn/conda.yaml'), 'dependencies: [python=3.11]\n');
    await preview.getByText('=3.11', { exact: true }).waitFor();
    await rm(join(person.folder, 'models/churn/conda.yaml'));
    await preview.getByText('conda.yaml is not there.').waitFor();
  });

  it('finds the preview as it was after the window was loaded anew', async () => {
    const { page } = person.workbench;
    await (await person.summaryOf('churn')).getByPlaceholder('Filter columns').fill('age');
    await until('VS Code has written it down', () => hasStored(page, '"query":"age"'));
    await page.reload();
    const preview = await person.summaryOf('churn');
    await preview.getByText('age', { exact: true }).waitFor();
    equal(await preview.getByPlaceholder('Filter columns').inputValue(), 'age');
  });

  it('goes from a downloaded model to its run, its logged model and its registered version', async () => {
    const { page } = person.workbench;
    const line = (text: string) => page.locator('.monaco-editor .view-line', { hasText: text }).first();
    const lens = (title: string) => page.locator('.codelens-decoration a', { hasText: title });
    const open = async () => {
      await person.workbench.runCommand('View: Close All Editors');
      await person.opens('downloaded/MLmodel');
      await lens('Open churn-classifier').waitFor();
    };
    const goFrom = async (key: string) => {
      await open();
      await line(`${key}:`).click();
      await page.keyboard.press('F12');
    };
    await person.row(/churn-classifier/).waitFor();
    await goFrom('run_id');
    await page.locator('.tab.active', { hasText: 'run.txt' }).waitFor();
    await goFrom('model_id');
    // The one that was there, and the store's.
    await page.locator('.tab:not(.active)', { hasText: 'MLmodel' }).waitFor();
    await open();
    await lens('Open churn-classifier 2').click();
    await (await person.summaryOf('churn-classifier')).getByText('tenure', { exact: true }).waitFor();

    await writeFile(join(person.folder, 'downloaded/registered_model_meta'), meta(99));
    await open();
    await lens('Open churn-classifier 99').click();
    await until('it is said that there is none', async () => {
      const texts = page.frames().map((frame) =>
        frame
          .getByText('There is no version 99')
          .count()
          .catch(() => 0),
      );
      return (await Promise.all(texts)).some((count) => count > 0);
    });
  });
});
