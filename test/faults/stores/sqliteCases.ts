import {
  chmodSync,
  cpSync,
  mkdirSync,
  openSync,
  closeSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { StoreInfo } from '../../../extension/tracking/store';
import { complainUnless, isUnharmed, storeSays, victimIs } from './checks';
import { runsIn } from './questions';
import { dieWriting, runSql } from './sqliteDamage';
import type { Check, Complaint, Stage, StoreCase } from './storeCase';

type Rest = Omit<StoreCase, 'group' | 'name' | 'inject' | 'scope' | 'check'>;
type Inject = StoreCase['inject'];

function spoilt(name: string, inject: Inject, check: Check, rest: Rest = {}): StoreCase {
  return { group: 'sqlite', name, scope: 'store', inject, check, ...rest };
}

function harmless(name: string, inject: Inject, rest: Rest = {}): StoreCase {
  return { group: 'sqlite', name, scope: 'nothing', inject, check: isUnharmed, ...rest };
}

/** SQL about the victim, in which `?` stands for its id. */
function hitRun(name: string, sql: string, check: Check): StoreCase {
  const inject = (stage: Stage): Promise<void> => runSql(stage, sql.replaceAll('?', `'${stage.victim}'`));
  return { group: 'sqlite', name, scope: 'run', inject, check };
}

/** Each question has an answer or says that the database is damaged, and not all have one. */
const saysDamaged: Check = (answers) => {
  const failures = [...answers.values()].flatMap((result) => (result.ok ? [] : [result]));
  const other = failures.find(({ kind }) => kind !== 'damaged');
  if (other) return `${other.kind}: ${other.message}`;
  return failures.length > 0 ? undefined : 'nothing is said about it';
};

const listsAll: Check = (answers, { ids }) => {
  const failure = answers.get(`runs ${ids.trees}`);
  if (failure?.ok === false) return failure.message;
  const names = runsIn(answers, ids.trees).map(({ name, metrics }) => (metrics.size === 2 ? name : '?'));
  return names.join() === 'fir,elm,cedar,birch,ash' ? undefined : `the runs are ${names.join()}`;
};

function lossIs(value: number, step: number | bigint): Check {
  return victimIs(({ metrics }): Complaint => {
    const loss = metrics.get('loss');
    if (loss && Object.is(loss.value, value) && loss.step === step) return undefined;
    return `the loss is ${loss?.value} at step ${loss?.step}`;
  });
}

function logLoss(value: string, step: string, isNan = 0): string {
  return `
    INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
      VALUES ('loss', ${value}, 1750000180000, ?, ${step}, ${isNan});
    UPDATE latest_metrics SET value = ${value}, timestamp = 1750000180000, step = ${step}, is_nan = ${isNan}
      WHERE run_uuid = ? AND key = 'loss';`;
}

function isNamed(wanted: string): Check {
  return victimIs(({ name, tags }) =>
    name === wanted && tags.size === 3 ? undefined : `the run is ${name}, with ${tags.size} tags`,
  );
}

/** What is open may stay readable. */
const stillOrNot: Rest = {
  whenOpen: {
    scope: 'store',
    check: (answers, stage) =>
      listsAll(answers, stage) === undefined
        ? undefined
        : storeSays(['noAccess', 'damaged'], /./)(answers, stage),
  },
};

/** The static SQLite rows of reference/PERFORMANCE.md §7d. */
export const sqliteCases: readonly StoreCase[] = [
  spoilt('empty', ({ path }) => truncateSync(path), storeSays(['damaged', 'notMlflow'], /empty|MLflow/)),
  spoilt(
    'a single byte',
    ({ path }) => truncateSync(path, 1),
    storeSays(['damaged', 'notMlflow'], /SQLite|database/),
  ),
  spoilt(
    'another magic',
    ({ path }) => {
      const file = openSync(path, 'r+');
      writeSync(file, 'PK\u0003\u0004 not SQLite', 0);
      closeSync(file);
    },
    storeSays(['damaged', 'notMlflow'], /SQLite|database/),
    stillOrNot,
  ),
  spoilt(
    'truncated',
    ({ path, random }) => {
      const pages = Math.floor(statSync(path).size / 4096);
      truncateSync(path, 4096 * (1 + random.below(Math.floor(pages / 2))) + random.below(4096));
    },
    saysDamaged,
  ),
  spoilt(
    'a directory',
    ({ path }) => {
      rmSync(path);
      mkdirSync(path);
    },
    storeSays(['damaged', 'notMlflow', 'noAccess'], /folder|directory/),
  ),
  spoilt(
    'no tables',
    async (stage) => {
      rmSync(stage.path);
      await runSql(stage, 'PRAGMA user_version = 7; VACUUM;');
    },
    storeSays(['notMlflow', 'damaged'], /MLflow/),
  ),
  spoilt(
    'somebody else’s tables',
    async (stage) => {
      rmSync(stage.path);
      await runSql(stage, 'CREATE TABLE runs (name TEXT); CREATE TABLE bookmarks (url TEXT);');
    },
    storeSays(['notMlflow', 'damaged'], /MLflow/),
  ),
  spoilt('a column is missing', (stage) => runSql(stage, 'ALTER TABLE runs DROP COLUMN user_id'), listsAll),
  spoilt('a table is missing', (stage) => runSql(stage, 'DROP TABLE tags'), listsAll),
  hitRun(
    'NULLs',
    `UPDATE runs SET name = NULL, status = NULL, start_time = NULL, end_time = NULL, user_id = NULL, artifact_uri = NULL
      WHERE run_uuid = ?; UPDATE params SET value = '' WHERE run_uuid = ?; DELETE FROM tags WHERE run_uuid = ?`,
    victimIs(({ status, startedAt, metrics }) =>
      status === 'UNKNOWN' && startedAt === undefined && metrics.size === 2
        ? undefined
        : `its status is ${status}`,
    ),
  ),
  hitRun(
    'bad UTF-8',
    `UPDATE params SET value = CAST(x'61ff62' AS TEXT) WHERE run_uuid = ? AND key = 'depth';
      UPDATE runs SET user_id = CAST(x'c328' AS TEXT) WHERE run_uuid = ?`,
    victimIs(({ params }) => (params.get('optimizer') === 'adam' ? undefined : 'its other param is gone')),
  ),
  hitRun('a step beyond 2^53', logLoss('0.25', '9007199254740993'), lossIs(0.25, 9007199254740993n)),
  hitRun('1.797e308 for infinity', logLoss('1.7976931348623157e308', '9'), lossIs(Infinity, 9)),
  hitRun('is_nan', logLoss('0', '9', 1), lossIs(NaN, 9)),
  harmless('a hot journal', (stage) => dieWriting(stage, 'delete')),
  {
    ...spoilt('a log left by kill -9', (stage) => dieWriting(stage, 'wal'), isNamed('committed')),
    scope: 'run',
  },
  harmless('a file that may only be read', ({ path }) => {
    chmodSync(path, 0o444);
  }),
  {
    ...spoilt(
      'a log in a folder that may only be read',
      async (stage) => {
        await dieWriting(stage, 'wal');
        rmSync(`${stage.path}-shm`);
        chmodSync(dirname(stage.path), 0o555);
      },
      isNamed('committed'),
      { isPosix: true },
    ),
    scope: 'run',
  },
  {
    ...spoilt(
      'another file in its place',
      async ({ path, victim }) => {
        const other = `${path}.new`;
        cpSync(path, other);
        await runSql({ path: other }, `UPDATE params SET value = '77' WHERE run_uuid = '${victim}'`);
        renameSync(other, path);
      },
      victimIs(({ params }) => (params.get('depth') === '77' ? undefined : 'the old file is shown')),
    ),
    scope: 'run',
  },
  harmless('10 GiB, nearly all holes', ({ path }) => {
    truncateSync(path, 10 * 2 ** 30);
  }),
  harmless('pages of 64 KiB', (stage) => runSql(stage, 'PRAGMA page_size = 65536; VACUUM;')),
  {
    ...harmless('a schema from the future', (stage) =>
      runSql(
        stage,
        "UPDATE alembic_version SET version_num = 'ffffffffffff'; ALTER TABLE runs ADD COLUMN mood TEXT DEFAULT 'fine'",
      ),
    ),
    check: (answers) => {
      const connect = answers.get('connect');
      // A store that is open has told its notice before.
      if (!connect) return undefined;
      if (!connect.ok) return connect.message;
      return complainUnless(/schema|newer/, (connect.value as StoreInfo).notice);
    },
  },
  spoilt(
    'may not be read',
    ({ path }) => {
      chmodSync(path, 0);
    },
    storeSays(['noAccess'], /permission|may not|access/i),
    { ...stillOrNot, isPosix: true },
  ),
  {
    ...harmless('a link to the database', ({ path }) => {
      renameSync(path, `${path}.real`);
      symlinkSync(`${path}.real`, path);
    }),
    isPosix: true,
  },
  spoilt(
    'deleted while it is open',
    ({ path }) => {
      rmSync(path);
    },
    storeSays(['missing'], /./),
  ),
];
