import { createHash } from 'node:crypto';
import { join } from 'node:path';

/**
 * Where the runs of a workspace lie, which all its windows share; `opened` has the addresses of its file or folders, none in a window
 * without. It is not what VS Code calls the workspace's storage: of that, each window beyond the first has one of its own.
 */
export function findRunsFolder(storage: string, opened: readonly string[]): string {
  const workspace = createHash('sha256').update(opened.join('\n')).digest('hex').slice(0, 16);
  return join(storage, 'runs', workspace);
}
