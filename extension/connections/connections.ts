import { Emitter, type Disposable, type Event } from '../catalog/emitter';
import type { Settings } from '../settings';
import type { Connection } from './connection';
import type { Credentials } from './credentials';
import { composeHeaders } from './headers';
import type { Login, OriginCredentials } from './login';
import type { Recents } from './recents';
import {
  borrowVariables,
  listCandidates,
  resolveConnection,
  type Candidate,
  type EnvFile,
  type Places,
} from './resolveConnection';
import { originOf } from './trackingUri';
import { loginOf, type Variables } from './variables';

/** What files say about where to look and as whom. */
export interface FilesRead {
  readonly envFiles: readonly EnvFile[];
  readonly home: Variables;
}

export interface ConnectionsOptions {
  readonly settings: () => Settings;
  readonly onDidChangeSettings: Event<Settings>;
  /** The variables of this process. */
  readonly environment: Variables;
  /** Reads the `.env` files and `~/.mlflow/credentials`; must not reject. */
  readonly readFiles: () => Promise<FilesRead>;
  /** Fires when those files may have changed, or the workspace became trusted. */
  readonly onDidChangeFiles: Event<unknown>;
  readonly credentials: Credentials;
  readonly recents: Recents;
}

/** Somewhere to look on trial. */
export type Trial = Pick<Candidate, 'uri' | 'login' | 'source' | 'sourceLabel' | 'envFile'> & {
  /** What the user typed for it and nobody stored yet; used instead of what is stored. */
  readonly typed?: OriginCredentials | undefined;
};

/**
 * Where to look, kept up to date with settings, environment, `.env` files, trust and stored credentials. What the
 * settings and the environment say is known at once; what only a `.env` says, when `ready` settles.
 */
export class Connections implements Disposable {
  private readonly changed = new Emitter();
  /** Fires when there is another connection, or other credentials for it. */
  readonly onDidChange = this.changed.event;

  private files: FilesRead = { envFiles: [], home: {} };
  private reading: Promise<void> = Promise.resolve();
  private generation = 0;
  private connection: Connection | undefined;
  private fingerprint = '';
  private readonly subscriptions: readonly Disposable[];

  constructor(private readonly options: ConnectionsOptions) {
    this.subscriptions = [
      options.onDidChangeSettings(() => {
        this.refresh();
      }),
      options.onDidChangeFiles(() => void this.readAgain()),
      options.credentials.onDidChange((origin) => {
        if (this.connection && originOf(this.connection.uri) === origin) this.replace();
      }),
    ];
    this.adopt(resolveConnection(this.places()));
    this.reading = this.readFirst();
  }

  get current(): Connection | undefined {
    return this.connection;
  }

  /** Settles when the files that are being read have been taken into account. */
  get ready(): Promise<void> {
    return this.reading;
  }

  /** All that has been said about where to look, strongest first. */
  candidates(): readonly Candidate[] {
    return listCandidates(this.places());
  }

  /** A connection that is not in use yet. */
  tryOut(trial: Trial, isChosenByUser: boolean): Connection {
    const { uri, source, sourceLabel, typed } = trial;
    return { uri, source, sourceLabel, authorize: () => this.authorize(trial, isChosenByUser, typed) };
  }

  /** Where the user connected by their own choice, newest first. */
  recents(): readonly string[] {
    return this.options.recents.list();
  }

  /** Notes that the user chose to connect there, which may lend it the environment's credentials. */
  async remember(uri: string): Promise<void> {
    await this.options.recents.remember(uri);
    this.refresh();
  }

  async forget(uri: string): Promise<void> {
    await this.options.recents.forget(uri);
    this.refresh();
  }

  dispose(): void {
    this.generation++;
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  /**
   * The first reading changes no connection that settings or environment already decided: nothing was sent before
   * it ended, since `authorize` waits for it.
   */
  private async readFirst(): Promise<void> {
    const before = this.connection;
    const isLatest = await this.readFiles();
    if (!isLatest) return;
    const next = resolveConnection(this.places());
    if (before && next && isSamePlace(before, next)) this.fingerprint = this.takeFingerprint(next);
    else this.refresh();
  }

  private readAgain(): Promise<void> {
    this.reading = this.readFiles().then((isLatest) => {
      if (isLatest) this.refresh();
    });
    return this.reading;
  }

  /** False when a later reading overtook this one. */
  private async readFiles(): Promise<boolean> {
    const generation = ++this.generation;
    const files = await this.options.readFiles();
    if (generation !== this.generation) return false;
    this.files = files;
    return true;
  }

  private places(): Places {
    const { settings, environment } = this.options;
    return { setting: settings().tracking, environment, ...this.files };
  }

  private refresh(): void {
    const next = resolveConnection(this.places());
    if (this.takeFingerprint(next) !== this.fingerprint) this.replace();
  }

  private replace(): void {
    this.adopt(resolveConnection(this.places()));
    this.changed.fire();
  }

  private adopt(candidate: Candidate | undefined): void {
    this.fingerprint = this.takeFingerprint(candidate);
    if (!candidate) {
      this.connection = undefined;
      return;
    }
    const { uri, source, sourceLabel } = candidate;
    this.connection = {
      uri,
      source,
      sourceLabel,
      authorize: () => this.authorize(candidate, false, undefined),
    };
  }

  /** What makes one connection differ from another. It holds secrets and is compared only. */
  private takeFingerprint(candidate: Candidate | undefined): string {
    if (!candidate) return '';
    const { login, workspace } = this.borrow(candidate, false);
    return JSON.stringify([candidate, login, workspace]);
  }

  private async authorize(
    to: Candidate,
    isChosenByUser: boolean,
    typed: OriginCredentials | undefined,
  ): Promise<ReadonlyMap<string, string>> {
    const origin = originOf(to.uri);
    if (origin === undefined) return new Map();
    await this.reading;
    const stored = typed ?? (await this.options.credentials.read(origin));
    const { login, workspace } = this.borrow(to, isChosenByUser);
    return composeHeaders({ stored, embedded: to.login, environment: login, workspace });
  }

  private borrow(
    to: Candidate,
    isChosenByUser: boolean,
  ): { readonly login: Login | undefined; readonly workspace: string | undefined } {
    const isOwn = isChosenByUser || this.options.recents.hasOrigin(to.uri);
    const variables = borrowVariables(to, this.places(), isOwn);
    return { login: loginOf(variables), workspace: variables.workspace };
  }
}

function isSamePlace(one: Connection, other: Candidate): boolean {
  return one.uri === other.uri && one.source === other.source && one.sourceLabel === other.sourceLabel;
}
