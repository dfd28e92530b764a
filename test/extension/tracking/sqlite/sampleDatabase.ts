import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteReader } from '../../../../extension/tracking/sqlite/sqliteReader';

/** A database of MLflow's schema, as far as runs need it, with experiment 1 and its run `a`. */
export const sampleSql = `
  CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name VARCHAR(256), artifact_location VARCHAR(256),
    lifecycle_stage VARCHAR(32), creation_time BIGINT, last_update_time BIGINT);
  CREATE TABLE runs (run_uuid VARCHAR(32) PRIMARY KEY, name VARCHAR(250), user_id VARCHAR(256), status VARCHAR(9),
    start_time BIGINT, end_time BIGINT, lifecycle_stage VARCHAR(20), artifact_uri VARCHAR(200), experiment_id INTEGER);
  CREATE TABLE params (key VARCHAR(250), value VARCHAR(8000), run_uuid VARCHAR(32), PRIMARY KEY (key, run_uuid));
  CREATE TABLE tags (key VARCHAR(250), value VARCHAR(8000), run_uuid VARCHAR(32), PRIMARY KEY (key, run_uuid));
  CREATE TABLE latest_metrics (key VARCHAR(250), value FLOAT, timestamp BIGINT, step BIGINT, is_nan BOOLEAN,
    run_uuid VARCHAR(32), PRIMARY KEY (key, run_uuid));
  CREATE TABLE metrics (key VARCHAR(250), value FLOAT, timestamp BIGINT, run_uuid VARCHAR(32), step BIGINT,
    is_nan BOOLEAN, PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan));
  INSERT INTO experiments VALUES (1, 'first', 'file:///x', 'active', 1, 2);
  ${insertRun('a')};
`;

/** SQL for a finished run of experiment 1 that began at `start`. */
export function insertRun(id: string, start = 1): string {
  return `INSERT INTO runs VALUES ('${id}', 'run ${id}', 'me', 'FINISHED', ${start}, ${start + 1}, 'active', '', 1)`;
}

const made: string[] = [];

/** The path of a new database in a folder of its own, which `removeDatabases` removes. */
export function makeDatabase(sql: string = sampleSql): string {
  const path = join(mkdtempSync(join(tmpdir(), 'mlflow-lens-sqlite-')), 'mlflow.db');
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
  made.push(path);
  return path;
}

export function removeDatabases(): void {
  for (const path of made.splice(0)) rmSync(dirname(path), { recursive: true, force: true });
}

export function openReader(path: string, throwIfAborted: () => void = () => undefined): SqliteReader {
  return new SqliteReader({ path, throwIfAborted });
}

/** The ids of experiment 1's runs. */
export function listRuns(reader: SqliteReader): readonly string[] {
  const query = { experimentIds: ['1'], view: 'all', pageSize: 1000 } as const;
  return reader.searchRuns(query).items.map(({ id }) => id);
}

/** Names and contents of all files in a folder. */
export function fingerprintOf(folder: string): readonly string[] {
  const digest = (name: string): string =>
    createHash('md5')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return readdirSync(folder)
    .sort()
    .map((name) => `${name} ${digest(name)}`);
}
