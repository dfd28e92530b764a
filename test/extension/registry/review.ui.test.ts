import { deepEqual, equal } from 'node:assert/strict';
import { type MlflowServer, startMlflowServer } from '../../support/mlflowServer';
import { until } from '../../support/until';
import { takePicture } from '../projects/projectPerson';
import { letPersonIn, type Person } from '../uiFixture';
import { PythonClient, type ShownModel } from './registryBench';

describe('A person who reviews a model, from its registration to production and back, by the keyboard alone', function () {
  this.timeout(480_000);
  let server: MlflowServer;
  let python: PythonClient;
  let person: Person;

  before(async () => {
    server = await startMlflowServer();
    python = new PythonClient(server);
    await python.ask('make');
    person = await letPersonIn({ settings: { 'mlflow.tracking.uri': server.uri }, width: 1300 });
    await person.workbench.openMlflowView();
    await person.row('registered').waitFor();
  });
  after(async () => {
    await person.leaves();
    python.dispose();
    await server.stop();
  });

  const widget = () => person.workbench.page.locator('.quick-input-widget:visible');

  /** Types until the row is the focused one, and takes it. */
  async function chooses(title: string, row: string): Promise<void> {
    await widget().getByText(title).first().waitFor();
    const input = widget().locator('input').first();
    await input.fill(row);
    await widget().locator('.monaco-list-row.focused', { hasText: row }).first().waitFor();
    await person.workbench.page.keyboard.press('Enter');
  }

  async function runs(title: string): Promise<void> {
    await person.workbench.page.keyboard.press('F1');
    const input = widget().locator('input').first();
    await input.fill(`>MLflow: ${title}`);
    await widget().locator('.monaco-list-row.focused', { hasText: title }).first().waitFor();
    await person.workbench.page.keyboard.press('Enter');
  }

  async function becomes<T>(
    what: string,
    read: (model: ShownModel | undefined) => T,
    wanted: T,
  ): Promise<void> {
    await until(`${what} is ${JSON.stringify(wanted)}`, async () => {
      return JSON.stringify(read(await python.show('churn'))) === JSON.stringify(wanted);
    });
  }

  const champion = (model: ShownModel | undefined) => model?.aliases['champion'];
  const stages = (model: ShownModel | undefined) =>
    ['1', '2'].map((version) => model?.versions[version]?.stage);

  it('registers what a run has logged, as a new model and then as its second version', async () => {
    for (const target of ['New registered model', 'churn']) {
      await runs('Register Model of Run…');
      await chooses('Choose an experiment', 'registered');
      await chooses('Choose a run', 'trained');
      await takePicture(person, `registry-name-${target.slice(0, 3)}`);
      await chooses('Register models:', target);
      if (target !== 'churn') await person.answers('Name of the model', 'churn');
      await person.reads(/Version \d of “churn” is registered/);
      await person.workbench.page.keyboard.press('Escape');
    }
    await becomes('the versions', (model) => Object.keys(model?.versions ?? {}).sort(), ['1', '2']);
  });

  async function setsAlias(version: string, note: string): Promise<void> {
    await runs('Set Alias of Model Version…');
    await chooses('Choose a registered model', 'churn');
    await chooses('Choose a version of churn', version);
    if (version === 'Version 1') await person.answers('Name of the alias', 'champion');
    else await chooses('Set Alias of churn', '@champion');
    await takePicture(person, `registry-alias-${version.at(-1) ?? ''}`);
    await person.answers('A note on why', note);
  }

  it('moves an alias to it, and sees in the tree where it points', async () => {
    await setsAlias('Version 1', '');
    await becomes('the alias', champion, '1');
    await setsAlias('Version 2', 'Better on March’s data');
    await becomes('the alias', champion, '2');
    await person.row(/Registered model churn.*@champion → 2/).waitFor();
    const { reviews = [] } = (await python.show('churn'))?.versions['2'] ?? {};
    deepEqual([reviews[0]?.['before'], reviews[0]?.['note']], ['1', 'Better on March’s data']);
  });

  async function setsStage(version: string, note: string): Promise<void> {
    await runs('Move Model Version to Stage…');
    await chooses('Choose a registered model', 'churn');
    await chooses('Choose a version of churn', version);
    await chooses('from None', 'Production');
    if (version === 'Version 2') await chooses('to Production', 'Archive version 1');
    await takePicture(person, `registry-stage-${version.at(-1) ?? ''}`);
    await person.answers('A note on why', note);
  }

  it('brings it to production in the place of the other', async () => {
    await setsStage('Version 1', '');
    await becomes('the stages', stages, ['Production', 'None']);
    await setsStage('Version 2', 'Approved');
    await becomes('the stages', stages, ['Archived', 'Production']);
  });

  async function rollsBack(what: string): Promise<void> {
    await runs('Roll Back Alias or Stage of Registered Model…');
    await chooses('Choose a registered model', 'churn');
    await widget().getByText('Roll Back churn').waitFor();
    await takePicture(person, `registry-rollback-${what.slice(-4)}`);
    await chooses('Roll Back churn', what);
    await person.answers(/goes back from version 2 to 1/, '');
  }

  it('rolls both back to the version that had them before', async () => {
    await rollsBack('@champion');
    await becomes('the alias', champion, '1');
    await rollsBack('Production');
    await becomes('the stages', stages, ['Production', 'None']);
    await person.row(/Registered model churn.*@champion → 1/).waitFor();
    equal((await python.show('churn'))?.versions['2']?.reviews.length, 2);
  });

  it('undoes the last change', async () => {
    await runs('Undo Last Change');
    await becomes('the stages', stages, ['Archived', 'Production']);
    await takePicture(person, 'registry-tree');
  });

  it('finds models by name and tags, and all again', async () => {
    await python.ask('tag', 'churn', 'team', 'growth');
    await runs('Filter Registered Models…');
    await person.answers('A filter in MLflow’s grammar', "tags.team = 'risk'");
    await person.reads('No model matches');
    await takePicture(person, 'registry-filter');
    await runs('Clear the Filter of Registered Models');
    await person.row(/Registered model churn/).waitFor();
  });
});
