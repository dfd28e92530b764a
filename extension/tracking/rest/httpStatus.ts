import { STATUS_CODES } from 'node:http';
import { TrackingError, type TrackingErrorKind } from '../errors';
import { readText, toFields } from './wire/fields';

/** An answer other than 2xx. */
export class HttpStatusError extends TrackingError {
  constructor(
    kind: TrackingErrorKind,
    message: string,
    readonly status: number,
    /** MLflow's `error_code`, if it is MLflow that answered. */
    readonly errorCode: string | undefined,
    /** What the Retry-After header says, in seconds. */
    retryAfter: number | undefined,
    /** What the answer holds, without secrets; for messages it is too long. */
    readonly text: string,
  ) {
    super(kind, message, { retryAfter });
  }
}

export interface StatusReply {
  readonly host: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly retryAfter: number | undefined;
  /** Texts that must not come back in a message, whatever the server sends. */
  readonly secrets: readonly string[];
}

/** What an answer other than 2xx means (reference/REST.md §0, §9), in one sentence that names the host. */
export function explainStatus(reply: StatusReply): HttpStatusError {
  const { code, message } = readMlflowError(reply);
  const [kind, sentence] = describeStatus(reply, code, message);
  const text = hideSecrets(reply.text, reply.secrets);
  return new HttpStatusError(kind, sentence, reply.status, code, reply.retryAfter, text);
}

function describeStatus(
  reply: StatusReply,
  code: string | undefined,
  message: string,
): readonly [TrackingErrorKind, string] {
  const { host, path, status, text } = reply;
  const answer = `${host} answered ${nameStatus(status)}`;
  switch (status) {
    case 401:
      return [
        'unauthorized',
        `${host} wants a sign-in${nameScheme(reply.headers)}: credentials are missing or wrong.`,
      ];
    case 403:
      return ['forbidden', describeForbidden(reply, message)];
    case 407:
      return ['proxy', `The proxy in front of ${host} wants credentials (407).`];
    case 408:
      return ['timeout', `${answer}: it gave up waiting.`];
    case 429:
      return ['rateLimited', `${host} limits requests (429): try again ${nameDelay(reply.retryAfter)}.`];
    default:
  }
  if (status >= 500) {
    const next = reply.retryAfter === undefined ? '' : ` Try again ${nameDelay(reply.retryAfter)}.`;
    return ['serverError', (message ? `${answer}: ${endSentence(message)}` : `${answer}.`) + next];
  }
  // As nginx says it.
  if (status === 400 && text.includes('No required SSL certificate was sent')) {
    return ['tls', `${host} requires a client certificate.`];
  }
  if (code === undefined && (status === 404 || status === 405)) {
    return ['notMlflow', `${answer} for ${path}: MLflow’s API is not there, so the path may be wrong.`];
  }
  const kind = status === 404 ? 'notFound' : 'rejected';
  return [kind, message ? `${host} says: ${endSentence(message)}` : `${answer}.`];
}

/** MLflow's own check of the Host header is the commonest cause behind a tunnel, and can only be mended there. */
function describeForbidden({ host, text }: StatusReply, message: string): string {
  if (text.includes('Invalid Host header')) {
    return `${host} is not a host name that the server accepts (403, Invalid Host header): start it with --allowed-hosts.`;
  }
  const reason = message === '' ? '' : ` It says: ${endSentence(message)}`;
  return `${host} does not allow this (403): the account lacks the permission.${reason}`;
}

function nameStatus(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

function nameScheme(headers: Headers): string {
  const scheme = /^[\w-]{1,20}/.exec(headers.get('www-authenticate') ?? '')?.[0];
  return scheme === undefined ? ' (401)' : ` (401, ${scheme})`;
}

function nameDelay(seconds: number | undefined): string {
  if (seconds === undefined) return 'later';
  return seconds < 120 ? `in ${seconds} s` : `in ${Math.ceil(seconds / 60)} min`;
}

function endSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** MLflow's code and message; short plain text counts as a message too, since its middleware answers with that. */
function readMlflowError(reply: StatusReply): { code: string | undefined; message: string } {
  const { text, headers, secrets } = reply;
  const fields = parseFields(text);
  if (fields) {
    const code = /^[A-Z_]{1,60}$/.exec(readText(fields, 'error_code'))?.[0];
    return { code, message: cleanText(readText(fields, 'message'), secrets) };
  }
  // MLflow's sign-in says text/html of plain text too.
  const isPlain = headers.get('content-type')?.startsWith('text/') === true && !/^\s*</.test(text);
  return { code: undefined, message: isPlain ? cleanText(text, secrets) : '' };
}

function parseFields(text: string): ReturnType<typeof toFields> {
  try {
    return toFields(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Somebody else's text as part of our message: one bounded line without control characters and without secrets. */
function cleanText(text: string, secrets: readonly string[]): string {
  const line = hideSecrets(text.slice(0, 10_000), secrets)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  // By code points, so that no surrogate pair is cut in two.
  const cut = /^.{300}(?=.)/u.exec(line)?.[0];
  return cut === undefined ? line : `${cut}…`;
}

function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}

/** Whether the server does not have the endpoint at all, as old ones lack newer ones (reference/REST.md §0). */
export function isMissingEndpoint(error: unknown): boolean {
  if (!(error instanceof HttpStatusError)) return false;
  const { status, errorCode } = error;
  if (errorCode !== undefined) return missingCodes.has(errorCode);
  return status === 404 || status === 405 || status === 501;
}

const missingCodes: ReadonlySet<string> = new Set([
  'ENDPOINT_NOT_FOUND',
  'NOT_IMPLEMENTED',
  'FEATURE_DISABLED',
]);

/** Whether the server's own code failed on the request without MLflow noticing: a bare 500. */
export function isCrash(error: unknown): boolean {
  return error instanceof HttpStatusError && error.status === 500 && error.errorCode === undefined;
}
