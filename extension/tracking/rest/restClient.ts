import { TrackingError } from '../errors';
import { HttpClient, type HttpOptions, type HttpRequest } from './http';
import { ReplyReader } from './replyReader';
import { decodePlainText, UnusableReply, type DecodedReply, type ReplyName } from './wire/reply';

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

  /** A POST that changes something and answers nothing. Done twice it is the same as done once, so that it may be repeated. */
  async change(request: Pick<HttpRequest, 'path' | 'body'>, signal: AbortSignal): Promise<void> {
    await this.whileOpen(signal, async (inner) => {
      const chunks = await this.http.send({ ...request, method: 'POST', isRepeatable: true }, inner);
      // A page for signing in is no success.
      decodePlainText(Buffer.concat(chunks));
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
