import { join } from 'node:path';
import { demoStore } from '../../support/localStores';
import { ensureMlflow } from '../../support/tools';
import { letPersonIn, type Person } from '../uiFixture';

/** Somebody whose folder has these files and the demo's store, and whose MLflow is the newest. */
export async function letPersonWithProjectIn(
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Person> {
  const { python } = await ensureMlflow('newest');
  return await letPersonIn({
    // A window in a browser takes paths of the machine from the workspace only.
    files: { ...files, '.vscode/settings.json': JSON.stringify({ 'mlflow.python.path': python }) },
    copies: { 'mlflow.db': join(demoStore(), 'mlflow.db') },
    settings: { 'mlflow.tracking.uri': 'sqlite:///mlflow.db', ...settings },
    env: { MLFLOW_DISABLE_TELEMETRY: 'true' },
  });
}

/** Takes a picture of a person's window where `MLFLOW_LENS_SHOTS` names a folder for it. */
export async function takePicture({ workbench }: Person, name: string): Promise<void> {
  const folder = process.env['MLFLOW_LENS_SHOTS'];
  if (folder) await workbench.screenshot(join(folder, `${name}.png`));
}
