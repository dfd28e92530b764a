import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The version of a Python as what lies around it tells, so that it need not be started: `3.11.7` by the `pyvenv.cfg` of a virtual
 * environment, else `3.11` by the name of the program itself. Undefined where neither tells, or where there is no such program.
 */
export async function readPythonVersion(python: string): Promise<string | undefined> {
  const program = await realpath(python).catch(() => undefined);
  if (program === undefined) return undefined;
  const config = await readFile(join(dirname(python), '..', 'pyvenv.cfg'), 'utf8').catch(() => '');
  const written = /^version(?:_info)?\s*=\s*(\d+\.\d+(?:\.\d+)?)/m.exec(config)?.[1];
  return written ?? /python(\d\.\d+)(?:\.exe)?$/.exec(program)?.[1];
}
