import type { Catalog } from '../catalog/catalog';
import { isCancellation } from '../tracking/errors';
import type { Artifact } from '../tracking/model';
import { listFiles } from './listFiles';

/** In bytes: larger files are not searched. */
const mostBytes = 2 ** 20;
/** Of matches that are told. */
const mostMatches = 1000;
/** Of lines that are told of one file. */
const mostLines = 5;

/** A server has two requests of ours at a time. */
const readers = 2;

const binaryName =
  /\.(?:png|jpe?g|gif|webp|bmp|ico|pdf|zip|gz|bz2|xz|tar|whl|pkl|pickle|joblib|pt|pth|ckpt|bin|safetensors|onnx|h5|keras|npy|npz|parquet|arrow|feather|db|sqlite|mp4|wav|mp3)$/i;

/** A file whose path, or a line of whose text, has the words that were looked for. */
export interface ArtifactMatch {
  readonly path: string;
  /** From 0. Absent where the path matches. */
  readonly line?: number;
  /** The line, from a little before the words on. */
  readonly text?: string;
}

export interface ArtifactSearch {
  /** By path. */
  readonly matches: readonly ArtifactMatch[];
  /** Of files that were found. */
  readonly files: number;
  /** Of files whose text was not searched: too large, not text, or they could not be read. */
  readonly unread: number;
  /** Whether there was more than is looked at. */
  readonly isCut: boolean;
}

type Source = Pick<Catalog, 'listArtifacts' | 'artifact'>;

/**
 * Looks for words in the paths of all artifacts of a run, and in the texts of the small ones; upper and lower case are the
 * same. `advance` is told what is looked at. Rejects where the root cannot be listed, and as the signal says.
 */
export async function searchArtifacts(
  catalog: Source,
  runId: string,
  words: string,
  signal: AbortSignal,
  advance: (path: string) => void,
): Promise<ArtifactSearch> {
  const wanted = words.toLowerCase();
  const { files, isCut } = await listFiles(catalog, runId, signal, advance);
  const matches: ArtifactMatch[] = files
    .filter(({ path }) => path.toLowerCase().includes(wanted))
    .map(({ path }) => ({ path }));
  let unread = 0;
  const waiting = files.values();
  const readOn = async () => {
    for (const file of waiting) {
      if (matches.length >= mostMatches) return;
      advance(file.path);
      const text = await readText(catalog, runId, file, signal);
      if (text === undefined) unread++;
      else matches.push(...findLines(text, wanted).map((line) => ({ path: file.path, ...line })));
    }
  };
  await Promise.all(Array.from({ length: readers }, readOn));
  matches.sort((one, other) => byPath(one, other) || (one.line ?? -1) - (other.line ?? -1));
  const isFull = matches.length >= mostMatches;
  return { matches: matches.slice(0, mostMatches), files: files.length, unread, isCut: isCut || isFull };
}

/** The text of a small file; undefined for others. */
async function readText(
  catalog: Source,
  runId: string,
  { path, size = 0 }: Artifact,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (size > mostBytes || binaryName.test(path)) return undefined;
  try {
    const bytes = await catalog.artifact(runId, path, mostBytes, signal);
    return !bytes || bytes.includes(0) ? undefined : new TextDecoder().decode(bytes);
  } catch (error) {
    signal.throwIfAborted();
    if (isCancellation(error)) throw error;
    return undefined;
  }
}

function findLines(
  text: string,
  wanted: string,
): readonly { readonly line: number; readonly text: string }[] {
  if (!text.toLowerCase().includes(wanted)) return [];
  return text
    .split(/\r\n?|\n/)
    .flatMap((content, line) => {
      const at = content.toLowerCase().indexOf(wanted);
      return at < 0 ? [] : [{ line, text: content.slice(Math.max(0, at - 30), at + 200).trim() }];
    })
    .slice(0, mostLines);
}

function byPath(one: ArtifactMatch, other: ArtifactMatch): number {
  return one.path < other.path ? -1 : Number(one.path > other.path);
}
