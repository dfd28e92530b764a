/**
 * Typed messages between the extension and a webview, over any port that carries structured values. Both sides use
 * the same descriptors, so that a request's parameters and result are tied together, as LSP's RequestType does.
 *
 * What comes out of a port is a stranger's: ill-formed and unknown messages are dropped, and parameters that do not
 * pass their descriptor's guard never reach a handler.
 */

/** One side's end of the line. `onMessage` is called once, by the channel. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
}

interface Disposable {
  dispose(): unknown;
}

/** Whether a stranger's value may be taken for `T`. */
export type Guard<T> = (value: unknown) => value is T;

export interface RequestType<Params, Result> {
  readonly name: string;
  readonly accepts: Guard<Params> | undefined;
  /** Never there: it ties the result to the descriptor. */
  readonly result?: Result;
}

export interface EventType<Params> {
  readonly name: string;
  readonly accepts: Guard<Params> | undefined;
}

/** A question with an answer: `request<SeriesQuery, readonly Series[]>('metrics/loadSeries', isSeriesQuery)`. */
export function request<Params, Result>(name: string, accepts?: Guard<Params>): RequestType<Params, Result> {
  return { name, accepts };
}

/** News that nobody answers: `event<Snapshot>('runSummary/show')`. */
export function event<Params>(name: string, accepts?: Guard<Params>): EventType<Params> {
  return { name, accepts };
}

/** The failure of whoever answered a request; only its message travels. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
}

/** The line went down before the answer came. Named as cancellations are, so that it is nowhere shown as an error. */
export class ChannelClosed extends Error {
  override readonly name = 'Canceled';
  constructor() {
    super('The view was closed.');
  }
}

type Message =
  | { readonly kind: 'event'; readonly name: string; readonly params?: unknown }
  | { readonly kind: 'request'; readonly name: string; readonly id: number; readonly params?: unknown }
  | { readonly kind: 'result'; readonly id: number; readonly result?: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'cancel'; readonly id: number };

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

interface Handler {
  readonly accepts: Guard<never> | undefined;
  readonly run: (params: never, signal: AbortSignal) => unknown;
}

interface Listener {
  readonly accepts: Guard<never> | undefined;
  readonly run: (params: never) => void;
}

/** Speaks over one port until it is disposed. */
export class Channel implements Disposable {
  private readonly subscription: Disposable;
  private readonly handlers = new Map<string, Handler>();
  private readonly listeners = new Map<string, Listener>();
  private readonly pending = new Map<number, Pending>();
  private readonly running = new Map<number, AbortController>();
  private lastId = 0;
  private isClosed = false;

  constructor(
    private readonly port: Port,
    /** Learns what this side's handlers and listeners threw: the other side gets no more than a message. */
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.subscription = port.onMessage((message) => {
      if (!this.isClosed && isMessage(message)) this.receive(message);
    });
  }

  /** Asks the other side. Rejects with its failure, with the signal's reason, or with ChannelClosed. */
  request<Params, Result>(
    type: RequestType<Params, Result>,
    params: Params,
    signal?: AbortSignal,
  ): Promise<Result> {
    if (this.isClosed) return Promise.reject(new ChannelClosed());
    if (signal?.aborted) return Promise.reject(asError(signal.reason));
    const id = ++this.lastId;
    const answer = new Promise<unknown>((resolve, reject) => this.pending.set(id, { resolve, reject }));
    const cancel = () => {
      this.post({ kind: 'cancel', id });
      this.settle(id)?.reject(asError(signal?.reason));
    };
    signal?.addEventListener('abort', cancel, { once: true });
    this.post({ kind: 'request', id, name: type.name, params });
    return answer.finally(() => signal?.removeEventListener('abort', cancel)) as Promise<Result>;
  }

  send<Params>(type: EventType<Params>, params: Params): void {
    if (!this.isClosed) this.post({ kind: 'event', name: type.name, params });
  }

  /** Answers a request from now on; the signal is aborted when nobody waits any more. */
  handle<Params, Result>(
    type: RequestType<Params, Result>,
    run: (params: Params, signal: AbortSignal) => Result | Promise<Result>,
  ): void {
    this.handlers.set(type.name, { accepts: type.accepts as Guard<never> | undefined, run });
  }

  /** Listens to an event from now on. */
  listen<Params>(type: EventType<Params>, run: (params: Params) => void): void {
    this.listeners.set(type.name, { accepts: type.accepts as Guard<never> | undefined, run });
  }

  dispose(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.subscription.dispose();
    for (const { reject } of this.pending.values()) reject(new ChannelClosed());
    for (const controller of this.running.values()) controller.abort(new ChannelClosed());
    this.pending.clear();
    this.running.clear();
  }

  private receive(message: Message): void {
    switch (message.kind) {
      case 'event':
        this.hear(message.name, message.params);
        break;
      case 'request':
        void this.answer(message.id, message.name, message.params);
        break;
      case 'result':
        this.settle(message.id)?.resolve(message.result);
        break;
      case 'failure':
        this.settle(message.id)?.reject(new RemoteError(message.message));
        break;
      case 'cancel':
        this.running.get(message.id)?.abort();
        break;
    }
  }

  private hear(name: string, params: unknown): void {
    const listener = this.listeners.get(name);
    if (!listener || !passes(listener.accepts, params)) return;
    try {
      listener.run(params as never);
    } catch (error) {
      this.onFailure(error);
    }
  }

  private async answer(id: number, name: string, params: unknown): Promise<void> {
    const handler = this.handlers.get(name);
    if (!handler) {
      this.refuse(id, `Nobody answers ${name.slice(0, 100)}.`);
      return;
    }
    if (!passes(handler.accepts, params)) {
      this.refuse(id, `${name} does not take these parameters.`);
      return;
    }
    // A second request of the same number could never be told from the first.
    if (this.running.has(id)) return;
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      const result = await handler.run(params as never, controller.signal);
      if (!controller.signal.aborted) this.post({ kind: 'result', id, result });
    } catch (error) {
      if (controller.signal.aborted) return;
      this.onFailure(error);
      this.refuse(id, messageOf(error));
    } finally {
      this.running.delete(id);
    }
  }

  private refuse(id: number, message: string): void {
    this.post({ kind: 'failure', id, message });
  }

  private settle(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  private post(message: Message): void {
    this.port.post(message);
  }
}

function passes(accepts: Guard<never> | undefined, params: unknown): boolean {
  return accepts === undefined || accepts(params);
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, id, name, message } = value as Record<'kind' | 'id' | 'name' | 'message', unknown>;
  switch (kind) {
    case 'event':
      return typeof name === 'string';
    case 'request':
      return typeof name === 'string' && Number.isSafeInteger(id);
    case 'result':
    case 'cancel':
      return Number.isSafeInteger(id);
    case 'failure':
      return Number.isSafeInteger(id) && typeof message === 'string';
    default:
      return false;
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new ChannelClosed();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
