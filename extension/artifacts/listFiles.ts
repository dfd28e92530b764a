import type { Catalog } from '../catalog/catalog';
import { explainUnsafePath } from '../tracking/artifactPath';
import { isCancellation } from '../tracking/errors';
import type { Artifact } from '../tracking/model';
import { splitPath } from '../ui/artifactUri';

/** Of files and folders that are looked at. */
const mostFiles = 5000;

/** All files of a run, folder by folder; a folder below the root that cannot be listed is left out. */
export async function listFiles(
  catalog: Pick<Catalog, 'listArtifacts'>,
  runId: string,
  signal: AbortSignal,
  advance: (path: string) => void,
): Promise<{ readonly files: readonly Artifact[]; readonly isCut: boolean }> {
  const seen = new Map<string, Artifact>();
  const folders = [''];
  for (const folder of folders) {
    if (seen.size >= mostFiles) break;
    advance(folder);
    for (const artifact of await listFolder(catalog, runId, folder, signal)) {
      if (seen.has(artifact.path)) continue;
      seen.set(artifact.path, artifact);
      if (artifact.isDirectory) folders.push(artifact.path);
    }
  }
  const all = [...seen.values()];
  const files = all.slice(0, mostFiles).filter(({ isDirectory }) => !isDirectory);
  return { files, isCut: all.length >= mostFiles };
}

async function listFolder(
  catalog: Pick<Catalog, 'listArtifacts'>,
  runId: string,
  folder: string,
  signal: AbortSignal,
): Promise<readonly Artifact[]> {
  try {
    const listed = await catalog.listArtifacts(runId, folder, signal);
    return listed.filter(({ path }) => splitPath(path).folder === folder && !explainUnsafePath(path));
  } catch (error) {
    signal.throwIfAborted();
    if (folder === '' || isCancellation(error)) throw error;
    return [];
  }
}
