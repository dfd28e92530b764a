import { deepEqual, equal } from 'node:assert/strict';
import type { Theme } from '../../support/browser';
import { type MlflowServer, startMlflowServer } from '../../support/mlflowServer';
import { until } from '../../support/until';
import { takePicture } from '../projects/projectPerson';
import { Keyboard } from '../keyboard';
import { letPersonIn, type Person } from '../uiFixture';
import { PythonClient, type ShownModel } from './registryBench';

describe('A person who reviews a model, from its registration to production and back, by the keyboard alone', function () {
  this.timeout(480_000);
  let server: MlflowServer;
  let python: PythonClient;
  let person: Person;
  let keys: Keyboard;

  before(async () => {
    server = await startMlflowServer();
    python = new PythonClient(server);
    await python.ask('make');
    const theme = (process.env['MLFLOW_LENS_THEME'] ?? 'light') as Theme;
    const width = Number(process.env['MLFLOW_LENS_WIDTH'] ?? 1300);
    const settings = {
      'mlflow.tracking.uri': server.uri,
      'mlflow.runs.pageSize': 10,
      'files.autoSave': 'off',
    };
    person = await letPersonIn({ settings, theme, width });
    keys = new Keyboard(person);
    await keys.runs('Focus on Experiments View');
    await person.row('registered').waitFor();
  });
  after(async () => {
    await person.leaves();
    python.dispose();
    await server.stop();
  });

  async function becomes<T>(
    what: string,
    read: (model: ShownModel | undefined) => T,
    wanted: T,
    name = 'churn',
  ): Promise<void> {
    await until(`${what} is ${JSON.stringify(wanted)}`, async () => {
      return JSON.stringify(read(await python.show(name))) === JSON.stringify(wanted);
    });
  }

  const champion = (model: ShownModel | undefined) => model?.aliases['champion'];
  const stages = (model: ShownModel | undefined) =>
    ['1', '2'].map((version) => model?.versions[version]?.stage);

  it('registers what a run has logged, as a new model and then as its second version', async () => {
    for (const target of ['New registered model', 'churn']) {
      await keys.runs('Register Model of Run…');
      await keys.chooses('Choose an experiment', 'registered');
      await keys.chooses('Choose a run', 'trained');
      await takePicture(person, `registry-name-${target.slice(0, 3)}`);
      await keys.chooses('Register models:', target);
      if (target !== 'churn') await keys.answers('Name of the model', 'churn');
      await person.reads(/Version \d of “churn” is registered/);
      await keys.press('Escape');
    }
    await becomes('the versions', (model) => Object.keys(model?.versions ?? {}).sort(), ['1', '2']);
  });

  async function choosesBoth(command: string): Promise<void> {
    await keys.runs(command);
    await keys.chooses('Choose a registered model', 'churn');
    await keys.isAsked('Choose two versions of churn');
    await keys.isOffered('Version 1');
    await takePicture(person, 'registry-compare');
    await keys.press('ArrowDown', 'Space', 'ArrowDown', 'Space', 'Enter');
  }

  it('compares what both take and require', async () => {
    const { page } = person.workbench;
    await choosesBoth('Compare Signatures of Model Versions in Diff Editor…');
    await keys.chooses('Compare Signatures', 'In their order');
    await page.locator('.tab.active', { hasText: /churn.*↔.*churn/ }).waitFor();
    await page.locator('.monaco-diff-editor .view-line', { hasText: 'price: double' }).first().waitFor();
    await choosesBoth('Compare Requirements of Model Versions in Diff Editor');
    await person.reads('The requirements of both versions are the same.');
  });

  async function setsAlias(version: string, note: string): Promise<void> {
    await keys.runs('Set Alias of Model Version…');
    await keys.chooses('Choose a registered model', 'churn');
    await keys.chooses('Choose a version of churn', version);
    if (version === 'Version 1') await keys.answers('Name of the alias', 'champion');
    else await keys.chooses('Set Alias of churn', '@champion');
    await takePicture(person, `registry-alias-${version.at(-1) ?? ''}`);
    await keys.answers('A tag of the version will tell', note);
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

  it('registers a logged model', async () => {
    await keys.runs('Register Logged Model…');
    await keys.chooses('Choose an experiment', 'registered');
    await keys.chooses('Choose a run', 'trained');
    await keys.chooses('Choose a logged model', 'tree');
    await keys.chooses('Register models:/m-', 'New registered model');
    await keys.answers('Name of the model', 'forest');
    const source = (model: ShownModel | undefined) => model?.versions['1']?.source.slice(0, 10);
    await becomes('the source', source, 'models:/m-', 'forest');
  });

  it('registers a logged model from its row, whose menu the keyboard opens too', async () => {
    const { page } = person.workbench;
    await keys.runs('Focus on Experiments View');
    await keys.goesTo('Experiment registered', 'Run trained', 'Models', 'Model tree');
    await keys.press('Shift+F10');
    await keys.takes('Register Logged Model…');
    await keys.chooses('Register models:/m-', 'forest');
    await person.reads('Version 2 of “forest” is registered');
    await keys.press('Escape');
    const sources = (model: ShownModel | undefined) =>
      new Set(['1', '2'].map((version) => model?.versions[version]?.source)).size;
    await becomes('the number of sources', sources, 1, 'forest');
    await page.locator('.context-view .action-item').first().waitFor({ state: 'hidden' });
  });

  it('describes a version, sees what others write, and is asked before that is overwritten', async () => {
    const { page } = person.workbench;
    const text = (model: ShownModel | undefined) => model?.versions['1']?.description;
    await keys.runs('Edit Description of Model Version');
    await keys.chooses('Choose a registered model', 'churn');
    await keys.chooses('Choose a version of churn', 'Version 1');
    await keys.writes('churn 1.md', 'Mine');
    await keys.press('Control+S');
    await becomes('the description', text, 'Mine');
    await python.ask('describe', 'churn', '1', 'Theirs');
    await keys.runs('Refresh Registered Models');
    await page.locator('.view-line', { hasText: 'Theirs' }).waitFor();
    await keys.press('Control+1', 'Control+End');
    await keys.type('!');
    await python.ask('describe', 'churn', '1', 'Others');
    await keys.press('Control+S');
    await keys.agrees('changed by somebody else');
    await becomes('the description', text, 'Theirs!');
  });

  async function setsStage(version: string, note: string): Promise<void> {
    await keys.runs('Move Model Version to Stage…');
    await keys.chooses('Choose a registered model', 'churn');
    await keys.chooses('Choose a version of churn', version);
    await keys.chooses('from None', 'Production');
    if (version === 'Version 2') await keys.chooses('to Production', 'Archive version 1');
    await takePicture(person, `registry-stage-${version.at(-1) ?? ''}`);
    await keys.answers('A tag of the version will tell', note);
  }

  it('brings it to production in the place of the other', async () => {
    await setsStage('Version 1', '');
    await becomes('the stages', stages, ['Production', 'None']);
    await setsStage('Version 2', 'Approved');
    await becomes('the stages', stages, ['Archived', 'Production']);
  });

  async function rollsBack(what: string): Promise<void> {
    await keys.runs('Roll Back Alias or Stage of Registered Model…');
    await keys.chooses('Choose a registered model', 'churn');
    await keys.isAsked('Roll Back churn');
    await takePicture(person, `registry-rollback-${what.slice(-4)}`);
    await keys.chooses('Roll Back churn', what);
    await keys.answers(/goes back from version 2 to 1/, '');
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
    await keys.runs('Undo Last Change');
    await becomes('the stages', stages, ['Archived', 'Production']);
    await takePicture(person, 'registry-tree');
  });

  it('copies the code that loads a version, and deletes its alias', async () => {
    const { page } = person.workbench;
    await keys.runs('Copy Model URI, Loading Code or curl…');
    await keys.chooses('Choose a registered model', 'churn');
    await keys.chooses('Choose a version of churn', 'Version 1');
    await keys.chooses('Copy of churn, Version 1', 'Python code');
    await person.reads('Copied Python code');
    await page.context().grantPermissions(['clipboard-read']);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    equal(copied, 'import mlflow\n\nmodel = mlflow.pyfunc.load_model("models:/churn@champion")\n');
    await keys.runs('Delete Alias of Model Version…');
    await keys.chooses('Choose a registered model', 'churn');
    await keys.chooses('Choose a version of churn', 'Version 1');
    await keys.chooses('Delete Alias', '@champion');
    await becomes('the alias', champion, undefined);
  });

  it('finds a version among many by its number', async () => {
    await python.ask('fill', 'many', '35');
    await keys.runs('Refresh Registered Models');
    await person.row('Registered model many').waitFor();
    await keys.runs('Set Alias of Model Version…');
    await keys.chooses('Choose a registered model', 'many');
    await keys.isAsked('Choose a version of many');
    await keys.isOffered('Version 35');
    await keys.type('12');
    await takePicture(person, 'registry-more');
    await keys.takesRow('Load more…');
    await keys.takesRow('Version 12');
    await keys.answers('Name of the alias', 'old');
    await keys.answers('A tag of the version will tell', '');
    await becomes('the alias', (model) => model?.aliases['old'], '12', 'many');
  });

  it('finds models by name and tags, and all again', async () => {
    await python.ask('tag', 'churn', 'team', 'growth');
    await keys.runs('Filter Registered Models…');
    await keys.answers('A filter in MLflow’s grammar', "tags.team = 'risk'");
    await person.reads('No model matches');
    await takePicture(person, 'registry-filter');
    await keys.runs('Clear the Filter of Registered Models');
    await person.row(/Registered model churn/).waitFor();
  });
});
