import { findLocalPath } from './localPath';
import { readTrackingUri } from './trackingUri';

/** An entry of the setting `mlflow.connections`. */
export interface KeptConnection {
  readonly name: string;
  /** As it stands in the setting. */
  readonly uri: string;
  readonly scope: 'user' | 'workspace';
}

/** Reads what one scope of the setting says; what is no connection is left out. */
export function readKept(value: unknown, scope: KeptConnection['scope']): readonly KeptConnection[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { name, uri } = entry as { readonly name?: unknown; readonly uri?: unknown };
    const isConnection = typeof name === 'string' && typeof uri === 'string';
    return isConnection && name.trim() !== '' && uri.trim() !== '' ? [{ name: name.trim(), uri, scope }] : [];
  });
}

/** The kept connection that leads to the same place; relative paths begin at the first of the folders. */
export function findKept(
  place: { readonly uri: string; readonly path?: string | undefined },
  kept: readonly KeptConnection[],
  folders: readonly string[],
): KeptConnection | undefined {
  const wanted = placeKey(place);
  return kept.find(({ uri }) => placeKey(locate(uri, folders)) === wanted);
}

/** What is wrong with a name for a connection that is not kept yet; undefined when nothing is. */
export function findNameProblem(name: string, kept: readonly KeptConnection[]): string | undefined {
  if (name.trim() === '') return 'Enter a name.';
  const isTaken = kept.some((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  return isTaken ? `There is a connection named “${name.trim()}” already.` : undefined;
}

/** The same for two places exactly if they are one: both names of this machine, a relative path and its absolute one. */
export function placeKey({
  uri,
  path,
}: {
  readonly uri: string;
  readonly path?: string | undefined;
}): string {
  return path ?? uri.replace('//localhost', '//127.0.0.1');
}

/** Where a URI leads that was written in the workspace. */
export function locate(
  uri: string,
  folders: readonly string[],
): { readonly uri: string; readonly path: string | undefined } {
  const read = readTrackingUri(uri);
  return { uri: read.uri, path: findLocalPath(read.uri, folders[0]) };
}
