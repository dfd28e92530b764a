import { deepEqual, equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { projectRoot } from '../../support/cache';
import { runPython } from '../../support/mlflowServer';
import { ensureMlflow } from '../../support/tools';
import { until } from '../../support/until';
import { Keyboard } from '../keyboard';
import { letPersonWithProjectIn, takePicture } from '../projects/projectPerson';
import { TableOnScreen } from '../runsTable/tableOnScreen';
import type { Person } from '../uiFixture';

/** Each look takes a Python of its own, which starts slowly where much goes on. */
const pythonMs = 120_000;

interface Listed {
  readonly name: string;
  readonly lifecycle: string;
  readonly tags: Readonly<Record<string, string>>;
}

interface Experiment extends Listed {
  readonly runs: readonly Listed[];
}

describe('A person who changes runs in their table by the keyboard alone, and deletes for good', function () {
  this.timeout(480_000);
  let person: Person;
  let keys: Keyboard;
  let table: TableOnScreen;

  before(async () => {
    person = await letPersonWithProjectIn({});
    keys = new Keyboard(person);
    await person.workbench.openMlflowView();
    await person.row(/Experiment churn-model/).waitFor();
    await keys.runs('Show Runs as Table');
    await keys.ticks('Show Runs as Table', 'churn-model');
    table = await TableOnScreen.find(person);
  });
  after(() => person.leaves());

  /** What MLflow's own client finds in the database. */
  async function listed(): Promise<readonly Experiment[]> {
    const { python } = await ensureMlflow('newest');
    const store = { python, uri: `sqlite:///${join(person.folder, 'mlflow.db')}` };
    const script = join(projectRoot(), 'test/extension/runEditing/list_runs.py');
    return JSON.parse(await runPython(store, script)) as readonly Experiment[];
  }

  async function findRun(name: string): Promise<Listed | undefined> {
    return (await listed()).flatMap(({ runs }) => runs).find((run) => run.name === name);
  }

  /** A dialog leaves the focus with the window. */
  async function focusGrid(): Promise<void> {
    const isThere = () =>
      table.grid.evaluate((grid) => document.hasFocus() && grid === document.activeElement);
    if (await isThere()) return;
    await keys.press('Control+1');
    await until('the grid has the focus', async () => {
      if (await isThere()) return true;
      await keys.press('Tab');
      return undefined;
    });
  }

  function activeRow(): Promise<string> {
    return table.grid.evaluate((grid) => {
      const cell = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
      return cell?.closest('[role=row]')?.textContent ?? '';
    });
  }

  /** Walks to the run's row and takes an action of its menu. */
  async function takes(run: string, label: string): Promise<void> {
    await focusGrid();
    await keys.press('Control+Home');
    await until(`the row of ${run}`, async () => {
      if ((await activeRow()).includes(run)) return true;
      await keys.press('ArrowDown');
      return undefined;
    });
    await keys.press('Shift+F10');
    const item = table.frame.getByRole('menuitem', { name: label });
    await item.waitFor();
    await takePicture(person, `table-menu-${label.slice(0, 4)}`);
    await until(`${label} has the focus`, async () => {
      if (await item.evaluate((it) => it === document.activeElement)) return true;
      await keys.press('ArrowDown');
      return undefined;
    });
    await keys.press('Enter');
  }

  it('renames one, once they agree that MLflow changes the database', async () => {
    await takes('churn-classifier-v2', 'Rename…');
    await keys.answers('The new name of the run', 'the chosen one');
    await keys.agrees('Have MLflow change mlflow.db?');
    await until('MLflow has it so', () => findRun('the chosen one'), pythonMs);
  });

  it('adds a tag to it', async () => {
    await takes('the chosen one', 'Edit Tags…');
    await keys.chooses('Tags of run “the chosen one”', 'Add Tag…');
    await keys.answers('The key of the tag', 'reviewed by');
    await keys.answers('Its value', 'me');
    await until(
      'MLflow has it',
      async () => (await findRun('the chosen one'))?.tags['reviewed by'] === 'me',
      pythonMs,
    );
  });

  it('deletes another one, unasked since Undo brings it back', async () => {
    await takes('churn-classifier-v1', 'Delete Run');
    await until(
      'MLflow has it among the deleted',
      async () => {
        return (await findRun('churn-classifier-v1'))?.lifecycle === 'deleted';
      },
      pythonMs,
    );
  });

  it('deletes all that is deleted for good, and only once the word is typed', async () => {
    const before = await listed();
    ok(before.some(({ lifecycle }) => lifecycle === 'deleted'));
    await keys.runs('Delete All Deleted Permanently…');
    await keys.answers('goes for good', 'yes');
    await keys.isAsked('Type “delete”');
    await takePicture(person, 'purge');
    await keys.answers('Type “delete”', 'delete');
    await until(
      'nothing deleted is left',
      async () => {
        const all = await listed();
        return ![...all, ...all.flatMap(({ runs }) => runs)].some(({ lifecycle }) => lifecycle === 'deleted');
      },
      pythonMs,
    );
    equal(await findRun('churn-classifier-v1'), undefined);
    const active = before.filter(({ lifecycle }) => lifecycle === 'active');
    deepEqual(
      (await listed()).map(({ name }) => name),
      active.map(({ name }) => name),
    );
  });
});
