import { TrackingError, type TrackingErrorKind } from '../errors';

/**
 * Why a request brought no answer: fetch says only "fetch failed", its chain of causes holds a code of the system, of
 * TLS or of undici. The message names the host and holds nothing else of the request.
 */
export function explainFailure(error: unknown, { host, protocol }: URL): TrackingError {
  if (error instanceof TrackingError) return error;
  const causes = [...listCauses(error)];
  for (const cause of causes) {
    if (isGibberish(cause)) return new TrackingError('notMlflow', `${host} does not speak HTTP.`);
    const isSilent = protocol === 'https:' && hasReadNothing(cause);
    const known =
      explainWords(cause, host) ??
      explainProxy(cause, host) ??
      (isSilent ? explainSilence(codeOf(cause), host) : undefined) ??
      explainCode(codeOf(cause), host);
    if (known) return new TrackingError(known[0], known[1], { cause: error });
  }
  const code = causes.map(codeOf).find((it) => it !== '');
  const detail = code === undefined ? '' : ` (${code})`;
  return new TrackingError('unreachable', `${host} cannot be reached${detail}.`, { cause: error });
}

/** Not by its code, which some versions leave out. It quotes what came, so it is no cause to be logged. */
function isGibberish(cause: object): boolean {
  return cause instanceof Error && cause.name === 'HTTPParserError' && !brokenConnection.has(codeOf(cause));
}

/** undici's errors tell how much came over the connection. */
function hasReadNothing(cause: object): boolean {
  const socket = 'socket' in cause ? (cause.socket as { readonly bytesRead?: unknown } | null) : undefined;
  return socket?.bytesRead === 0;
}

/**
 * With TLS 1.3, a server that misses a client certificate says so only after the handshake, and closes; undici
 * notices the closing first and keeps the alert to itself.
 */
function explainSilence(code: string, host: string): Explanation {
  const reason = 'it was closed right after the handshake; the server may require a client certificate';
  return ['tls', `No secure connection to ${host}: ${reason} (${code}).`];
}

/** Whether the connection broke under the request, as an idle one does that the server has just closed. */
export function isBrokenConnection(error: unknown): boolean {
  return [...listCauses(error)].some((cause) => brokenConnection.has(codeOf(cause)));
}

const brokenConnection: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'HPE_INVALID_EOF_STATE',
]);

/** The error, what caused it, and what caused that; an AggregateError counts with its parts. */
function* listCauses(error: unknown, depth = 0): Iterable<object> {
  if (typeof error !== 'object' || error === null || depth > 5) return;
  yield error;
  if (error instanceof AggregateError) for (const part of error.errors) yield* listCauses(part, depth + 1);
  if (error instanceof Error) yield* listCauses(error.cause, depth + 1);
}

function codeOf(cause: object): string {
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

type Explanation = readonly [TrackingErrorKind, string];

/** What fetch tells in words only. */
function explainWords(cause: object, host: string): Explanation | undefined {
  if (!(cause instanceof Error) || cause.message !== 'bad port') return undefined;
  return [
    'unsupported',
    `${host} has a port that is reserved for another protocol: Node.js does not use it.`,
  ];
}

/**
 * A proxy that refuses. undici tells it in words only; and an answer of 407 to the request itself, fetch hides behind
 * an error without any words, the only one of that kind.
 */
function explainProxy(cause: object, host: string): Explanation | undefined {
  if (!(cause instanceof Error)) return undefined;
  const status = /^Proxy response \((\d+)\)/.exec(cause.message)?.[1];
  if (
    status === '407' ||
    (cause.message === '' && codeOf(cause) === '' && !(cause instanceof AggregateError))
  ) {
    return ['proxy', `The proxy in front of ${host} wants credentials (407).`];
  }
  return status === undefined ? undefined : ['proxy', `The proxy in front of ${host} refused (${status}).`];
}

function explainCode(code: string, host: string): Explanation | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return ['refused', `Nothing listens at ${host}: the connection was refused.`];
    case 'ENOTFOUND':
      return ['dns', `The host name of ${host} is unknown.`];
    case 'EAI_AGAIN':
      return ['dns', `The host name of ${host} could not be looked up: no name server answered.`];
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return ['timeout', `${host} did not accept a connection in time.`];
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return ['timeout', `${host} did not answer in time.`];
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return ['unreachable', `There is no network route to ${host} (${code}).`];
    case 'UND_ERR_HEADERS_OVERFLOW':
      return ['notMlflow', `${host} sent more headers than MLflow does.`];
    default:
      return explainTls(code, host) ?? explainBroken(code, host);
  }
}

function explainBroken(code: string, host: string): Explanation | undefined {
  if (!brokenConnection.has(code)) return undefined;
  return ['unreachable', `${host} closed the connection before its answer was complete (${code}).`];
}

/** The codes of Node's and OpenSSL's TLS errors, by what a person can do about them. */
function explainTls(code: string, host: string): Explanation | undefined {
  const reason = nameTlsReason(code);
  return reason === undefined ? undefined : ['tls', `No secure connection to ${host}: ${reason} (${code}).`];
}

function nameTlsReason(code: string): string | undefined {
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'its certificate is self-signed';
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_UNTRUSTED':
      return 'its certificate is signed by an authority that is not trusted here';
    case 'CERT_HAS_EXPIRED':
      return 'its certificate has expired';
    case 'CERT_NOT_YET_VALID':
      return 'its certificate is not valid yet';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'its certificate is for another host name';
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return 'it does not speak TLS, so http:// may be right';
    case 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED':
    case 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE':
    case 'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE':
    case 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA':
      return 'it requires a client certificate';
    case 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE':
    case 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE':
      return 'it refused the handshake; it may require a client certificate';
    default:
      return /^(ERR_SSL_|ERR_TLS_|CERT_|EPROTO$)/.test(code) ? 'the TLS handshake failed' : undefined;
  }
}
