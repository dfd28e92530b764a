import { Emitter, type Disposable, type Event } from '../catalog/emitter';
import type { Settings } from '../settings';
import { nameConnection, type ConnectedPlace, type Connection } from './connection';
import type { Credentials } from './credentials';
import type { FoundStores } from './foundStores';
import { findKept } from './keptConnections';
import { findLocalPath } from './localPath';
import type { Login, OriginCredentials } from './login';
import type { Recents } from './recents';
import {
  borrowVariables,
  listCandidates,
  resolveConnection,
  resolveRegistry,
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
  /** Owned by whoever made it. */
  readonly found: FoundStores;
  /** The absolute paths of the workspace folders. */
  readonly folders: () => readonly string[];
}

/** Somewhere to look on trial. */
export type Trial = Candidate & {
  /** What the user typed for it and nobody stored yet; used instead of what is stored. */
  readonly typed?: OriginCredentials | undefined;
};

/**
 * Where to look, kept up to date with settings, environment, `.env` files, trust, stored credentials and, where all
 * these say nothing, the stores in the workspace. What the settings and the environment say is known at once; what only
 * a `.env` says, when `ready` settles; what is only found, some time after that.
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
        const places = [this.connection, this.connection?.registry];
        if (places.some((place) => place && originOf(place.uri) === origin)) this.replace();
      }),
      options.found.onDidChange(() => {
        this.refresh();
      }),
    ];
    this.adopt(resolveConnection(this.places()));
    this.reading = this.readFirst();
  }

  get current(): Connection | undefined {
    return this.connection;
  }

  /** The stores in the workspace that nobody named. */
  get found(): FoundStores {
    return this.options.found;
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
    const path = trial.path ?? findLocalPath(trial.uri, this.options.folders()[0]);
    return this.toPlace({ ...trial, path }, isChosenByUser, trial.typed);
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
    if (before && next && isSamePlace(before, next, resolveRegistry(this.places(), next))) {
      this.fingerprint = this.takeFingerprint(next);
    } else this.refresh();
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
    const { settings, environment, folders, found } = this.options;
    const { tracking, registry } = settings();
    return {
      setting: tracking,
      registrySetting: registry,
      environment,
      folders: folders(),
      found: found.chosen,
      ...this.files,
    };
  }

  /** Nobody searches a workspace before all that may say where to look has been read. */
  private refresh(): void {
    const next = resolveConnection(this.places());
    if (!next) void this.options.found.start();
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
    const registry = resolveRegistry(this.places(), candidate);
    this.connection = {
      ...this.toPlace(candidate, false, undefined),
      name: this.nameOf(candidate),
      registry: registry && this.toPlace(registry, false, undefined),
    };
  }

  private toPlace(
    to: Candidate,
    isChosenByUser: boolean,
    typed: OriginCredentials | undefined,
  ): ConnectedPlace {
    const { uri, path, source, sourceLabel } = to;
    return { uri, path, source, sourceLabel, authorize: () => this.authorize(to, isChosenByUser, typed) };
  }

  private nameOf(candidate: Candidate): string {
    const { folders, settings } = this.options;
    const kept = findKept(candidate, settings().kept, folders());
    return kept?.name ?? nameConnection(candidate.uri, candidate.path, folders());
  }

  /** What makes one connection differ from another. It holds secrets and is compared only. */
  private takeFingerprint(candidate: Candidate | undefined): string {
    if (!candidate) return '';
    const registry = resolveRegistry(this.places(), candidate);
    const places = [candidate, registry].map((place) => place && [place, this.borrow(place, false)]);
    return JSON.stringify([this.nameOf(candidate), ...places]);
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
    const { composeHeaders } = await import('./headers');
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

function isSamePlace(one: Connection, other: Candidate, registry: Candidate | undefined): boolean {
  const sayers = [one, one.registry].map((place) => place && [place.uri, place.path, place.sourceLabel]);
  const others = [other, registry].map((place) => place && [place.uri, place.path, place.sourceLabel]);
  return JSON.stringify(sayers) === JSON.stringify(others);
}
