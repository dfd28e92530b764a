import { isCancellation, TrackingError } from '../tracking/errors';
import type { StoreInfo, TrackingStore } from '../tracking/store';
import type { Connection } from './connection';
import type { Connections, Trial } from './connections';
import type { Credentials } from './credentials';
import { holdSecret } from './headers';
import type { OriginCredentials } from './login';
import { absoluteUri } from './localPath';
import { isLoopback, originOf, readTrackingUri } from './trackingUri';

/** What becomes of a destination that works. Credentials that the user typed are stored in any case. */
export type Keep =
  | 'setting' // it becomes the setting
  | 'found' // nobody says where to look: the workspace remembers it among the stores that lie in it
  | 'inherited' // the setting is taken back, so that the environment or a `.env` decides
  | 'choice' // it is in use already, and from now on by the user's own choice
  | 'nothing'; // it is in use already

/** Somewhere to connect to. */
export interface Destination extends Trial {
  readonly keep: Keep;
}

/** What a user may do about a connection that failed. */
export type NextStep = 'retry' | 'edit' | 'signIn' | 'useAnyway';

/** The questions that connecting asks. Each answers undefined, or false, when the user would rather stop. */
export interface ConnectDialogs {
  enterUri(initial: string): Promise<string | undefined>;
  /** Changes the given credentials: what the user leaves alone stays. */
  askCredentials(
    uri: string,
    existing: OriginCredentials | undefined,
  ): Promise<OriginCredentials | undefined>;
  askNextStep(uri: string, error: unknown): Promise<NextStep | undefined>;
  confirmClearText(uri: string): Promise<boolean>;
  /** Shows that a connection is being tested; the signal aborts when the user stops it. */
  showProgress<T>(uri: string, task: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

export interface ConnectFlowOptions {
  readonly connections: Pick<Connections, 'tryOut' | 'remember'>;
  readonly credentials: Pick<Credentials, 'read' | 'save'>;
  readonly openStore: (connection: Connection) => Promise<TrackingStore>;
  readonly dialogs: ConnectDialogs;
  /** Has the store at that path shown, among those found in the workspace. */
  readonly chooseFound: (path: string) => Promise<void>;
  /** Makes the URI the setting, or takes the setting back. */
  readonly writeSetting: (uri: string | undefined) => Promise<void>;
}

type Outcome =
  | { readonly kind: 'connected'; readonly info: StoreInfo }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Tests a connection, asks for what it lacks, and keeps it once it works or the user wants it anyway. Whoever stops
 * anywhere on the way has changed nothing.
 */
export class ConnectFlow {
  /** Origins to which the user lets credentials travel in the clear; asked once in a window. */
  private readonly clearText = new Set<string>();

  constructor(private readonly options: ConnectFlowOptions) {}

  /** True when the connection was kept. */
  async connect(first: Destination): Promise<boolean> {
    let destination = first;
    for (;;) {
      const outcome = await this.attempt(destination);
      if (outcome.kind === 'cancelled') return false;
      if (outcome.kind === 'connected') break;
      const step = await this.chooseStep(destination, outcome.error);
      if (step === undefined) return false;
      if (step === 'useAnyway') break;
      const next = await this.take(step, destination);
      if (!next) return false;
      destination = next;
    }
    await this.keep(destination);
    return true;
  }

  /** Asks for credentials and tests them; stores them once they work. */
  async signIn(destination: Destination): Promise<boolean> {
    const signedIn = await this.take('signIn', destination);
    return signedIn !== undefined && (await this.connect(signedIn));
  }

  /** Asks for a URI, then connects there. */
  async enter(initial: string): Promise<boolean> {
    const destination = await this.askDestination(initial);
    return destination !== undefined && (await this.connect(destination));
  }

  private async attempt(destination: Destination): Promise<Outcome> {
    const connection = this.options.connections.tryOut(destination, destination.keep !== 'nothing');
    try {
      if (!(await this.maySend(connection))) return { kind: 'cancelled' };
      const info = await this.options.dialogs.showProgress(destination.uri, (signal) =>
        this.test(connection, signal),
      );
      return { kind: 'connected', info };
    } catch (error) {
      return isCancellation(error) ? { kind: 'cancelled' } : { kind: 'failed', error };
    }
  }

  private async test(connection: Connection, signal: AbortSignal): Promise<StoreInfo> {
    const store = await this.options.openStore(connection);
    try {
      return await store.connect(signal);
    } finally {
      store.dispose();
    }
  }

  private async maySend({ uri, authorize }: Connection): Promise<boolean> {
    const origin = originOf(uri);
    if (!origin?.startsWith('http:') || isLoopback(uri) || this.clearText.has(origin)) return true;
    if (!holdSecret(await authorize())) return true;
    const isAccepted = await this.options.dialogs.confirmClearText(uri);
    if (isAccepted) this.clearText.add(origin);
    return isAccepted;
  }

  /** A server that wants credentials is asked for at once, unless the user has just typed some. */
  private async chooseStep(destination: Destination, error: unknown): Promise<NextStep | undefined> {
    const wantsCredentials = error instanceof TrackingError && error.kind === 'unauthorized';
    if (wantsCredentials && !destination.typed) return 'signIn';
    return await this.options.dialogs.askNextStep(destination.uri, error);
  }

  private async take(
    step: Exclude<NextStep, 'useAnyway'>,
    destination: Destination,
  ): Promise<Destination | undefined> {
    switch (step) {
      case 'retry':
        return destination;
      case 'edit':
        return await this.askDestination(destination.uri);
      case 'signIn': {
        const existing = destination.typed ?? (await this.readStored(destination.uri));
        const typed = await this.options.dialogs.askCredentials(destination.uri, existing);
        return typed && { ...destination, typed };
      }
    }
  }

  /** A login in the URI is taken out of it: it will lie in the secret storage, never in a setting. */
  private async askDestination(initial: string): Promise<Destination | undefined> {
    const text = await this.options.dialogs.enterUri(initial);
    if (text === undefined) return undefined;
    const { uri, login } = readTrackingUri(text);
    const existing = await this.readStored(uri);
    const typed = login && { login, headers: existing?.headers ?? new Map<string, string>() };
    return { uri, login: undefined, typed, keep: 'setting', source: 'userSetting', sourceLabel: 'entered' };
  }

  private async readStored(uri: string): Promise<OriginCredentials | undefined> {
    const origin = originOf(uri);
    return origin === undefined ? undefined : await this.options.credentials.read(origin);
  }

  /** Credentials first, so that the new connection has them from its first request on. */
  private async keep(destination: Destination): Promise<void> {
    const { connections, credentials, chooseFound, writeSetting } = this.options;
    const { uri, path, login, typed, keep } = destination;
    const origin = originOf(uri);
    const unwritable =
      keep === 'setting' && login ? { login, headers: new Map<string, string>() } : undefined;
    const secrets = typed ?? unwritable;
    if (secrets && origin !== undefined) await credentials.save(origin, secrets);
    // What is remembered is offered in every folder.
    if (keep !== 'nothing') await connections.remember(absoluteUri(connections.tryOut(destination, true)));
    if (keep === 'setting') await writeSetting(uri);
    if (keep === 'found' && path !== undefined) await chooseFound(path);
    if (keep === 'inherited') await writeSetting(undefined);
  }
}
