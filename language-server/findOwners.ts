import type { CancellationToken } from 'vscode-languageserver';
import { type FileReader, isOwnerName } from './files';

const deepest = 8;
const mostFolders = 5_000;
const mostOwners = 1_000;
/** Where no MLproject or MLmodel of the user's own lies. */
const skipped = /^(\..*|node_modules|mlruns|mlartifacts|site-packages|__pycache__|venv|env)$/;

/** URIs of the MLprojects and MLmodels below workspace folders, the nearest first. Bounded. */
export async function findOwners(
  folders: readonly string[],
  files: FileReader,
  token: CancellationToken,
): Promise<readonly string[]> {
  const found: string[] = [];
  let level = folders.map((uri) => (uri.endsWith('/') ? uri : `${uri}/`));
  let looked = 0;
  for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (++looked > mostFolders || found.length >= mostOwners || token.isCancellationRequested) return found;
      for (const { name, kind } of await files.list(folder)) {
        const uri = folder + encodeURIComponent(name);
        if (kind === 'directory' && !skipped.test(name)) next.push(`${uri}/`);
        if (kind === 'file' && isOwnerName(name)) found.push(uri);
      }
    }
    level = next;
  }
  return found;
}
