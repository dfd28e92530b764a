import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TrackingError, type TrackingErrorKind } from '../../../../extension/tracking/errors';
import {
  fingerprintOf,
  insertRun,
  listRuns,
  makeDatabase,
  openReader,
  removeDatabases,
  sampleSql,
} from './sampleDatabase';

function hasKind(kind: TrackingErrorKind, message?: RegExp): (error: unknown) => boolean {
  return (error) => {
    ok(error instanceof TrackingError, String(error));
    equal(error.kind, kind);
    match(error.message, message ?? /mlflow\.db/);
    return true;
  };
}

function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

/** Runs a Python program that writes to the database at its first argument; it may kill itself. */
function python(path: string, program: string): void {
  spawnSync('python3', ['-c', `import os, sqlite3, sys\n${program}`, path], { stdio: 'inherit' });
}

describe('A reader of mlflow.db', () => {
  afterEach(removeDatabases);

  it('gives steps and times beyond 2^53 exactly', () => {
    const path = makeDatabase(`${sampleSql}
      INSERT INTO latest_metrics VALUES ('m', 0.5, 7, 9007199254740993, 0, 'a');
      INSERT INTO metrics VALUES ('m', 0.5, 7, 'a', 9007199254740993, 0)`);
    const reader = openReader(path);
    deepEqual(reader.getRun('a').metrics.get('m'), { value: 0.5, timestamp: 7, step: 9007199254740993n });
    deepEqual(reader.getMetricHistory('a', 'm').steps, new BigInt64Array([9007199254740993n]));
    reader.close();
  });

  it('gives infinity and NaN back as they were logged', () => {
    const path = makeDatabase(`${sampleSql} INSERT INTO latest_metrics VALUES
      ('up', 1.7976931348623157e308, 1, 0, 0, 'a'), ('down', -1.7976931348623157e308, 1, 0, 0, 'a'), ('no', 0, 1, 0, 1, 'a')`);
    const reader = openReader(path);
    const values = [...reader.getRun('a').metrics].map(([key, { value }]) => [key, value]);
    deepEqual(
      new Map(values as [string, number][]),
      new Map([
        ['up', Infinity],
        ['down', -Infinity],
        ['no', NaN],
      ]),
    );
    reader.close();
  });

  it('shows what can be read of a run with damaged fields, names the damage, and all other runs', () => {
    const path = makeDatabase(`${sampleSql} ${insertRun('b')}; ${insertRun('c')};
      INSERT INTO params VALUES ('p', CAST(x'61ff62' AS TEXT), 'a'), ('q', 'whole', 'b');
      UPDATE runs SET start_time = 'soon', status = NULL WHERE run_uuid = 'c';
      INSERT INTO latest_metrics VALUES ('m', 'high', NULL, NULL, 0, 'b'), ('__proto__', 1, 1, 1, 0, 'b')`);
    const reader = openReader(path);
    deepEqual(listRuns(reader).toSorted(), ['a', 'b', 'c']);
    const a = reader.getRun('a');
    const b = reader.getRun('b');
    const c = reader.getRun('c');
    match(a.problem ?? '', /parameter p is not valid UTF-8/);
    equal(b.params.get('q'), 'whole');
    equal(b.metrics.get('__proto__')?.value, 1);
    match(b.problem ?? '', /metric m is not a number/);
    equal(c.startedAt, undefined);
    equal(c.status, 'UNKNOWN');
    match(c.problem ?? '', /status is missing/);
    reader.close();
  });

  it('computes the latest metrics of a database from before MLflow kept them', () => {
    const path = makeDatabase(`${sampleSql} DROP TABLE latest_metrics;
      INSERT INTO metrics VALUES ('m', 1, 5, 'a', 3, 0), ('m', 2, 9, 'a', 2, 0), ('m', 3, 4, 'a', 3, 0)`);
    const reader = openReader(path);
    deepEqual(reader.getRun('a').metrics.get('m'), { value: 1, timestamp: 5, step: 3 });
    const query = { experimentIds: ['1'], view: 'active', pageSize: 5 } as const;
    equal(reader.searchRuns({ ...query, filter: 'metrics.m = 1' }).items.length, 1);
    equal(reader.searchRuns({ ...query, filter: 'metrics.m = 2' }).items.length, 0);
    reader.close();
  });

  it('says what is wrong with a file that is no database of MLflow', () => {
    const path = makeDatabase();
    const fail = (kind: TrackingErrorKind, message?: RegExp): void => {
      const reader = openReader(path);
      throws(() => reader.connect(), hasKind(kind, message));
      reader.close();
    };
    for (const content of ['x', 'no database at all '.repeat(200)]) {
      writeFileSync(path, content);
      fail('damaged', /not an SQLite database/);
    }
    writeFileSync(path, '');
    fail('damaged', /empty/);
    rmSync(path);
    fail('missing');
    mkdirSync(path);
    fail('noAccess', /folder/);
    const foreign = openReader(makeDatabase('CREATE TABLE other (a)'));
    throws(() => foreign.connect(), hasKind('damaged', /not one of MLflow's/));
    foreign.close();
  });

  it('reads on after its file was replaced, and after it was gone and came back', () => {
    const path = makeDatabase();
    const reader = openReader(path);
    deepEqual(listRuns(reader), ['a']);
    renameSync(makeDatabase(`${sampleSql} ${insertRun('b', 5)}`), path);
    deepEqual(listRuns(reader), ['b', 'a']);
    renameSync(path, `${path}.away`);
    throws(() => listRuns(reader), hasKind('missing'));
    renameSync(`${path}.away`, path);
    deepEqual(listRuns(reader), ['b', 'a']);
    reader.close();
  });

  it('says that another program has locked the database, and reads it once that is over', () => {
    const path = makeDatabase();
    const other = new DatabaseSync(path);
    other.exec('BEGIN EXCLUSIVE');
    const reader = openReader(path);
    throws(() => listRuns(reader), hasKind('locked'));
    other.exec('ROLLBACK');
    deepEqual(listRuns(reader), ['a']);
    other.close();
    reader.close();
  }).timeout(20_000);

  it('leaves no log beside a database that keeps one, and sees what is written to it', () => {
    const path = makeDatabase(`PRAGMA journal_mode = wal; ${sampleSql}`);
    const before = fingerprintOf(dirname(path));
    equal(before.length, 1);
    const reader = openReader(path);
    deepEqual(listRuns(reader), ['a']);
    deepEqual(fingerprintOf(dirname(path)), before);
    const writer = new DatabaseSync(path);
    writer.exec(insertRun('b', 5));
    deepEqual(listRuns(reader), ['b', 'a']);
    writer.close();
    deepEqual(listRuns(reader), ['b', 'a']);
    reader.close();
  });

  it('reads the log that a killed writer left, with and without its index, and changes neither', () => {
    const path = makeDatabase(`PRAGMA journal_mode = wal; ${sampleSql}`);
    python(
      path,
      `c = sqlite3.connect(sys.argv[1]); c.execute("""${insertRun('b', 5)}"""); c.commit(); os.kill(os.getpid(), 9)`,
    );
    for (const files of [3, 2]) {
      if (files === 2) rmSync(`${path}-shm`);
      const before = fingerprintOf(dirname(path));
      equal(before.length, files);
      const reader = openReader(path);
      deepEqual(listRuns(reader), ['b', 'a']);
      reader.close();
      deepEqual(fingerprintOf(dirname(path)), before);
    }
    deepEqual(privateCopies(), []);
  });

  it('rolls a half-written transaction back in a copy of its own, and reads in place once MLflow has', () => {
    const path = makeDatabase();
    python(
      path,
      `c = sqlite3.connect(sys.argv[1]); c.execute('pragma cache_size = 2'); c.execute("""${insertRun('b', 5)}""")
for i in range(5000): c.execute("insert into tags values (?, 'some longer text', 'b')", (str(i),))
os.kill(os.getpid(), 9)`,
    );
    const before = fingerprintOf(dirname(path));
    equal(before.length, 2);
    const reader = openReader(path);
    deepEqual(listRuns(reader), ['a']);
    deepEqual(fingerprintOf(dirname(path)), before);
    change(path, insertRun('c', 7));
    deepEqual(listRuns(reader), ['c', 'a']);
    reader.close();
    deepEqual(privateCopies(), []);
  });

  for (const mode of ['delete', 'wal']) {
    it(`shows whole transactions only, beside a writer with journal mode ${mode}`, async () => {
      const path = makeDatabase(`PRAGMA journal_mode = ${mode}; ${sampleSql}`);
      const writer = spawn('python3', ['-c', pairWriter, path], { stdio: ['pipe', 'pipe', 'inherit'] });
      await once(writer.stdout, 'data');
      const reader = openReader(path);
      const seen = new Set<number>();
      while (seen.size < 20) {
        const { length } = listRuns(reader);
        equal(length % 2, 1, `${length} runs`);
        seen.add(length);
      }
      writer.stdin.end();
      await once(writer, 'exit');
      reader.close();
    }).timeout(60_000);
  }

  it('tells when the database is written to or replaced', async () => {
    const path = makeDatabase();
    const reader = openReader(path);
    let tell: (() => void) | undefined;
    const nextChange = (): Promise<void> => new Promise((resolve) => (tell = resolve));
    reader.watch(({ kind }) => {
      equal(kind, 'all');
      tell?.();
    });
    let changed = nextChange();
    change(path, insertRun('b', 5));
    await changed;
    changed = nextChange();
    rmSync(path);
    await changed;
    changed = nextChange();
    renameSync(makeDatabase(), path);
    await changed;
    reader.close();
  });

  it('finishes nothing that nobody waits for any more', () => {
    const reason = new Error('enough');
    const path = makeDatabase();
    let calls = 0;
    const reader = openReader(path, () => {
      if (++calls === 4) throw reason;
    });
    throws(() => listRuns(reader), reason);
    deepEqual(listRuns(reader), ['a']);
    reader.close();
  });
});

const pairWriter = `
import select, sqlite3, sys, time
c = sqlite3.connect(sys.argv[1], timeout=20)
i = 0
while not select.select([sys.stdin], [], [], 0)[0]:
    for half in 'xy':
        c.execute("insert into runs values (?, '', '', 'FINISHED', 1, 2, 'active', '', 1)", (half + str(i),))
    c.commit()
    # MLflow, too, leaves gaps in which others can take the lock.
    time.sleep(0.005)
    i += 1
    if i == 1: print('ready', flush=True)
    if i % 100 == 0: c.execute('delete from runs where run_uuid != "a"'); c.commit()
`;

/** Copies that readers left behind. */
function privateCopies(): readonly string[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith(`mlflow-lens-copy-${process.pid}-`))
    .map((name) => join(tmpdir(), name));
}
