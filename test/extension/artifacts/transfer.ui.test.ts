import { deepEqual } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDemoStore, demoStore } from '../../support/localStores';
import { takePicture } from '../projects/projectPerson';
import { ensureMlflow } from '../../support/tools';
import { namePath, takePath } from '../fileDialog';
import { letPersonIn, type Person } from '../uiFixture';

const artifacts = 'mlartifacts/2/fc4a7e32ab7547aeb3a3a33c528303b0/artifacts';
const config = `${artifacts}/config.yaml`;

describe('A person who wants a file of a run, and adds to it', function () {
  this.timeout(300_000);
  let person: Person;

  before(async () => {
    const { python } = await ensureMlflow('newest');
    person = await letPersonIn({
      files: {
        '.vscode/settings.json': JSON.stringify({ 'mlflow.python.path': python }),
        'notes/read me.txt': 'What this run is about.',
        'notes/deep/more.txt': 'And more of it.',
        'notes/a#b.txt': 'MLflow takes no such name.',
      },
      copies: copyDemoStore(),
      settings: { 'mlflow.tracking.uri': 'sqlite:///mlflow.db', 'files.simpleDialog.enable': true },
      env: { MLFLOW_DISABLE_TELEMETRY: 'true' },
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
    await takePath(page, 'config.yaml');
    await person.reads(/Downloaded config\.yaml/);
    await takePicture(person, 'download-done');
    const target = join(person.folder, 'config.yaml');
    deepEqual(await readFile(target), await readFile(join(demoStore(), config)));
    deepEqual([existsSync(`${target}.part`), existsSync(`${target}.part.json`)], [false, false]);
  });

  it('uploads a file and a folder of its own, and is told which MLflow does not take', async () => {
    await upload('Files…', 'notes/read me.txt');
    await person.reads(/Uploaded read me\.txt \(\d+ B\) to prophet-h7-00/);
    await takePicture(person, 'upload-done');

    await upload('A folder…', 'notes/deep');
    await person.reads(/Uploaded deep\/more\.txt \(\d+ B\) to prophet-h7-00/);

    await upload('Files…', 'notes/a#b.txt');
    await person.reads(/cannot be transferred\. MLflow refuses “#” in the path of an artifact/);
    await takePicture(person, 'upload-refused');

    const read = (path: string) => readFile(join(person.folder, artifacts, path), 'utf8');
    deepEqual(await read('read me.txt'), 'What this run is about.');
    deepEqual(await read('deep/more.txt'), 'And more of it.');
  });

  async function upload(what: 'Files…' | 'A folder…', path: string): Promise<void> {
    const { page } = person.workbench;
    await person.workbench.runCommand('MLflow: Upload Artifacts…');
    await person.picks(/price-forecast/);
    await person.picks(/prophet-h7-00/);
    await person.picks('All artifacts');
    await person.picks(what);
    await namePath(page, join(person.folder, path), `${person.folder}/`, 'Upload');
    await takePicture(person, 'upload-progress');
  }
});
