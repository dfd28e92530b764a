import { explainUnsafePath } from '../tracking/artifactPath';
import type { Artifact } from '../tracking/model';
import { UserError } from '../ui/userError';
import { explainUnsafeTarget } from './safeName';
import type { TransferSource } from './transferSource';

/** What is to be downloaded: a file or folder among a run's artifacts. */
export interface DownloadRoot {
  readonly artifact: Artifact;
  /** What it is called below the target folder: one name. */
  readonly name: string;
  readonly runId: string;
  readonly source: TransferSource;
}

/** A file that will be downloaded. */
export interface PlannedFile {
  readonly root: DownloadRoot;
  readonly artifact: Artifact;
  /** Where it goes below the target folder, with `/`. */
  readonly place: string;
}

/** What is left out, and why, in one sentence. */
export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

export interface DownloadPlan {
  readonly files: readonly PlannedFile[];
  readonly leftOut: readonly LeftOut[];
}

const mostFiles = 100_000;

/** No more than a link that leads in a circle takes to be noticed. */
const mostFolders = 40;

/** Lists the files of some roots. Names that may not become files of this machine are left out, with the reason. */
export async function planDownload(
  roots: readonly DownloadRoot[],
  signal: AbortSignal,
): Promise<DownloadPlan> {
  const files: PlannedFile[] = [];
  const leftOut: LeftOut[] = [];
  const places = new Set<string>();
  const add = (root: DownloadRoot, artifact: Artifact, place: string): void => {
    const reason = explainUnsafePath(artifact.path) ?? explainUnsafeTarget(place) ?? claim(places, place);
    if (reason !== undefined) leftOut.push({ path: artifact.path, reason });
    else files.push({ root, artifact, place });
    if (files.length > mostFiles)
      throw new UserError(
        `There are more than ${mostFiles.toLocaleString('en-US')} files: download fewer folders at once.`,
      );
  };
  const walk = async (root: DownloadRoot, folder: string, place: string, depth: number): Promise<void> => {
    for (const artifact of await root.source.list(folder, signal)) {
      signal.throwIfAborted();
      const name = nameIn(folder, artifact.path);
      const reason = name === undefined ? 'The store lists it outside of its folder.' : explainDepth(depth);
      if (name === undefined || reason !== undefined)
        leftOut.push({ path: artifact.path, reason: reason ?? '' });
      else if (!artifact.isDirectory) add(root, artifact, `${place}/${name}`);
      else if (explainUnsafePath(artifact.path) !== undefined) add(root, artifact, `${place}/${name}`);
      else await walk(root, artifact.path, `${place}/${name}`, depth + 1);
    }
  };
  for (const root of roots) {
    if (root.artifact.isDirectory) await walk(root, root.artifact.path, root.name, 0);
    else add(root, root.artifact, root.name);
  }
  return { files, leftOut };
}

/** The name of what a folder's listing names; undefined where that does not lie directly in the folder. */
function nameIn(folder: string, path: string): string | undefined {
  const start = folder === '' ? '' : `${folder}/`;
  const name = path.slice(start.length);
  return path.startsWith(start) && name !== '' && !name.includes('/') ? name : undefined;
}

function explainDepth(depth: number): string | undefined {
  return depth < mostFolders ? undefined : 'It lies too deep in folders, perhaps in a circle of links.';
}

/** Why two files cannot both have the place: not every machine tells them apart. */
function claim(places: Set<string>, place: string): string | undefined {
  const isLinux = process.platform === 'linux';
  const key = isLinux ? place : place.normalize('NFC').toLowerCase();
  if (places.has(key)) return 'Another file there has the same name, as this machine tells names apart.';
  places.add(key);
  return undefined;
}
