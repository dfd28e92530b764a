import { joinArtifactPath, resolveSource, type ArtifactPlace } from '../local/modelSources';
import type { ModelVersion } from '../model';
import { Findings, readText } from './cells';
import type { Reading } from './database';
import { findModelFiles } from './loggedModels';
import { findAliasedVersion, findVersionFiles } from './registry';

/**
 * Where a file of a model version lies: at the version's storage location, else at its source. Undefined where nothing is
 * known of it.
 */
export function findVersionFile(
  reading: Reading,
  version: Pick<ModelVersion, 'name' | 'version'>,
  path: string,
): ArtifactPlace | undefined {
  const root = findVersionRoot(reading, version.name, version.version);
  const place = resolveSource(root ?? '', {
    run: (runId) => findRunArtifacts(reading, runId),
    loggedModel: (modelId) => findModelFiles(reading, modelId),
    version: (name, number) => findVersionRoot(reading, name, number),
    alias: (name, alias) => {
      const number = findAliasedVersion(reading, name, alias);
      return number === undefined ? undefined : findVersionRoot(reading, name, number);
    },
  });
  return place?.location ? { ...place, path: joinArtifactPath(place.path, path) } : undefined;
}

function findVersionRoot(reading: Reading, name: string, version: string): string | undefined {
  const files = findVersionFiles(reading, { name, version });
  return files && (files.storageLocation || files.source);
}

/** A run's `artifact_uri`, `''` if it has none; undefined if there is no such run. */
export function findRunArtifacts(reading: Reading, runId: string): string | undefined {
  const [row] = reading.rows('SELECT artifact_uri FROM runs WHERE run_uuid = ?', runId);
  return row && readText(row[0], 'artifact location', new Findings());
}
