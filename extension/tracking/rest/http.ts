import PQueue from 'p-queue';
import { ReadableStream } from 'node:stream/web';
import { isCancellation, TrackingError } from '../errors';
import type { FileSource } from '../store';
import { runWithDeadline, SilenceWatch, sleep } from './deadline';
import { dropBody, readBody, readChunks } from './httpBody';
import { explainFailure, isBrokenConnection } from './httpFailure';
import { explainStatus, HttpStatusError } from './httpStatus';
import { resolveRedirect } from './redirect';
import { chooseDelay, maxTries, parseRetryAfter, retryBudget } from './retry';

export interface HttpOptions {
  /** The server's address with its path prefix; credentials in it are ignored. */
  readonly baseUri: string;
  /** The headers that authorise a request to this origin; asked for each request, so that a new token counts. */
  readonly authorize: () => Promise<ReadonlyMap<string, string>>;
  /** How long one try may take, from sending the request to the last byte of the answer, in ms. */
  readonly timeoutMs: number;
  /** Told one line per request: method, path, status, time; no query and nothing secret. */
  readonly log: (line: string) => void;
  readonly userAgent: string;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base URI, beginning with `/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** JSON that is sent as it is, in place of `body`. */
  readonly text?: string;
  /** Sent as it is read, in place of `body`. */
  readonly file?: FileSource;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the request may be sent again: it only reads, or does no more when it is done twice. */
  readonly isRepeatable: boolean;
  /** Background requests start when no foreground request waits. */
  readonly priority?: 'foreground' | 'background';
  /** The largest acceptable body, decompressed, in bytes; 64 MiB unless said otherwise. */
  readonly limit?: number;
  readonly timeoutMs?: number;
}

/** What `open` takes: it neither waits for its turn nor tries again, nor is there a limit to the body. */
export type OpenRequest = Pick<HttpRequest, 'method' | 'path' | 'query' | 'file' | 'headers' | 'timeoutMs'>;

/** A 2xx answer whose body is still arriving. */
export interface OpenReply {
  readonly status: number;
  readonly headers: Headers;
  /** To be read once. Rejects as `send` does. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

const defaultLimit = 64 * 2 ** 20;

/** What an error page may hold before the rest is left unread, in bytes. */
const errorLimit = 64 * 1024;

/** A real server answers no faster when asked more at once (reference/PERFORMANCE.md §4). */
const requestsAtOnce = 2;

const maxRedirects = 5;

/**
 * Sends requests to one server: at most two at once, what is on screen first, each within its timeout, tried again
 * where that may help. The only place that calls `fetch`. Whatever fails is a TrackingError or the signal's reason.
 */
export class HttpClient {
  readonly host: string;
  private readonly base: URL;
  private readonly queue = new PQueue({ concurrency: requestsAtOnce });

  constructor(private readonly options: HttpOptions) {
    this.base = new URL(options.baseUri);
    this.base.username = '';
    this.base.password = '';
    this.base.search = '';
    this.base.hash = '';
    this.host = this.base.host;
  }

  /** The body of a 2xx answer, in chunks. Any other answer rejects with an HttpStatusError. */
  async send(request: HttpRequest, signal: AbortSignal): Promise<readonly Uint8Array[]> {
    const start = performance.now();
    for (let tries = 1; ; tries++) {
      try {
        return await this.attempt(request, signal);
      } catch (error) {
        const failure = this.explain(error, signal);
        const delay = this.isWorthRetrying(request, error, tries) ? delayBefore(failure, tries) : undefined;
        if (delay === undefined || performance.now() - start + delay > retryBudget) throw failure;
        await sleep(delay, signal);
      }
    }
  }

  /**
   * Sends or asks for what may take any time: not in the queue, which it would block. Only the silence between two pieces, of
   * the file that is sent or of the body, is limited by the timeout.
   */
  async open(request: OpenRequest, signal: AbortSignal): Promise<OpenReply> {
    const timeoutMs = request.timeoutMs ?? this.options.timeoutMs;
    const watch = new SilenceWatch(signal, () => this.timeout(timeoutMs, 'it fell silent'), timeoutMs);
    const { file } = request;
    const heard = file && { ...file, read: () => watch.follow(file.read()) };
    try {
      const response = await watch.race(() =>
        this.ask({ ...request, ...(heard && { file: heard }), isRepeatable: false }, watch.signal),
      );
      const chunks = readChunks(response, watch, (error) => this.explain(error, watch.signal));
      return { status: response.status, headers: response.headers, chunks };
    } catch (error) {
      throw this.explain(error, watch.signal);
    }
  }

  /** One try: waits for its turn, but no longer than an answer may take. */
  private async attempt(request: HttpRequest, signal: AbortSignal): Promise<readonly Uint8Array[]> {
    const timeoutMs = request.timeoutMs ?? this.options.timeoutMs;
    let isWaiting = true;
    const crowded = new AbortController();
    const timer = setTimeout(() => {
      if (isWaiting) crowded.abort(this.timeout(timeoutMs, 'earlier requests to it are still unanswered'));
    }, timeoutMs);
    try {
      return await this.queue.add(
        () => {
          isWaiting = false;
          const expire = (): TrackingError => this.timeout(timeoutMs, 'it did not answer');
          return runWithDeadline(signal, timeoutMs, expire, (inner) => this.exchange(request, inner));
        },
        {
          priority: request.priority === 'background' ? 0 : 1,
          signal: AbortSignal.any([signal, crowded.signal]),
        },
      );
    } finally {
      clearTimeout(timer);
    }
  }

  private timeout(ms: number, reason: string): TrackingError {
    return new TrackingError('timeout', `${this.host} took longer than ${ms / 1000} s: ${reason}.`);
  }

  /** One request and its whole answer. */
  private async exchange(request: HttpRequest, signal: AbortSignal): Promise<readonly Uint8Array[]> {
    const response = await this.ask(request, signal);
    return await readBody(response, request.limit ?? defaultLimit, this.host);
  }

  /** One request and the beginning of its 2xx answer, through redirects within the origin. */
  private async ask(request: HttpRequest, signal: AbortSignal): Promise<Response> {
    const credentials = await this.readCredentials();
    let { method, file } = request;
    let json = request.text ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
    let url = this.resolve(request);
    for (let redirects = 0; ; redirects++) {
      const headers = this.collectHeaders(credentials, request.headers, file ?? json);
      const response = await this.fetch({ method, url, body: file ?? json, headers }, signal);
      const target = resolveRedirect(response, url, redirects < maxRedirects);
      if (!target) return await this.requireSuccess(request.path, response, credentials);
      dropBody(response);
      url = target;
      // As browsers do: only 307 and 308 promise to keep the method. A change would come to nothing and look like a success.
      if (response.status >= 307) continue;
      if (method !== 'GET' && !request.isRepeatable) throw this.lostChange(response.status);
      [method, json, file] = ['GET', undefined, undefined];
    }
  }

  private lostChange(status: number): TrackingError {
    const why = 'it may want a sign-in, or have another address';
    return new TrackingError(
      'redirected',
      `${this.host} sends what is to be changed elsewhere (${status}), so nothing was changed: ${why}.`,
    );
  }

  private async readCredentials(): Promise<Credentials> {
    try {
      return await this.options.authorize();
    } catch (cause) {
      if (cause instanceof TrackingError) throw cause;
      throw new TrackingError('unauthorized', `The credentials for ${this.host} cannot be read.`, { cause });
    }
  }

  private resolve({ path, query = {} }: HttpRequest): URL {
    const url = new URL(this.base);
    url.pathname = this.base.pathname.replace(/\/+$/, '') + path;
    for (const [key, value] of Object.entries(query)) {
      for (const one of typeof value === 'string' ? [value] : (value ?? []))
        url.searchParams.append(key, one);
    }
    return url;
  }

  private async fetch(
    {
      method,
      url,
      headers,
      body,
    }: Pick<HttpRequest, 'method'> & { url: URL; headers: Headers; body: string | FileSource | undefined },
    signal: AbortSignal,
  ): Promise<Response> {
    const start = performance.now();
    const sent =
      typeof body === 'object' ? { body: toStream(body), duplex: 'half' as const } : { body: body ?? null };
    try {
      const response = await fetch(url, { method, headers, ...sent, redirect: 'manual', signal });
      this.log(method, url, String(response.status), start);
      return response;
    } catch (error) {
      const outcome = signal.aborted ? 'aborted' : explainFailure(error, this.base).kind;
      this.log(method, url, outcome, start);
      throw error;
    }
  }

  private collectHeaders(
    credentials: Credentials,
    further: Readonly<Record<string, string>> = {},
    body: string | FileSource | undefined,
  ): Headers {
    const headers = new Headers();
    for (const [name, value] of credentials) {
      try {
        headers.set(name, value);
      } catch {
        // The error quotes the value, so it is not passed on.
        const reason = `the header ${JSON.stringify(name)} holds characters that HTTP does not allow`;
        throw new TrackingError(
          'unauthorized',
          `The credentials for ${this.host} cannot be sent: ${reason}.`,
        );
      }
    }
    headers.set('accept', 'application/json, text/plain;q=0.9, */*;q=0.1');
    headers.set('user-agent', this.options.userAgent);
    if (typeof body === 'string') headers.set('content-type', 'application/json');
    if (typeof body === 'object') {
      headers.set('content-type', 'application/octet-stream');
      headers.set('content-length', String(body.size));
    }
    for (const [name, value] of Object.entries(further)) headers.set(name, value);
    return headers;
  }

  private async requireSuccess(
    path: string,
    response: Response,
    credentials: Credentials,
  ): Promise<Response> {
    if (response.ok) return response;
    throw explainStatus({
      host: this.host,
      path,
      status: response.status,
      headers: response.headers,
      text: await this.readErrorText(response),
      retryAfter: parseRetryAfter(response.headers.get('retry-after')),
      secrets: listSecrets(credentials),
    });
  }

  /** What an error page says, if it can be read: the status is what counts. */
  private async readErrorText(response: Response): Promise<string> {
    try {
      return Buffer.concat(await readBody(response, errorLimit, this.host)).toString('utf8');
    } catch {
      return '';
    }
  }

  private explain(error: unknown, signal: AbortSignal): Error {
    signal.throwIfAborted();
    return error instanceof Error && isCancellation(error) ? error : explainFailure(error, this.base);
  }

  private isWorthRetrying(request: HttpRequest, error: unknown, tries: number): boolean {
    if (!request.isRepeatable || tries >= maxTries) return false;
    if (error instanceof HttpStatusError) return isPassing(error);
    return !(error instanceof TrackingError) && isBrokenConnection(error);
  }

  private log(method: string, url: URL, outcome: string, start: number): void {
    const ms = Math.round(performance.now() - start);
    this.options.log(`${method} ${url.host}${url.pathname} ${outcome} ${ms} ms`);
  }
}

/** The types of Node.js and of the DOM, by which tests are checked, differ in what both take. */
function toStream(file: FileSource): NonNullable<RequestInit['body']> {
  const stream: unknown = ReadableStream.from(file.read());
  return stream as NonNullable<RequestInit['body']>;
}

type Credentials = ReadonlyMap<string, string>;

/** Header values, and what follows the scheme in `Bearer …`: a server may echo what it was sent. */
function listSecrets(credentials: Credentials): readonly string[] {
  const values = [...credentials.values()].flatMap((value) => [value, ...value.split(' ').slice(1)]);
  return values.filter((value) => value.length >= 4);
}

const passingStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Whether the failure may have gone a second later; a switched-off feature stays off. */
function isPassing({ status, errorCode }: HttpStatusError): boolean {
  return passingStatuses.has(status) && errorCode !== 'FEATURE_DISABLED' && errorCode !== 'NOT_IMPLEMENTED';
}

function delayBefore(failure: Error, tries: number): number {
  const asked = failure instanceof TrackingError ? (failure.retryAfter ?? 0) * 1000 : 0;
  return Math.max(asked, chooseDelay(tries));
}
