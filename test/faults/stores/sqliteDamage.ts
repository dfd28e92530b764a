import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { findPython, runScript, scriptPath } from './baseStores';
import type { Stage } from './storeCase';

/** Runs SQL on the copy with Python's SQLite. */
export async function runSql({ path }: Pick<Stage, 'path'>, sql: string): Promise<void> {
  await runScript('runSql.py', path, sql);
}

/** Has a writer die amid a transaction, so that its journal or log stays. */
export async function dieWriting({ path, victim }: Stage, mode: 'delete' | 'wal'): Promise<void> {
  const writer = spawn(await findPython(), [scriptPath('dieWriting.py'), path, mode, victim], {
    stdio: 'inherit',
  });
  await once(writer, 'exit');
  const left = `${path}-${mode === 'wal' ? 'wal' : 'journal'}`;
  if (!existsSync(left)) throw new Error(`The writer left no ${left}`);
}
