import { basename } from 'node:path';
import { maskUri } from '../processes/secretText';
import { plainText } from '../ui/text';
import type { Backend } from './backend';

/** What people call a store: the name of its file or folder, or a database's URI without its password. */
export function nameBackend({ path, uri }: Backend): string {
  return plainText(path === undefined ? maskUri(uri) : basename(path));
}

/** What somebody should know before a server opens this store; undefined where that changes nothing that matters. */
export function warnOf({ kind }: Backend): string | undefined {
  switch (kind) {
    case 'database':
      return undefined;
    case 'sqlite':
      return (
        'MLflow Lens reads this file without a server. A server may change it: MLflow rewrites a database that an ' +
        'older version made, and older versions cannot open it afterwards. Keep a copy if that matters to you.'
      );
    case 'files':
      return (
        'MLflow Lens reads this folder without a server. A server may change it: MLflow adds what it misses, such ' +
        'as an experiment named Default, and everything that programs log through the server.'
      );
  }
}
