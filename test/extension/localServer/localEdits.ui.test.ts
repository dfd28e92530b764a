import { equal, ok } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { runPython, seededStore } from '../../support/mlflowServer';
import { ensureMlflow } from '../../support/tools';
import { until } from '../../support/until';
import { letPersonIn, type Person } from '../uiFixture';

const readNames = [
  'import json, mlflow, sys',
  'found = mlflow.MlflowClient(sys.argv[1]).search_experiments()',
  'print(json.dumps(sorted(one.name for one in found)))',
].join('\n');

describe('A person who changes what an older MLflow keeps in an mlflow.db', function () {
  this.timeout(300_000);
  let person: Person;
  let dialog: Locator;
  let database: string;
  let untouched: string;

  before(async () => {
    const { python } = await ensureMlflow('newest');
    person = await letPersonIn({
      copies: { 'mlflow.db': join(await seededStore('oldest'), 'mlflow.db') },
      machineSettings: { 'mlflow.python.path': python },
      env: { MLFLOW_DISABLE_TELEMETRY: 'true' },
    });
    dialog = person.workbench.page.locator('.monaco-dialog-box');
    database = join(person.folder, 'mlflow.db');
    untouched = await digest(database);
    await person.workbench.openMlflowView();
    await person.row(/^Experiment churn-model/).click();
  });
  after(() => person.leaves());

  const rename = async (name: string) => {
    await person.workbench.runCommand('MLflow: Rename…');
    await person.answers('The new name of the experiment', name);
  };

  it('is asked first, and turns away: not a byte is changed', async () => {
    await rename('renamed');
    await dialog.getByText('Have MLflow change mlflow.db?').waitFor();
    await person.workbench.page.keyboard.press('Escape');
    await person.row(/^Experiment churn-model/).waitFor();
    equal(await digest(database), untouched);
  });

  it('agrees, and is asked again since MLflow would migrate the database', async () => {
    await rename('renamed');
    await dialog.getByRole('button', { name: 'Start Server' }).click();
    await dialog.getByText(/Have MLflow \S+ migrate mlflow.db\?/).waitFor();
    equal(await digest(database), untouched);
    await dialog.getByRole('button', { name: 'Back Up and Migrate' }).click();
    await person.row(/^Experiment renamed/).waitFor({ timeout: 120_000 });
  });

  it('has the database as it was beside it, and the change in it', async () => {
    const copy = join(person.folder, 'mlflow.db.backup');
    ok(existsSync(copy));
    const { python } = await ensureMlflow('newest');
    const uri = `sqlite:///${database}`;
    // It is shown before MLflow has answered.
    await until('MLflow has it so', async () => {
      const names = JSON.parse(await runPython({ uri, python }, '-c', [readNames, uri])) as string[];
      return names.includes('renamed') && !names.includes('churn-model');
    });
  });

  it('takes it back without being asked again', async () => {
    await person.workbench.runCommand('MLflow: Undo Last Change');
    await person.row(/^Experiment churn-model/).waitFor();
    equal(await dialog.count(), 0);
  });
});

async function digest(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
