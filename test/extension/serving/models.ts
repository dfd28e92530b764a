import { join } from 'node:path';
import { ManagedServer } from '../../../extension/processes/managedServer';
import { composeModelProgram, serveArguments } from '../../../extension/serving/modelProgram';
import { findFreePort } from '../../../extension/tracking/rest/freePort';
import { projectRoot } from '../../support/cache';
import { runToEnd } from '../../support/processes';
import { withoutMlflow } from '../../support/mlflowServer';
import { ensureMlflow, type MlflowVersion } from '../../support/tools';

/** A store with models, and the Python that serves them. */
export interface ModelStore {
  readonly storeUri: string;
  readonly python: string;
}

/** Models that a real MLflow logged into a store of their own. */
export interface SavedModels extends ModelStore {
  readonly runId: string;
  /** `models:/m-…` of the model without an input example. */
  readonly modelUri: string;
  /** Where they lie, by name: `doubler` with an input example and a registered version 1, `bare` without. */
  readonly folders: Readonly<Record<'doubler' | 'bare', string>>;
}

export async function saveModels(folder: string): Promise<SavedModels> {
  const { output, ...place } = await save(folder, 'newest', 'saveModels.py');
  const said = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Omit<SavedModels, 'storeUri' | 'python'>;
  return { ...place, ...said };
}

/** The oldest MLflow's: `models:/old doubler/1`. */
export async function saveOldModel(folder: string): Promise<ModelStore> {
  return await save(folder, 'oldest', 'saveOldModel.py');
}

async function save(
  folder: string,
  version: MlflowVersion,
  script: string,
): Promise<ModelStore & { readonly output: string }> {
  const { python } = await ensureMlflow(version);
  const storeUri = `sqlite:///${join(folder, `${version}.db`)}`;
  const path = join(projectRoot(), 'test/extension/serving', script);
  const output = await runToEnd(python, [path, storeUri], { cwd: folder, env: quietEnvironment() });
  return { storeUri, python, output };
}

/** A program of MLflow's command line as the extension starts it, but without telemetry. */
export function modelProgram({ python, storeUri }: ModelStore, folder: string, args: readonly string[]) {
  const tracking = { MLFLOW_TRACKING_URI: storeUri };
  return composeModelProgram({ python, environment: quietEnvironment(), tracking, folder }, args);
}

export interface ServedForTest {
  readonly server: ManagedServer;
  readonly lines: readonly string[];
}

export async function serveModel(
  saved: ModelStore,
  folder: string,
  uri: string,
  port?: number,
): Promise<ServedForTest> {
  const chosen = port ?? (await findFreePort());
  const lines: string[] = [];
  const server = new ManagedServer({
    name: 'The model server',
    command: modelProgram(saved, folder, serveArguments(uri, chosen, 'local')),
    address: `http://127.0.0.1:${chosen}`,
    hideSecrets: (text) => text,
    log: (line) => lines.push(line),
    startMs: 120_000,
  });
  return { server, lines };
}

function quietEnvironment(): NodeJS.ProcessEnv {
  return { ...withoutMlflow(process.env), MLFLOW_DISABLE_TELEMETRY: 'true' };
}
