import type { Catalog } from '../catalog/catalog';
import { TrackingError } from '../tracking/errors';
import type { Artifact } from '../tracking/model';
import { formatSize } from '../ui/numbers';
import { UserError } from '../ui/userError';

/** Artifacts as texts to be compared. */

/** In bytes: more is read only when the user says so. */
const askAbove = 5 * 2 ** 20;
/** In bytes: more is never read. */
export const mostBytes = 50 * 2 ** 20;

/** A file among a run's artifacts. */
export interface ArtifactPlace {
  readonly runId: string;
  readonly path: string;
}

/** A file as far as a run has it. */
export interface ArtifactFile extends ArtifactPlace {
  readonly runName: string;
  /** Undefined if there is no such file. */
  readonly text: string | undefined;
}

type ArtifactSource = Pick<Catalog, 'artifacts' | 'artifact' | 'run'>;

/**
 * Reads files as texts. `ask` is told a size before more is read than the user may want; undefined when they turn away.
 * Rejects for folders, binary files and what is larger than anybody should compare.
 */
export async function readArtifacts(
  catalog: ArtifactSource,
  places: readonly ArtifactPlace[],
  ask: (size: string) => Promise<boolean>,
): Promise<readonly ArtifactFile[] | undefined> {
  const found = await Promise.all(places.map((place) => findArtifact(catalog, place)));
  for (const artifact of found) if (artifact) refuseUnreadable(artifact);
  const largest = Math.max(0, ...found.map((artifact) => artifact?.size ?? 0));
  const readAll = (limit: number) => Promise.all(places.map((place) => readFile(catalog, place, limit)));
  if (largest > askAbove) return (await ask(formatSize(largest))) ? await readAll(mostBytes) : undefined;
  try {
    return await readAll(askAbove);
  } catch (error) {
    // Not every store knows sizes beforehand.
    if (!(error instanceof TrackingError) || error.kind !== 'tooLarge') throw error;
    return (await ask(`more than ${formatSize(askAbove)}`)) ? await readAll(mostBytes) : undefined;
  }
}

async function readFile(catalog: ArtifactSource, place: ArtifactPlace, limit: number): Promise<ArtifactFile> {
  const { name, id } = await catalog.run(place.runId);
  return { ...place, runName: name || id, text: await readArtifactText(catalog, place, limit) };
}

function refuseUnreadable({ path, isDirectory, size = 0 }: Artifact): void {
  if (isDirectory) throw new UserError(`${path} is a folder; only files are compared.`);
  if (size > mostBytes)
    throw new UserError(
      `${path} has ${formatSize(size)}; files of more than ${formatSize(mostBytes)} are not compared.`,
    );
}

/** What the listing of its folder says of an artifact; undefined if it is not there. */
async function findArtifact(
  catalog: Pick<Catalog, 'artifacts'>,
  { runId, path }: ArtifactPlace,
): Promise<Artifact | undefined> {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  try {
    return (await catalog.artifacts(runId, folder)).find((artifact) => artifact.path === path);
  } catch (error) {
    if (folder !== '' && error instanceof TrackingError && error.kind === 'notFound') return undefined;
    throw error;
  }
}

/** The text of a file; undefined if there is none. Rejects for a binary one, and as the store does. */
export async function readArtifactText(
  catalog: Pick<Catalog, 'artifact'>,
  { runId, path }: ArtifactPlace,
  limit: number,
): Promise<string | undefined> {
  const bytes = await catalog.artifact(runId, path, limit);
  return bytes && decodeText(bytes, path);
}

/** How much of a file is looked at to tell what it is, in bytes. */
const lookedAt = 8192;

/** Throws for a binary file, which has a NUL near its beginning. */
export function decodeText(bytes: Uint8Array, path: string): string {
  if (!bytes.subarray(0, lookedAt).includes(0)) return new TextDecoder().decode(bytes);
  throw new UserError(`${path} is a binary file, which cannot be compared as text.`);
}
