import type { Catalog } from '../catalog/catalog';
import { causeOf, isCancellation, TrackingError } from '../tracking/errors';
import type { Artifact } from '../tracking/model';
import { splitPath, type ArtifactPlace } from './artifactUri';

/** A run's folder, or why it could not be read. */
export type ArtifactFolder = readonly Artifact[] | { readonly failure: string };

/** A folder of a run's artifacts; one that is not there is empty. */
export async function readArtifactFolder(
  catalog: Pick<Catalog, 'artifacts'>,
  runId: string,
  path: string,
): Promise<ArtifactFolder> {
  try {
    return await catalog.artifacts(runId, path);
  } catch (error) {
    const isMissing = path !== '' && error instanceof TrackingError && error.kind === 'notFound';
    return isMissing ? [] : { failure: isCancellation(error) ? 'Loading was stopped.' : causeOf(error) };
  }
}

/** What the listing of its folder says of an artifact; undefined if it is not there. */
export async function findArtifact(
  catalog: Pick<Catalog, 'artifacts'>,
  { runId, path }: ArtifactPlace,
): Promise<Artifact | undefined> {
  const { folder } = splitPath(path);
  try {
    return (await catalog.artifacts(runId, folder)).find((artifact) => artifact.path === path);
  } catch (error) {
    if (folder !== '' && error instanceof TrackingError && error.kind === 'notFound') return undefined;
    throw error;
  }
}
