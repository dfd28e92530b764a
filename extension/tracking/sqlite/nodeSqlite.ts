import type * as sqlite from 'node:sqlite';
import { TrackingError } from '../errors';

/**
 * The platform's own SQLite. Throws a TrackingError 'unsupported' where the extension host's Node.js has none, which is
 * before VS Code 1.105.
 */
export function loadSqlite(): typeof sqlite {
  const module = process.getBuiltinModule('node:sqlite') as typeof sqlite | undefined;
  if (module) return module;
  throw new TrackingError(
    'unsupported',
    'This VS Code cannot read SQLite databases by itself; update VS Code, or connect to an MLflow server.',
  );
}
