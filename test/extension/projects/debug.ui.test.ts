import { deepEqual } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { appears } from '../../support/appears';
import { until } from '../../support/until';
import { writtenJson } from '../../support/writtenJson';
import { Keyboard } from '../keyboard';
import type { Person } from '../uiFixture';
import { letPersonWithProjectIn, takePicture } from './projectPerson';
import { extensionsWithDebugger } from './pythonDebugger';

const script = `import json, sys
import mlflow
note = sys.argv[2]
mlflow.set_experiment("debugged")
with mlflow.start_run(run_name="step by step"):
    mlflow.log_param("note", note)
with open("seen.json", "w") as file: json.dump(sys.argv[1:], file)
`;

const files = {
  'project/MLproject': `name: greeting
entry_points:
  main:
    parameters:
      note: string
      count: {type: int, default: 3}
    command: python train.py --note {note} --count {count}
  shell:
    command: bash train.sh
`,
  'project/train.py': script,
};

const hostile = '$(touch canary) `x` "q" it\'s; rm -rf nothing';

/** Longer than VS Code takes to show one. */
const breakpointMs = 5000;

describe('A person who debugs an entry point, with Python’s own debugger', function () {
  this.bail(true);
  this.timeout(300_000);
  let person: Person;
  let keys: Keyboard;
  let extensions: string;

  before(async () => {
    extensions = await extensionsWithDebugger();
    person = await letPersonWithProjectIn(files, {}, {}, { extensions });
    keys = new Keyboard(person);
    await person.workbench.openMlflowView();
  });
  afterEach(async function () {
    if (this.currentTest?.isFailed()) await takePicture(person, 'debug-failed');
  });
  after(async () => {
    await person.leaves();
    await rm(extensions, { recursive: true });
  });

  it('is asked for the value that it needs, and stops where the breakpoint is', async () => {
    const { page } = person.workbench;
    await person.opens('train.py', 3);
    // An editor that is just opening takes none.
    await until('there is a breakpoint', async () => {
      await person.workbench.runCommand('Debug: Toggle Breakpoint');
      const breakpoint = page.locator('.codicon-debug-breakpoint').first();
      return await appears(breakpoint, breakpointMs);
    });
    await keys.runs('Debug Project');
    await keys.chooses('The project to run', 'project');
    await keys.chooses('The entry point, or', 'main');
    await keys.answers(/note \(string; it needs a value\)/, hostile);
    await page.locator('.debug-toolbar').waitFor({ timeout: 60_000 });
    await page.locator('.debug-top-stack-frame-line').first().waitFor({ timeout: 60_000 });
    await takePicture(person, 'debug-stopped');
  });

  it('goes on to the end, with the arguments byte for byte and the run in the tree', async () => {
    await keys.press('F5');
    const seen = await writtenJson(join(person.folder, 'project/seen.json'), 120_000);
    deepEqual(seen, ['--note', hostile, '--count', '3']);
    await person.workbench.openMlflowView();
    await person.row('debugged').waitFor({ timeout: 60_000 });
  });

  it('is told of an entry point that is no Python script', async () => {
    await keys.runs('Debug Project');
    await keys.chooses('The project to run', 'project');
    await keys.chooses('The entry point, or', 'shell');
    await person.reads(
      /can only start an entry point whose command is “python script …”, which that of shell is not/,
    );
    await takePicture(person, 'debug-other');
  });
});
