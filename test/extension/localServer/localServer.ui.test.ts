import { equal, match } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd } from '../../support/processes';
import { ensureMlflow } from '../../support/tools';
import { until } from '../../support/until';
import { letPersonIn, type Person } from '../uiFixture';
import { isSilent } from '../processes/servers';
import { readReady, startLocalServer } from './startLocalServer';

const seed = [
  'import mlflow, sys',
  'mlflow.set_tracking_uri(sys.argv[1])',
  'mlflow.set_experiment("made-without-a-server")',
].join('\n');

describe('A person who wants a server for a local database', function () {
  this.timeout(240_000);
  let store: string;
  let person: Person;
  let address: string;

  before(async () => {
    store = await mkdtemp(join(tmpdir(), 'mlflow-local-ui-'));
    const { python } = await ensureMlflow('newest');
    const uri = `sqlite:///${join(store, 'mlflow.db')}`;
    const env = { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true' };
    await runToEnd(python, ['-c', seed, uri], { cwd: store, env });
    const settings = { 'mlflow.tracking.uri': uri };
    const machineSettings = { 'mlflow.python.path': python };
    person = await letPersonIn({ settings, machineSettings, env: { MLFLOW_DISABLE_TELEMETRY: 'true' } });
  });

  after(async () => {
    if (!person.workbench.page.isClosed()) await person.leaves();
    await rm(store, { recursive: true, force: true });
  });

  it('is told that the server may change the file before it is started', async () => {
    const { page } = person.workbench;
    await person.workbench.openMlflowView();
    await person.workbench.runCommand('MLflow: Start Local Server…');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Start an MLflow server for mlflow.db?').waitFor();
    await dialog.getByText(/reads this file without a server/).waitFor();
    await dialog.getByRole('button', { name: 'Start Server' }).click();
  });

  it('connects to it once it answers, for this window only', async () => {
    const { page } = person.workbench;
    const server = await readReady(page);
    ({ address } = server);
    await server.ready.getByRole('button', { name: 'Connect' }).click();
    await person.row(/made-without-a-server/).waitFor();
    await page.locator('.statusbar-item', { hasText: new URL(address).host }).waitFor();
  });

  it('is offered the one that runs instead of a second one', async () => {
    const { page } = person.workbench;
    await person.workbench.runCommand('MLflow: Start Local Server…');
    const running = page.locator('.notification-list-item', { hasText: `runs already at ${address}` });
    await running.waitFor();
    await running.getByRole('button', { name: 'Open in Browser' }).waitFor();
    equal(await page.locator('.monaco-dialog-box').count(), 0);
  });

  it('stops it, and looks at the database itself again', async () => {
    const { page } = person.workbench;
    await person.workbench.runCommand('MLflow: Stop Local Server');
    await page.locator('.statusbar-item', { hasText: 'mlflow.db' }).waitFor();
    await until('nothing answers there', () => isSilent(address));
  });

  it('leaves none behind by closing VS Code', async () => {
    ({ address } = await startLocalServer(person));
    equal(await isSilent(address), false);
    await person.leaves();
    await until('nothing answers there', () => isSilent(address));
  });
});

describe('A person who cannot have a local server', () => {
  let person: Person;
  afterEach(() => person.leaves());

  it('because the workspace is not trusted, is told so and led to where trust is given', async () => {
    person = await letPersonIn({
      trust: false,
      settings: { 'mlflow.tracking.uri': 'sqlite:////nowhere/mlflow.db' },
    });
    const { page } = person.workbench;
    await person.workbench.openMlflowView();
    await person.workbench.runCommand('MLflow: Start Local Server…');
    const message = page.locator('.notification-list-item', {
      hasText: 'the workspace must be trusted first',
    });
    await message.getByRole('button', { name: 'Manage Trust' }).click();
    await page.locator('.workspace-trust-editor').waitFor();
  });

  it('because no Python has MLflow, is told where it was looked for and led to the setting', async () => {
    person = await letPersonIn({
      settings: { 'mlflow.tracking.uri': 'postgresql://me:c4nary-pw@127.0.0.1:1/db' },
      machineSettings: { 'mlflow.python.path': '/nowhere/bin/python' },
    });
    const { page } = person.workbench;
    await person.workbench.openMlflowView();
    await person.workbench.runCommand('MLflow: Start Local Server…');
    const message = page.locator('.notification-list-item', { hasText: 'No Python with MLflow was found' });
    await message.waitFor();
    match((await message.textContent()) ?? '', /\(the setting mlflow\.python\.path: none there\)/);
    await message.getByRole('button', { name: 'Open Settings' }).click();
    await page.locator('.settings-editor').getByText('The Python that runs MLflow').waitFor();
    equal((await page.locator('body').innerText()).includes('c4nary'), false);
  });
});
