import { TrackingError } from '../errors';
import { HttpClient, type HttpOptions, type HttpRequest, type OpenReply, type OpenRequest } from './http';
import { ReplyReader } from './replyReader';
import { decodePlainText, UnusableReply, type DecodedReply, type ReplyName } from './wire/reply';

/** A request that changes something. */
export type Change = Pick<HttpRequest, 'method' | 'path' | 'body'>;

type FileRequest = Pick<HttpRequest, 'path' | 'query' | 'limit' | 'isRepeatable' | 'timeoutMs'>;

/** Asks one MLflow server and reads its replies as model values, until it is disposed. */
export class RestClient {
  readonly host: string;
  private readonly http: HttpClient;
  private readonly replies = new ReplyReader();
  private readonly closing = new AbortController();

  constructor(options: HttpOptions) {
    this.http = new HttpClient(options);
    this.host = this.http.host;
  }

  async get<Name extends ReplyName>(
    name: Name,
    request: Pick<HttpRequest, 'path' | 'query'>,
    signal: AbortSignal,
  ): Promise<DecodedReply<Name>> {
    return await this.read(name, { ...request, method: 'GET', isRepeatable: true }, signal);
  }

  /** A POST that only searches, so that it may be repeated. */
  async search<Name extends ReplyName>(
    name: Name,
    request: Pick<HttpRequest, 'path' | 'body' | 'priority'>,
    signal: AbortSignal,
  ): Promise<DecodedReply<Name>> {
    return await this.read(name, { ...request, method: 'POST', isRepeatable: true }, signal);
  }

  /** Changes something; what the server answers says nothing. Never sent twice: who asked decides whether to try again. */
  async change(request: Change, signal: AbortSignal): Promise<void> {
    await this.sendOnce(request, signal);
  }

  /** Creates something and answers its id, which lies in the reply at `idPath`, keys joined by dots. */
  async create(idPath: string, path: string, body: object, signal: AbortSignal): Promise<string> {
    const text = await this.sendOnce({ method: 'POST', path, body }, signal);
    const id = readAt(text, idPath);
    if (id !== undefined) return id;
    throw new TrackingError('malformed', `${this.host} answered without the ${idPath} of what it made.`);
  }

  private async sendOnce(request: Change, signal: AbortSignal): Promise<string> {
    return await this.whileOpen(signal, async (inner) => {
      const chunks = await this.http.send({ ...request, isRepeatable: false }, inner);
      // A page for signing in is no success.
      return decodePlainText(Buffer.concat(chunks));
    });
  }

  async getText(request: FileRequest, signal: AbortSignal): Promise<string> {
    return await this.whileOpen(signal, async (inner) => {
      const chunks = await this.http.send({ ...request, method: 'GET' }, inner);
      return decodePlainText(Buffer.concat(chunks));
    });
  }

  async getBytes(request: FileRequest, signal: AbortSignal): Promise<Uint8Array> {
    return await this.whileOpen(signal, async (inner) =>
      Buffer.concat(await this.http.send({ ...request, method: 'GET' }, inner)),
    );
  }

  /** A body of any size, as it arrives. */
  async open(request: OpenRequest, signal: AbortSignal): Promise<OpenReply> {
    return await this.http.open(request, AbortSignal.any([signal, this.closing.signal]));
  }

  /** Sends a file of any size. Never sent twice. */
  async upload(request: OpenRequest, signal: AbortSignal): Promise<void> {
    await this.whileOpen(signal, async (inner) => {
      const { chunks } = await this.http.open(request, inner);
      const received: Uint8Array[] = [];
      for await (const chunk of chunks) received.push(chunk);
      // A page for signing in is no success.
      decodePlainText(Buffer.concat(received));
    });
  }

  dispose(): void {
    this.closing.abort(new DOMException('The connection was closed.', 'AbortError'));
    this.replies.dispose();
  }

  private async read<Name extends ReplyName>(
    name: Name,
    request: HttpRequest,
    signal: AbortSignal,
  ): Promise<DecodedReply<Name>> {
    return await this.whileOpen(signal, async (inner) => {
      const chunks = await this.http.send(request, inner);
      return await this.replies.read(name, chunks, inner);
    });
  }

  private async whileOpen<T>(signal: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await ask(AbortSignal.any([signal, this.closing.signal]));
    } catch (error) {
      if (!(error instanceof UnusableReply)) throw error;
      throw new TrackingError(error.kind, `${this.host} answered ${error.message}.`);
    }
  }
}

function readAt(text: string, path: string): string | undefined {
  try {
    let value: unknown = JSON.parse(text);
    for (const key of path.split('.')) value = (Object(value) as Record<string, unknown>)[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}
