import type { Artifact } from '../tracking/model';
import type { ArtifactFolder } from '../ui/readArtifactFolder';
import type { ArtifactDiff, ArtifactRow } from '../../webviews/protocol/runDiff';
import { gather, byKey, toRow } from './diffRows';

/** What stands for a folder among sizes. */
const folder = 'folder';

/** Compares one folder of several runs by path and size; folders first, each kind by name. */
export function diffArtifacts(folders: readonly ArtifactFolder[]): ArtifactDiff {
  const known = folders.map((one) =>
    'failure' in one ? undefined : new Map(one.map((artifact) => [artifact.path, artifact])),
  );
  const rows = [...gather(known)].map(([path, artifacts]): ArtifactRow => {
    const present = artifacts.filter((artifact) => artifact !== undefined && artifact !== null);
    const isDirectory = present.every((artifact) => artifact.isDirectory);
    const cells = artifacts.map((artifact) => artifact && describe(artifact));
    const row = toRow(path.slice(path.lastIndexOf('/') + 1), cells, { format: 'size' });
    return { ...row, path, isDirectory };
  });
  rows.sort((one, other) => Number(other.isDirectory) - Number(one.isDirectory) || byKey(one, other));
  return { rows, failures: folders.map((one) => ('failure' in one ? one.failure : null)) };
}

function describe({ isDirectory, size }: Artifact): string {
  return isDirectory ? folder : String(size ?? '');
}
