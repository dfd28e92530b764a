import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { demoStore } from '../../support/localStores';
import type { Payload } from './canary';

/** What there is besides the payloads, so that a person finds the way to them: first in each list. */
export const guide = '!Guide';

/** Tables of the demo's own things. */
const emptied = [
  'experiments',
  'experiment_tags',
  'runs',
  'registered_models',
  'model_versions',
  'logged_models',
];

/** Below the artifacts. */
const filesFolder = 'files';
const modelFolder = 'model';

const runId = 'f'.repeat(32);
const now = 1_790_000_000_000;

/**
 * Makes FOLDER/mlflow.db, whose tables a real MLflow made, and FOLDER/mlartifacts: for each payload an experiment, a run, a
 * registered model and, of the guiding ones among these, a parameter, metric, tag, dataset, model, artifact, version and a
 * column of the signature. Written by SQL, since MLflow refuses some names that a server may well answer.
 */
export function makeHostileStore(folder: string, payloads: readonly Payload[]): void {
  const path = join(folder, 'mlflow.db');
  copyFileSync(join(demoStore(), 'mlflow.db'), path);
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA foreign_keys = OFF; BEGIN');
    for (const table of emptied) database.exec(`DELETE FROM ${table}`);
    const insert = (table: string, row: Row) => insertRow(database, table, row);
    insertGuides(insert);
    payloads.forEach(({ text }, index) => insertAll(insert, text.replaceAll('\0', '\u0001'), index + 1));
    database.exec('COMMIT');
  } finally {
    database.close();
  }
  writeArtifacts(folder, payloads);
}

type Row = Readonly<Record<string, string | number>>;
type Insert = (table: string, row: Row) => void;

function insertRow(database: DatabaseSync, table: string, row: Row): void {
  const columns = Object.keys(row);
  const sql = `INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  database.prepare(sql).run(...Object.values(row));
}

function insertGuides(insert: Insert): void {
  insertExperiment(insert, 1, guide, now + 1000);
  insertRun(insert, runId, guide, now + 1000);
  insert('registered_models', {
    name: guide,
    creation_time: now,
    last_updated_time: now,
    description: guide,
  });
}

function insertAll(insert: Insert, text: string, index: number): void {
  const key = text.slice(0, 5000);
  const run_uuid = runId;
  insertExperiment(insert, index + 1, text, now - index);
  insert('experiment_tags', { key: 'mlflow.note.content', value: text, experiment_id: index + 1 });
  insertRun(insert, String(index).padStart(32, '0'), text, now - index);
  insert('params', { key, value: text, run_uuid });
  insert('tags', { key, value: text, run_uuid });
  insert('latest_metrics', { key, value: index, timestamp: now, step: 1, is_nan: 0, run_uuid });
  insert('metrics', { key, value: index, timestamp: now, step: 1, is_nan: 0, run_uuid });
  insertDataset(insert, text, index);
  insertModels(insert, text, index);
}

function insertExperiment(insert: Insert, experiment_id: number, name: string, time: number): void {
  const times = { creation_time: time, last_update_time: time };
  insert('experiments', {
    experiment_id,
    name,
    artifact_location: name,
    lifecycle_stage: 'active',
    ...times,
  });
}

function insertRun(insert: Insert, run_uuid: string, name: string, time: number): void {
  const state = { status: 'FINISHED', lifecycle_stage: 'active', experiment_id: 1, source_type: 'LOCAL' };
  const times = { start_time: time, end_time: time };
  insert('runs', {
    run_uuid,
    name,
    user_id: name,
    source_name: name,
    artifact_uri: `mlflow-artifacts:/${filesFolder}`,
    ...state,
    ...times,
  });
  for (const tag of ['user', 'note.content', 'source.name', 'source.git.commit', 'source.git.repoURL']) {
    insert('tags', { key: `mlflow.${tag}`, value: name, run_uuid });
  }
}

function insertDataset(insert: Insert, text: string, index: number): void {
  const dataset_uuid = `d${index}`;
  const dataset = { name: text, digest: text, dataset_source_type: text, dataset_source: text };
  const ends = {
    source_type: 'DATASET',
    source_id: dataset_uuid,
    destination_type: 'RUN',
    destination_id: runId,
  };
  insert('datasets', {
    dataset_uuid,
    experiment_id: 1,
    ...dataset,
    dataset_schema: text,
    dataset_profile: text,
  });
  insert('inputs', { input_uuid: dataset_uuid, ...ends });
  insert('input_tags', { input_uuid: dataset_uuid, name: 'mlflow.data.context', value: text });
}

function insertModels(insert: Insert, text: string, index: number): void {
  const times = { creation_time: now, last_updated_time: now };
  const storage_location = `mlflow-artifacts:/${modelFolder}`;
  const state = { status: 'FAILED_REGISTRATION', status_message: text, user_id: text, current_stage: text };
  insert('registered_models', { name: text, ...times, description: text });
  insert('registered_model_tags', { name: text, key: text, value: text });
  insert('registered_model_aliases', { name: text, alias: text, version: 1 });
  insert('registered_model_aliases', { name: guide, alias: text, version: index });
  const version = {
    name: guide,
    version: index,
    description: text,
    run_id: runId,
    source: text,
    storage_location,
  };
  insert('model_versions', { ...version, ...state, ...times });
  insert('model_version_tags', { name: guide, version: 1, key: text, value: text });
  const ends = {
    source_type: 'RUN_OUTPUT',
    source_id: runId,
    destination_type: 'MODEL_OUTPUT',
    destination_id: `m${index}`,
  };
  const stamps = { creation_timestamp_ms: now, last_updated_timestamp_ms: now };
  const model = { model_id: `m${index}`, experiment_id: 1, name: text, artifact_location: '', status: 2 };
  insert('logged_models', {
    ...model,
    ...stamps,
    lifecycle_stage: 'active',
    model_type: text,
    source_run_id: runId,
  });
  insert('inputs', { input_uuid: `o${index}`, ...ends });
}

/** File names cannot hold all that a server may say. */
function writeArtifacts(folder: string, payloads: readonly Payload[]): void {
  const model = join(folder, 'mlartifacts', modelFolder);
  const files = join(folder, 'mlartifacts', filesFolder);
  for (const made of [model, files]) mkdirSync(made, { recursive: true });
  const columns = payloads.map(({ text }) => ({ name: text.slice(0, 5000), type: text.slice(0, 5000) }));
  const signature = { inputs: JSON.stringify(columns) };
  writeFileSync(join(model, 'MLmodel'), JSON.stringify({ signature }));
  for (const { text } of payloads) {
    const name = text
      .replaceAll('/', '\u2215')
      .replace(/\p{Cs}|\0/gu, '')
      .slice(0, 60);
    if (!/^\.*$/.test(name)) writeFileSync(join(files, name), text);
  }
}
