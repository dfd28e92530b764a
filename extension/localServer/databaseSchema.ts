import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { ignoreCurrentFolder } from '../processes/importPath';
import { composePythonEnvironment } from '../processes/pythonEnvironment';
import { runProgram } from '../processes/runProgram';
import type { Program } from '../processes/program';

/**
 * How a database's schema stands to a Python's MLflow: an `older` one has to be migrated before that MLflow changes anything
 * in it, and a `newer` one it cannot open at all.
 */
export type SchemaState = 'current' | 'older' | 'newer';

/** Reads the database without touching a file beside it. */
const readState = `${ignoreCurrentFolder}
import sqlite3, urllib.parse
from alembic.script import ScriptDirectory
from mlflow.store.db.utils import _get_alembic_config
script = ScriptDirectory.from_config(_get_alembic_config(db_url=""))
path = urllib.parse.quote(sys.argv[1])
database = sqlite3.connect("file:" + path + "?mode=ro&immutable=1", uri=True)
try:
    current = database.execute("SELECT version_num FROM alembic_version").fetchone()[0]
except (sqlite3.OperationalError, TypeError):
    current = None
known = [one.revision for one in script.walk_revisions()]
state = "current" if current in script.get_heads() else "older" if current in [None, *known] else "newer"
print(state)
`;

const copy = `${ignoreCurrentFolder}
import sqlite3
source, target = (sqlite3.connect(path) for path in sys.argv[1:])
with target:
    source.backup(target)
target.close()
`;

/** As long as a large database may take. */
const longestMs = 3_600_000;

/** Rejects with what Python complained of, or with the signal's reason. Takes some seconds: MLflow is imported. */
export async function readSchemaState(
  python: string,
  path: string,
  signal?: AbortSignal,
): Promise<SchemaState> {
  const written = await runProgram(compose(python, ['-c', readState, path]), { ...(signal && { signal }) });
  const answer = written.trim().split(/\s/).at(-1);
  if (answer === 'current' || answer === 'older' || answer === 'newer') return answer;
  throw new Error(`Python said “${answer}” of the schema.`);
}

/** Copies the database as it is now, and answers where to: beside it, where nothing was. */
export async function backUpDatabase(python: string, path: string): Promise<string> {
  let target = `${path}.backup`;
  for (let count = 2; existsSync(target); count++) target = `${path}.backup-${count}`;
  await runProgram(compose(python, ['-c', copy, path, target]), { timeoutMs: longestMs });
  return target;
}

/** `mlflow db upgrade`. */
export async function migrateDatabase(python: string, uri: string): Promise<void> {
  await runProgram(compose(python, ['-m', 'mlflow', 'db', 'upgrade', uri]), { timeoutMs: longestMs });
}

function compose(python: string, args: readonly string[]): Program {
  const env = composePythonEnvironment(python, process.env, (name) => !/^_?MLFLOW_TRACKING_/.test(name));
  return { program: python, args, cwd: tmpdir(), env: { ...env, PYTHONSAFEPATH: '1' } };
}
