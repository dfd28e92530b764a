import { join } from 'node:path';
import { demoStore } from '../../support/localStores';
import { ensureMlflow } from '../../support/tools';
import { letPersonIn, type Person } from '../uiFixture';

const files = {
  'project/MLproject':
    'entry_points:\n  main:\n    parameters: {rate: {type: float, default: 0.1}}\n    command: python main.py {rate}\n',
  'project/main.py': 'import sys\nif float(sys.argv[1]) == 0.2: raise SystemExit("no luck")\n',
};

describe('A person who sweeps over a parameter', function () {
  this.timeout(300_000);
  let person: Person;
  const shots = process.env['MLFLOW_LENS_SHOTS'];
  const shoot = async (name: string) => {
    if (shots) await person.workbench.screenshot(join(shots, `sweep-${name}.png`));
  };

  before(async () => {
    const { python } = await ensureMlflow('newest');
    person = await letPersonIn({
      files: { ...files, '.vscode/settings.json': JSON.stringify({ 'mlflow.python.path': python }) },
      copies: { 'mlflow.db': join(demoStore(), 'mlflow.db') },
      settings: { 'mlflow.tracking.uri': 'sqlite:///mlflow.db' },
      env: { MLFLOW_DISABLE_TELEMETRY: 'true' },
    });
  });
  after(() => person.leaves());

  it('sees how many runs there will be, and what became of them', async () => {
    const { workbench } = person;
    const { page } = workbench;
    const widget = () => page.locator('.quick-input-widget:visible');
    const answer = async (question: RegExp | string, text?: string) => {
      const asked =
        typeof question === 'string'
          ? widget().locator(`input[placeholder="${question}"]`)
          : widget().getByText(question).first();
      await asked.waitFor({ timeout: 60_000 });
      if (text !== undefined) await widget().locator('input').first().fill(text);
      await page.keyboard.press('Enter');
    };
    await workbench.openMlflowView();
    await workbench.runCommand('MLflow: Sweep Parameters of Project…');
    await answer('The project to run');
    await answer('The entry point, or the name of a script such as train.py');
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
});
