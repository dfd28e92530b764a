import { explainUnsafePath } from '../artifactPath';
import { TrackingError } from '../errors';
import type { ArtifactStream, FileSource, ResumePoint } from '../store';
import type { OpenReply } from './http';
import { HttpStatusError, isCrash, isMissingEndpoint } from './httpStatus';
import type { RestClient } from './restClient';

/** Files among a run's artifacts on their way from and to a server (reference/REST.md §5). */

/** A file among a run's artifacts, which lie at `root`. */
export interface RemoteFile {
  readonly runId: string;
  /** The run's `artifact_uri`. */
  readonly root: string;
  readonly path: string;
}

/** What `upload-artifact` takes, in bytes. */
const mostUploaded = 10 * 2 ** 20;

/** In bytes per millisecond: a server may pass on a large file before it answers. */
const slowestTransfer = 200;

/**
 * `GET mlflow-artifacts/artifacts/…` where the server itself keeps the artifacts: five times as fast as `GET /get-artifact`, by which it
 * gives those that lie elsewhere. Both go on in the middle of a file where it lies on the server's own disk.
 */
export async function openRemote(
  client: RestClient,
  file: RemoteFile,
  resume: ResumePoint | undefined,
  signal: AbortSignal,
): Promise<ArtifactStream | undefined> {
  requireSafe(file.path);
  const headers = {
    // What is compressed on the way can neither be measured nor gone on with.
    'accept-encoding': 'identity',
    ...(resume && { range: `bytes=${resume.from}-`, 'if-range': resume.version }),
  };
  const served = servedPath(file, client.host);
  try {
    if (served !== undefined) {
      const reply = await client.open({ method: 'GET', path: served, headers }, signal).catch(unlessOff);
      if (reply) return toStream(reply, resume, client.host);
    }
    const query = { run_id: file.runId, path: file.path };
    const reply = await client.open({ method: 'GET', path: '/get-artifact', query, headers }, signal);
    return toStream(reply, resume, client.host);
  } catch (error) {
    if ((error instanceof TrackingError && error.kind === 'notFound') || isCrash(error)) return undefined;
    if (!isMissingEndpoint(error)) throw error;
    throw new TrackingError('unsupported', `${client.host} gives no files of artifacts.`);
  }
}

/**
 * `PUT mlflow-artifacts/artifacts/…` where the server itself keeps the artifacts, `POST upload-artifact` for those elsewhere: it takes
 * 10 MB at most and nothing empty.
 */
export async function uploadRemote(
  client: RestClient,
  target: RemoteFile,
  file: FileSource,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  requireSafe(target.path);
  const served = servedPath(target, client.host);
  const sent = { file, timeoutMs: timeoutMs + file.size / slowestTransfer };
  if (served !== undefined) {
    await client.upload({ method: 'PUT', path: served, ...sent }, signal);
    return;
  }
  requireAccepted(client.host, target.path, file.size);
  const query = { run_uuid: target.runId, path: target.path };
  const path = '/ajax-api/2.0/mlflow/upload-artifact';
  await client.upload({ method: 'POST', path, query, ...sent }, signal);
}

function requireSafe(path: string): void {
  const reason = explainUnsafePath(path);
  if (reason !== undefined) throw new TrackingError('rejected', reason);
}

function requireAccepted(host: string, path: string, size: number): void {
  const only = `${host} does not keep this run’s artifacts itself: it takes`;
  if (size > mostUploaded) {
    throw new TrackingError(
      'tooLarge',
      `${only} files of at most 10 MB, and ${path} has ${(size / 2 ** 20).toFixed(1)} MB.`,
    );
  }
  if (size === 0) throw new TrackingError('unsupported', `${only} no empty files such as ${path}.`);
}

/** The path of the server's own artifacts at which the file lies; undefined where it lies elsewhere. */
function servedPath({ root, path }: RemoteFile, host: string): string | undefined {
  const [, named = '', folder] = /^mlflow-artifacts:(?:\/\/([^/]*))?\/*(.*)$/is.exec(root) ?? [];
  if (folder === undefined || (named !== '' && named !== host)) return undefined;
  const parts = `${folder}/${path}`.split('/').filter((part) => part !== '');
  return `/api/2.0/mlflow-artifacts/artifacts/${parts.map(encodeURIComponent).join('/')}`;
}

/** A server that does not serve them (`--no-serve-artifacts`) may still read them. */
function unlessOff(error: unknown): undefined {
  if (isMissingEndpoint(error) || (error instanceof HttpStatusError && error.status === 503))
    return undefined;
  throw error;
}

function toStream(
  { status, headers, chunks }: OpenReply,
  resume: ResumePoint | undefined,
  host: string,
): ArtifactStream {
  const isPlain = (headers.get('content-encoding') ?? 'identity') === 'identity';
  const etag = headers.get('etag');
  // A weak one stays the same for files that differ in their bytes.
  const stamp = etag?.startsWith('"') === true ? etag : headers.get('last-modified');
  const version = (isPlain ? stamp : undefined) ?? undefined;
  if (status !== 206) {
    const length = isPlain ? headers.get('content-length') : null;
    return { from: 0, size: length === null ? undefined : Number(length), version, chunks };
  }
  const [, from = '', size] = /^bytes (\d+)-\d+\/(\d+)?/.exec(headers.get('content-range') ?? '') ?? [];
  if (from === '' || Number(from) !== resume?.from) {
    throw new TrackingError(
      'malformed',
      `${host} answered with another part of the file than was asked for.`,
    );
  }
  return { from: resume.from, size: size === undefined ? undefined : Number(size), version, chunks };
}
