/** Why a store could not answer, as far as it matters for what the user can do about it. */
export type TrackingErrorKind =
  | 'refused' // nothing listens there
  | 'dns' // the host name is unknown
  | 'tls' // the certificate or handshake failed
  | 'unreachable' // any other network failure: reset, no route, connection closed midway
  | 'proxy' // the proxy in between refused
  | 'timeout'
  | 'unauthorized' // 401: credentials are missing or wrong
  | 'forbidden' // 403: the credentials do not allow it
  | 'notFound' // 404 from MLflow: what was asked for is not there
  | 'rejected' // MLflow says the request is wrong
  | 'rateLimited' // 429
  | 'serverError' // 5xx
  | 'redirected' // the server sends us elsewhere; credentials must not follow
  | 'notMlflow' // something answers, but not MLflow
  | 'tooOld' // MLflow before 2.0
  | 'malformed' // MLflow's answer cannot be understood
  | 'tooLarge' // the answer exceeds what we are willing to hold
  | 'missing' // no file or folder is there
  | 'noAccess' // the file or folder may not be read
  | 'locked' // another program has locked the database
  | 'damaged' // the file is not what it should be: truncated, foreign, malformed
  | 'unsupported'; // a kind of tracking URI that cannot be opened

export interface TrackingErrorDetails {
  /** The seconds a server asked us to wait. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** A store could not answer. The message names the cause in one sentence and holds no secret. */
export class TrackingError extends Error {
  override readonly name = 'TrackingError';
  readonly retryAfter: number | undefined;

  constructor(
    readonly kind: TrackingErrorKind,
    message: string,
    details: TrackingErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.retryAfter = details.retryAfter;
  }
}

/** Whether the error says that somebody no longer wants the answer; such errors are never shown. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled');
}

/** Whether it was refused for who asked: another user may be allowed to. */
export function isDenied(error: unknown): boolean {
  return error instanceof TrackingError && (error.kind === 'unauthorized' || error.kind === 'forbidden');
}

/** What went wrong, in one sentence. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
