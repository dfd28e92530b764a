import type { Person } from '../uiFixture';
import { answerByKeys, letPersonWithProjectIn, takePicture, type AnswerByKeys } from './projectPerson';

const files = {
  'project/MLproject':
    'entry_points:\n  main:\n    parameters: {rate: {type: float, default: 0.1}}\n    command: python main.py {rate}\n  slow:\n    parameters: {rate: {type: float, default: 0.1}}\n    command: python slow.py {rate}\n',
  'project/main.py': 'import sys\nif float(sys.argv[1]) == 0.2: raise SystemExit("no luck")\n',
  'project/slow.py': 'import time\ntime.sleep(600)\n',
};

describe('A person who sweeps over a parameter', function () {
  this.timeout(300_000);
  let person: Person;
  let answer: AnswerByKeys;
  const shoot = (name: string) => takePicture(person, `sweep-${name}`);

  before(async () => {
    person = await letPersonWithProjectIn(files);
    answer = answerByKeys(person);
  });
  after(() => person.leaves());

  const widget = () => person.workbench.page.locator('.quick-input-widget:visible');
  it('sees how many runs there will be, and what became of them', async () => {
    const { workbench } = person;
    const { page } = workbench;
    await workbench.openMlflowView();
    await workbench.runCommand('MLflow: Sweep Parameters of Project…');
    await answer('The project to run');
    await answer('The entry point, or the name of a script such as train.py', 'main');
    await widget()
      .getByText(/rate \(float\)/)
      .waitFor();
    await shoot('values');
    await answer(/rate \(float\)/, '0.1..0.3 step 0.1');
    await answer(/Further parameters/);
    await answer('Which combinations run');
    await answer(/How many run at once/);
    await answer('The experiment of the run: choose one, or type the name of a new one');
    await answer('How the project’s environment is made');
    await widget().getByText('Start 3 Runs').waitFor();
    await shoot('preview');
    await page.keyboard.press('Enter');
    await page
      .getByText(/2 of 3 succeeded, 1 failed/)
      .first()
      .waitFor({ timeout: 120_000 });
    await shoot('report');
  });

  it('draws runs at random, sees how far they are in the view Running, and stops them all', async () => {
    const { workbench } = person;
    await workbench.openMlflowView();
    await workbench.runCommand('MLflow: Sweep Parameters of Project…');
    await answer('The project to run');
    await answer('The entry point, or the name of a script such as train.py', 'slow');
    await answer(/rate \(float\)/, '0..9');
    await answer(/Further parameters/);
    await answer('Which combinations run', 'Random');
    await answer(/How many runs are drawn/, '4');
    await answer(/The seed/, '7');
    await answer(/How many run at once/, '1');
    await answer('The experiment of the run: choose one, or type the name of a new one');
    await answer('How the project’s environment is made', 'local');
    await widget().getByText('Start 4 Runs').waitFor();
    await person.workbench.page.keyboard.press('Enter');
    const row = person.row(/project run, Sweep of slow of project, 0 of 4 succeeded, 1 running/);
    await row.waitFor({ timeout: 120_000 });
    await shoot('running');
    await workbench.runCommand('MLflow: Stop Project Run');
    await row.waitFor({ state: 'detached', timeout: 60_000 });
    await person.row(/Run Sweep of slow of project, killed/).waitFor({ timeout: 60_000 });
  });
});
