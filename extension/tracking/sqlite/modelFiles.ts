import type { ModelVersion } from '../model';
import { Findings, readText } from './cells';
import type { Reading } from './database';
import { findModelFiles } from './loggedModels';
import { findVersionFiles } from './registry';

/** A place among artifacts: `path` lies below `location`. */
export interface ArtifactPlace {
  readonly location: string;
  readonly path: string;
}

/**
 * Where a file of a model version lies: at the version's storage location, else at its source, which may name a logged
 * model (`models:/m-…`) or a folder of a run (`runs:/id/path`). Undefined where nothing is known of it.
 */
export function findVersionFile(
  reading: Reading,
  version: Pick<ModelVersion, 'name' | 'version'>,
  path: string,
): ArtifactPlace | undefined {
  const files = findVersionFiles(reading, version);
  if (!files) return undefined;
  const root = files.storageLocation === '' ? files.source : files.storageLocation;
  if (root === '') return undefined;
  const modelId = /^models:\/+(m-[^/]+)\/?$/.exec(root)?.[1];
  if (modelId !== undefined) {
    const location = findModelFiles(reading, modelId);
    return location === undefined ? undefined : { location, path };
  }
  const [, runId, folder = ''] = /^runs:\/+([^/]+)(?:\/(.*?))?\/*$/.exec(root) ?? [];
  if (runId === undefined) return { location: root, path };
  const location = findRunArtifacts(reading, runId);
  return location ? { location, path: folder ? `${folder}/${path}` : path } : undefined;
}

/** A run's `artifact_uri`, `''` if it has none; undefined if there is no such run. */
export function findRunArtifacts(reading: Reading, runId: string): string | undefined {
  const [row] = reading.rows('SELECT artifact_uri FROM runs WHERE run_uuid = ?', runId);
  return row && readText(row[0], 'artifact location', new Findings());
}
