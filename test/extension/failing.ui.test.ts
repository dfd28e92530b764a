import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { administrator, startMlflowServer } from '../support/mlflowServer';
import { freePort } from '../support/processes';
import { letPersonIn } from './uiFixture';

describe('A person whose server', function () {
  this.timeout(240_000);

  it('does not run reads why, and sees the experiments by themselves once it does', async () => {
    const port = await freePort();
    const store = await mkdtemp(join(tmpdir(), 'mlflow-store-'));
    const person = await letPersonIn({ settings: { 'mlflow.tracking.uri': `http://127.0.0.1:${port}` } });
    try {
      await person.workbench.openMlflowView();
      await person.reads('Nothing listens at the tracking URI');
      const mlflow = await startMlflowServer({ store, port });
      try {
        await person.row(/Experiment Default/).waitFor({ timeout: 70_000 });
      } finally {
        await mlflow.stop();
      }
    } finally {
      await person.leaves();
      await rm(store, { recursive: true, force: true });
    }
  });

  it('wants credentials signs in, is told of a wrong password, and sees the experiments', async () => {
    const mlflow = await startMlflowServer({ auth: true });
    const person = await letPersonIn({ settings: { 'mlflow.tracking.uri': mlflow.uri } });
    const signIn = async (password: string): Promise<void> => {
      await person.picks('Username and Password');
      await person.answers('Username', administrator.username);
      await person.answers('Password of', password);
    };
    try {
      await person.workbench.openMlflowView();
      await person.reads('wants you to sign in');
      await person.workbench.runCommand('MLflow: Sign In…');
      await signIn('wrong password');
      await person.picks('Sign In…');
      await signIn(administrator.password);
      await person.row(/Experiment Default/).waitFor();
    } finally {
      await person.leaves();
      await mlflow.stop();
    }
  });

  it('was chosen by an untrusted workspace does not connect to it', async () => {
    const uri = `http://127.0.0.1:${await freePort()}`;
    const person = await letPersonIn({
      trust: false,
      files: {
        '.vscode/settings.json': JSON.stringify({ 'mlflow.tracking.uri': uri }),
        '.env': `MLFLOW_TRACKING_URI=${uri}\n`,
      },
    });
    try {
      await person.reads(/Restricted Mode/);
      await person.workbench.openMlflowView();
      await person.reads('MLflow Lens is not connected.');
    } finally {
      await person.leaves();
    }
  });
});
