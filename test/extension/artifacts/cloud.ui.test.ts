import { equal } from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../support/cache';
import { runPython } from '../../support/mlflowServer';
import { ensureMlflow } from '../../support/tools';
import { takePicture } from '../projects/projectPerson';
import { takePath } from '../fileDialog';
import { letPersonIn, type Person } from '../uiFixture';
import { startS3, type CloudStorage } from './cloudStorage';

describe('A person whose runs are here and their artifacts in S3', function () {
  this.timeout(300_000);
  let s3: CloudStorage;
  let folder: string;
  let person: Person;

  before(async () => {
    const { python } = await ensureMlflow('newest');
    s3 = await startS3();
    folder = await mkdtemp(join(tmpdir(), 'mlflow-cloud-'));
    const tracking = { uri: join(folder, 'mlruns'), python };
    const env = { ...s3.env, MLFLOW_ALLOW_FILE_STORE: 'true', MLFLOW_EXPERIMENT_NAME: 'cloud' };
    for (const script of ['artifacts/makeCloudExperiment.py', 'tracking/log_artifacts.py'])
      await runPython(tracking, join(projectRoot(), 'test/extension', script), [s3.root], env);
    person = await letPersonIn({
      copies: { mlruns: tracking.uri },
      files: { '.vscode/settings.json': JSON.stringify({ 'mlflow.python.path': python }) },
      settings: { 'files.simpleDialog.enable': true },
      env: { ...s3.env, MLFLOW_DISABLE_TELEMETRY: 'true' },
    });
    await person.workbench.openMlflowView();
  });
  after(async () => {
    await person.leaves();
    await s3.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('downloads one of them from the palette, by MLflow’s own Python', async () => {
    const { page } = person.workbench;
    await person.row(/Experiment cloud/).waitFor();
    await person.workbench.runCommand('MLflow: Download Artifacts…');
    await person.picks('cloud');
    await person.picks('with artifacts');
    await person.reads('All artifacts');
    await takePicture(person, 'cloud-pick');
    await person.picks('plain.txt');
    await takePath(page, 'plain.txt');
    await person.reads(/Downloaded plain\.txt/);
    equal(await readFile(join(person.folder, 'plain.txt'), 'utf8'), 'first line\nsecond line\n');
  });
});
