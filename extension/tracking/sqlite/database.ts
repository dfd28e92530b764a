import { basename } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { TrackingError } from '../errors';
import type { ReaderOptions } from '../local/storeReader';
import type { Row } from './cells';
import { inspectFiles, type DatabaseFiles } from './databaseFiles';
import { loadSqlite } from './nodeSqlite';
import { makePrivateCopy, type PrivateCopy } from './privateCopy';
import { Schema } from './schema';
import { isHotJournal, toTrackingError } from './sqliteFailure';

/** One read transaction: all that is asked of it is of the same moment. */
export interface Reading {
  readonly schema: Schema;
  /** All rows of a statement, in arrays. Throws a TrackingError. */
  rows(sql: string, ...parameters: readonly SQLInputValue[]): readonly Row[];
  throwIfAborted(): void;
}

/** How the files are opened, so that none of them changes and none is left behind. */
type Mode =
  /** With a rollback journal SQLite only takes locks. */
  | 'plain'
  /** With a log but nobody who has it open: SQLite would leave a log and its index behind, so it is told to look at the
   * database alone, and every reading is checked afterwards. */
  | 'immutable'
  /** With a log and its index: the index is opened for reading only. */
  | 'sharedLog'
  /** What cannot be read in place: a journal to roll back, a log without its index. */
  | 'copy';

interface Connection {
  readonly mode: Mode;
  readonly database: DatabaseSync;
  readonly files: DatabaseFiles;
  readonly copy: PrivateCopy | undefined;
}

/** In milliseconds; MLflow's own transactions take less, unless a large batch is logged. */
const busyTimeout = 2000;

/** In milliseconds, for who asks within a second of having been kept out: calls wait in line, and all would wait in vain. */
const shortTimeout = 50;
const stillLocked = 1000;

const mostAttempts = 5;

/** An mlflow.db, opened when it is first read, and again when another file lies in its place. */
export class Database {
  private connection: Connection | undefined;
  private lockedAt = -Infinity;
  private schema: { readonly version: unknown; readonly schema: Schema } | undefined;

  constructor(private readonly options: ReaderOptions) {}

  /**
   * Runs `work` in one read transaction. Throws TrackingErrors: 'missing', 'noAccess', 'locked' after two seconds,
   * 'damaged', and what `work` throws.
   */
  read<T>(work: (reading: Reading) => T): T {
    const { path } = this.options;
    let needsCopy = false;
    for (let attempt = 1; ; attempt++) {
      let connection: Connection | undefined;
      try {
        connection = this.connect(inspectFiles(path), needsCopy);
        this.limitWaiting(connection.database);
        const answer = this.transact(connection.database, work);
        if (this.isStillTrue(connection)) return answer;
      } catch (error) {
        const isOutdated = connection !== undefined && !this.isStillTrue(connection);
        const isHot = isHotJournal(error) && connection?.mode !== 'copy';
        if (!isOutdated && !isHot) throw this.explain(error);
        needsCopy = isHot;
      }
      this.close();
      this.options.throwIfAborted();
      if (attempt === mostAttempts) {
        throw new TrackingError('locked', `${basename(path)} is being written to by another program.`);
      }
    }
  }

  private limitWaiting(database: DatabaseSync): void {
    const isShort = performance.now() - this.lockedAt < stillLocked;
    database.exec(`PRAGMA busy_timeout = ${isShort ? shortTimeout : busyTimeout}`);
  }

  private explain(error: unknown): unknown {
    const failure = toTrackingError(error, this.options.path);
    if (failure instanceof TrackingError && failure.kind === 'locked') this.lockedAt = performance.now();
    return failure;
  }

  /** Closes the files and removes a private copy; reading opens them anew. */
  close(): void {
    const { connection } = this;
    this.connection = undefined;
    this.schema = undefined;
    try {
      connection?.database.close();
    } finally {
      connection?.copy?.remove();
    }
  }

  private connect(files: DatabaseFiles, needsCopy: boolean): Connection {
    const current = this.connection;
    if (current && !needsCopy && this.mayServe(current, files)) return current;
    this.close();
    const mode = needsCopy ? 'copy' : chooseMode(files);
    const { DatabaseSync } = loadSqlite();
    const copy = mode === 'copy' ? makePrivateCopy(this.options.path) : undefined;
    try {
      const location = copy?.path ?? toLocation(this.options.path, mode);
      const database = new DatabaseSync(location, { readOnly: !copy, timeout: busyTimeout });
      this.connection = { mode, database, files, copy };
      // MLflow's stores compare with LIKE by case, and with ILIKE by lower().
      database.exec('PRAGMA case_sensitive_like = 1; PRAGMA cache_size = -32768;');
      return this.connection;
    } catch (error) {
      if (this.connection) this.close();
      else copy?.remove();
      throw error;
    }
  }

  private mayServe({ mode, files, copy }: Connection, now: DatabaseFiles): boolean {
    if (files.identity !== now.identity) return false;
    if (mode === 'copy') return copy?.stamp === now.stamp;
    if (mode === 'immutable') return files.stamp === now.stamp;
    return mode === chooseMode(now);
  }

  /** Whether nothing was written meanwhile that SQLite, told to look at the database alone, would not have noticed. */
  private isStillTrue({ mode, files }: Connection): boolean {
    if (mode !== 'immutable') return true;
    try {
      return inspectFiles(this.options.path).stamp === files.stamp;
    } catch {
      return false;
    }
  }

  private transact<T>(database: DatabaseSync, work: (reading: Reading) => T): T {
    const { path, throwIfAborted } = this.options;
    throwIfAborted();
    const rows = (sql: string, ...parameters: readonly SQLInputValue[]): readonly Row[] => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      // A step beyond 2^53 could not be read at all otherwise.
      statement.setReadBigInts(true);
      return statement.all(...parameters) as unknown as readonly Row[];
    };
    database.exec('BEGIN');
    try {
      // The first statement takes the snapshot. Its failure is told apart from what the work meets.
      const schema = this.readSchema(rows);
      const guarded: Reading['rows'] = (sql, ...parameters) => {
        throwIfAborted();
        try {
          return rows(sql, ...parameters);
        } catch (error) {
          throw toTrackingError(error, path);
        }
      };
      return work({ schema, rows: guarded, throwIfAborted });
    } finally {
      if (database.isTransaction) database.exec('ROLLBACK');
    }
  }

  private readSchema(rows: Reading['rows']): Schema {
    const version = rows('PRAGMA schema_version')[0]?.[0];
    if (this.schema && this.schema.version === version) return this.schema.schema;
    const columns = rows(
      "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'",
    );
    const schema = new Schema(columns.map(([table, column]) => [String(table), String(column)]));
    if (!schema.hasColumn('runs', 'run_uuid') || !schema.hasColumn('experiments', 'experiment_id')) {
      const name = basename(this.options.path);
      throw new TrackingError('damaged', `${name} is a database, but not one of MLflow's: it has no runs.`);
    }
    this.schema = { version, schema };
    return schema;
  }
}

function chooseMode({ isWal, logSize, hasLogIndex }: DatabaseFiles): Mode {
  if (!isWal && !logSize) return 'plain';
  if (logSize === undefined) return 'immutable';
  if (hasLogIndex) return 'sharedLog';
  return logSize === 0 ? 'immutable' : 'copy';
}

function toLocation(path: string, mode: Mode): string {
  const url = pathToFileURL(path).href;
  if (mode === 'immutable') return `${url}?immutable=1`;
  return mode === 'sharedLog' ? `${url}?readonly_shm=1` : url;
}
