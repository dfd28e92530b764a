import { isCancellation } from '../tracking/errors';
import type { Artifact, Run } from '../tracking/model';
import type { ArtifactStream, FileSource, ResumePoint, TrackingStore } from '../tracking/store';
import type { PythonArtifacts } from './transferPython';

/** The artifacts of one run, by whatever way they are read. */
export interface TransferSource {
  readonly list: (path: string, signal: AbortSignal) => Promise<readonly Artifact[]>;
  /** `onFetched` is told of bytes that come before there is a stream; its chunks bring them again. */
  readonly open: (
    path: string,
    resume: ResumePoint | undefined,
    onFetched: (count: number) => void,
    signal: AbortSignal,
  ) => Promise<ArtifactStream | undefined>;
}

/** A file of this machine that is to become an artifact. */
export interface UploadFile extends FileSource {
  readonly file: string;
}

/** Puts a file of this machine at a path among a run's artifacts. */
export type Upload = (file: UploadFile, path: string, signal: AbortSignal) => Promise<void>;

/** Opens the workspace's own MLflow for the artifacts at a place; it is ended by whoever asked for it. */
export type OpenPython = (place: string) => Promise<PythonArtifacts>;

type ReadingStore = Pick<TrackingStore, 'listArtifacts' | 'openArtifact'>;
type WritingStore = Pick<TrackingStore, 'uploadArtifact' | 'artifactFolder'>;
type RunPlace = Pick<Run, 'id' | 'artifactUri'>;

/** Whether artifacts lie in a cloud's storage, which stores read only where they have its libraries and credentials. */
export function liesInCloud({ artifactUri }: RunPlace): boolean {
  return /^(s3|gs|wasbs?|abfss?|hdfs|viewfs|oss|b2|r2|ftp|sftp|dbfs|uc):/i.test(artifactUri);
}

/** The store itself, or, for a cloud's storage that it cannot read, the workspace's own MLflow. */
export async function findTransferSource(
  store: ReadingStore,
  run: RunPlace,
  openPython: OpenPython,
  signal: AbortSignal,
): Promise<TransferSource> {
  const own: TransferSource = {
    list: (path, inner) => store.listArtifacts(run.id, path, inner),
    open: (path, resume, _onFetched, inner) => store.openArtifact(run.id, path, resume, inner),
  };
  if (!liesInCloud(run)) return own;
  try {
    await own.list('', signal);
    return own;
  } catch (error) {
    if (isCancellation(error)) throw error;
    const python = await openPython(run.artifactUri);
    return {
      list: (path, inner) => python.list(path, inner),
      open: (path, _resume, onFetched, inner) => python.open(path, onFetched, inner),
    };
  }
}

/** The server itself, or, for local stores, which only MLflow writes, and for a cloud's storage, the workspace's own MLflow. */
export async function findUpload(
  store: WritingStore,
  run: RunPlace,
  openPython: OpenPython,
  signal: AbortSignal,
): Promise<Upload> {
  if (store.uploadArtifact && !liesInCloud(run)) {
    return async (file, path, inner) => store.uploadArtifact?.(run.id, path, file, inner);
  }
  const isHere = store.artifactFolder && !liesInCloud(run);
  const place = isHere ? await store.artifactFolder?.(run.id, signal) : run.artifactUri;
  const python = await openPython(place ?? run.artifactUri);
  return (file, path, inner) =>
    python.upload(file.file, path.slice(0, Math.max(0, path.lastIndexOf('/'))), inner);
}
