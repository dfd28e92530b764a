import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  backUpDatabase,
  migrateDatabase,
  readSchemaState,
} from '../../../extension/localServer/databaseSchema';
import { demoStore } from '../../support/localStores';
import { seededStore } from '../../support/mlflowServer';
import { ensureMlflow } from '../../support/tools';

describe('The schema of a database that is to be changed', function () {
  this.timeout(300_000);
  let folder: string;
  let path: string;
  let newest: string;

  beforeEach(async () => {
    newest = (await ensureMlflow('newest')).python;
    folder = await mkdtemp(join(tmpdir(), 'mlflow schema #1 100%-'));
    path = join(folder, 'mlflow.db');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const digest = async (file: string) =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex');

  it('is current where the same MLflow made it, and looking changes nothing', async () => {
    await copyFile(join(demoStore(), 'mlflow.db'), path);
    const before = await digest(path);
    equal(await readSchemaState(newest, path), 'current');
    equal(await digest(path), before);
    deepEqual(await readdir(folder), ['mlflow.db']);
  });

  it('is newer than an older MLflow knows', async () => {
    await copyFile(join(demoStore(), 'mlflow.db'), path);
    equal(await readSchemaState((await ensureMlflow('oldest')).python, path), 'newer');
  });

  it('is migrated from an older one, after a copy that stays as it was', async () => {
    await copyFile(join(await seededStore('oldest'), 'mlflow.db'), path);
    equal(await readSchemaState(newest, path), 'older');
    const copy = await backUpDatabase(newest, path);
    equal(copy, `${path}.backup`);
    await migrateDatabase(newest, `sqlite:///${path}`);
    equal(await readSchemaState(newest, path), 'current');
    equal(await readSchemaState(newest, copy), 'older');
    equal(await backUpDatabase(newest, path), `${path}.backup-2`);
  });

  it('says what MLflow complains of', async () => {
    await writeFile(path, 'This is no database. '.repeat(100));
    await rejects(migrateDatabase(newest, `sqlite:///${path}`), (error: Error) => {
      match(error.message, /not a database/);
      return true;
    });
  });
});
