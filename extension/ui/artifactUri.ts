import { createHash } from 'node:crypto';
import type { Connection } from '../connections/connection';
import { artifactScheme } from './artifactScheme';

/** A file or folder among a run's artifacts; the path is relative to their root, `''` being that itself. */
export interface ArtifactPlace {
  readonly runId: string;
  readonly path: string;
}

type KnownBy = Pick<Connection, 'uri' | 'path'>;

/**
 * Where an artifact lies as a file: `mlflow-artifact://<connection>/<run id>/<path>`. It ends in the artifact's own path, so that
 * editors, languages, icons and relative links know it by that.
 */
export function toArtifactUri(
  connection: KnownBy,
  { runId, path }: ArtifactPlace,
): { readonly scheme: string; readonly authority: string; readonly path: string } {
  const folder = `/${encodeURIComponent(runId)}`;
  return {
    scheme: artifactScheme,
    authority: keyOf(connection),
    path: path === '' ? folder : `${folder}/${path}`,
  };
}

/** The artifact at such a URI; undefined for the folder above all runs, and for a URI of another scheme. */
export function readArtifactUri({
  scheme,
  path,
}: {
  readonly scheme: string;
  readonly path: string;
}): ArtifactPlace | undefined {
  const [, run = '', rest = ''] = /^\/([^/]+)\/?(.*?)\/*$/s.exec(path) ?? [];
  if (scheme !== artifactScheme || run === '') return undefined;
  try {
    return { runId: decodeURIComponent(run), path: rest };
  } catch {
    return { runId: run, path: rest };
  }
}

/** What such URIs call a connection: short, the same after a restart, and it tells nothing of it. */
export function keyOf({ uri, path }: KnownBy): string {
  return createHash('sha256')
    .update(path ?? uri)
    .digest('hex')
    .slice(0, 12);
}

/** The folder in which an artifact lies, `''` being the root; and its name there. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const at = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(0, at)), name: path.slice(at + 1) };
}
