import { TrackingError } from '../errors';
import type { Editors, RegistryEditor, RunEditor, VersionKey } from '../editors';
import { isMissingEndpoint } from './httpStatus';
import type { Change, RestClient } from './restClient';

const api = '/api/2.0/mlflow';

/** What a MLflow server's REST API lets change. `registry` is where its registered models' endpoints begin. */
export function createEditors(client: RestClient, registry: string): Editors {
  return { runs: createRunEditor(client), registry: createRegistryEditor(client, registry) };
}

/** Experiments and runs (reference/REST.md §2, §3). */
function createRunEditor(client: RestClient): RunEditor {
  const post = poster(client, api);
  const setExperimentTag = (experiment_id: string, key: string, value: string, signal: AbortSignal) =>
    post('experiments/set-experiment-tag', { experiment_id, key, value }, signal);
  return {
    createExperiment: (name, signal) =>
      client.create('experiment_id', `${api}/experiments/create`, { name }, signal),
    renameExperiment: (experiment_id, new_name, signal) =>
      post('experiments/update', { experiment_id, new_name }, signal),
    setExperimentTag,
    deleteExperimentTag: async (experiment_id, key, signal) => {
      try {
        await post('experiments/delete-experiment-tag', { experiment_id, key }, signal);
      } catch (error) {
        if (!isMissingEndpoint(error)) throw error;
        await setExperimentTag(experiment_id, key, '', signal);
      }
    },
    deleteExperiment: (experiment_id, signal) => post('experiments/delete', { experiment_id }, signal),
    restoreExperiment: (experiment_id, signal) => post('experiments/restore', { experiment_id }, signal),

    createRun: (experiment_id, run_name, signal) =>
      client.create(
        'run.info.run_id',
        `${api}/runs/create`,
        { experiment_id, run_name, start_time: Date.now() },
        signal,
      ),
    renameRun: (run_id, run_name, signal) => post('runs/update', { run_id, run_name }, signal),
    setRunTag: (run_id, key, value, signal) => post('runs/set-tag', { run_id, key, value }, signal),
    deleteRunTag: (run_id, key, signal) => post('runs/delete-tag', { run_id, key }, signal),
    deleteRun: (run_id, signal) => post('runs/delete', { run_id }, signal),
    restoreRun: (run_id, signal) => post('runs/restore', { run_id }, signal),
    endRun: (run_id, status, end_time, signal) => post('runs/update', { run_id, status, end_time }, signal),
  };
}

/** A version there waits for its files, which MLflow's Python client uploads with credentials of their own. */
const unityCatalogUploads =
  'Unity Catalog takes new versions only with their files: register this model by mlflow.register_model in Python.';

/** Registered models and their versions (reference/REST.md §6), or Unity Catalog's. */
function createRegistryEditor(client: RestClient, base: string): RegistryEditor {
  const post = poster(client, base);
  const send = (method: Change['method'], path: string, body: object, signal: AbortSignal) =>
    client.change({ method, path: `${base}/${path}`, body }, signal);
  const patch = (path: string, body: object, signal: AbortSignal) => send('PATCH', path, body, signal);
  const remove = (path: string, body: object, signal: AbortSignal) => send('DELETE', path, body, signal);
  return {
    createModel: (name, signal) => post('registered-models/create', { name }, signal),
    renameModel: (name, new_name, signal) =>
      base === api
        ? post('registered-models/rename', { name, new_name }, signal)
        : patch('registered-models/update', { name, new_name }, signal),
    describeModel: (name, description, signal) =>
      patch('registered-models/update', { name, description }, signal),
    deleteModel: (name, signal) => remove('registered-models/delete', { name }, signal),
    setModelTag: (name, key, value, signal) =>
      post('registered-models/set-tag', { name, key, value }, signal),
    deleteModelTag: (name, key, signal) => remove('registered-models/delete-tag', { name, key }, signal),

    createVersion: async ({ name, source, runId, modelId }, signal) => {
      if (base !== api) throw new TrackingError('rejected', unityCatalogUploads);
      const body = { name, source, run_id: runId, model_id: modelId };
      return await client.create('model_version.version', `${base}/model-versions/create`, body, signal);
    },
    describeVersion: (key, description, signal) =>
      patch('model-versions/update', { ...plain(key), description }, signal),
    deleteVersion: (key, signal) => remove('model-versions/delete', plain(key), signal),
    setVersionTag: (key, tag, value, signal) =>
      post('model-versions/set-tag', { ...plain(key), key: tag, value }, signal),
    deleteVersionTag: (key, tag, signal) =>
      remove('model-versions/delete-tag', { ...plain(key), key: tag }, signal),
    setStage: (key, stage, archive_existing_versions, signal) =>
      post('model-versions/transition-stage', { ...plain(key), stage, archive_existing_versions }, signal),

    setAlias: (name, alias, version, signal) =>
      post('registered-models/alias', { name, alias, version }, signal),
    deleteAlias: (name, alias, signal) => remove('registered-models/alias', { name, alias }, signal),
  };
}

function poster(client: RestClient, base: string) {
  return (path: string, body: object, signal: AbortSignal): Promise<void> =>
    client.change({ method: 'POST', path: `${base}/${path}`, body }, signal);
}

/** Callers may pass more than the key, which a server should not be sent. */
function plain({ name, version }: VersionKey): VersionKey {
  return { name, version };
}
