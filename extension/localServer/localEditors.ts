import { homedir } from 'node:os';
import type { Memento } from '../catalog/memento';
import type { Connection } from '../connections/connection';
import type { OpenStore } from '../connections/openStore';
import { kindOfTrackingUri } from '../connections/trackingUri';
import { findEndCause } from '../processes/endCause';
import type { FoundPython } from '../processes/findPython';
import type { Session } from '../session';
import type { Settings } from '../settings';
import type { Editors } from '../tracking/editors';
import { causeOf } from '../tracking/errors';
import type { TrackingStore } from '../tracking/store';
import { choosePython } from '../ui/choosePython';
import { demandTrust } from '../ui/demandTrust';
import type { Report } from '../ui/report';
import { UserError } from '../ui/userError';
import { withCancel, withProgress } from '../ui/withCancel';
import { readLocalBackend, type LocalBackend } from './backend';
import { backUpDatabase, migrateDatabase, readSchemaState } from './databaseSchema';
import { nameBackend } from './serverTexts';
import { connectionTo, startStoreServer, type StoreServersOptions } from './storeServer';

export interface LocalEditorsOptions extends StoreServersOptions {
  readonly openStore: OpenStore;
  readonly settings: () => Settings;
  readonly report: Report;
  /** Remembers which stores the user agreed to have changed. */
  readonly state: Memento;
}

const agreedKey = 'mlflow.localStores.agreed';

const whyTrust = 'A local store is changed by MLflow itself, so the workspace must be trusted first.';

/**
 * The ways to change local stores: through MLflow's own server, started for each when something of it is first changed, so
 * that MLflow stays the only writer. The user is asked once for each store, and each time a database would be migrated.
 */
export class LocalEditors {
  private readonly starting = new Map<string, Promise<string>>();
  private readonly stores = new Map<string, TrackingStore>();

  constructor(private readonly options: LocalEditorsOptions) {}

  /** Rejects with a UserError where a server cannot change it, with a cancellation where the user would rather not. */
  async open<Part extends keyof Editors>(
    session: Session,
    part: Part,
    signal: AbortSignal,
  ): Promise<Editors[Part]> {
    const address = await this.demandServer(session, part, signal);
    const editor = await (await this.demandStore(address)).editor?.(part, signal);
    if (!editor) throw new Error(`The server at ${address} changes nothing.`);
    return editor;
  }

  /** The address of the server through which it is changed. Rejects as `open`. */
  async demandServer({ connection }: Session, part: keyof Editors, signal: AbortSignal): Promise<string> {
    const backend = backendOf(connection, part);
    const address = this.options.servers.find(backend.uri)?.server.address ?? (await this.startOnce(backend));
    signal.throwIfAborted();
    return address;
  }

  dispose(): void {
    for (const store of this.stores.values()) store.dispose();
  }

  private async demandStore(address: string): Promise<TrackingStore> {
    const known = this.stores.get(address);
    if (known) return known;
    const store = await this.options.openStore(connectionTo(address, 'a local server'));
    this.stores.set(address, store);
    return store;
  }

  /** Whoever wants the same server meanwhile gets the one that starts, and asks nobody again. */
  private startOnce(backend: LocalBackend): Promise<string> {
    const { uri } = backend;
    const starting =
      this.starting.get(uri) ??
      this.start(backend).finally(() => {
        this.starting.delete(uri);
      });
    this.starting.set(uri, starting);
    return starting;
  }

  /** Answers the server's address. */
  private async start(backend: LocalBackend): Promise<string> {
    if (!(await demandTrust(this.options.report, whyTrust))) throw turnedAway();
    await this.agree(backend);
    const name = nameBackend(backend);
    const python = await withCancel(`Looking for the Python that changes ${name}…`, (signal) => {
      const setting = this.options.settings().python.path;
      return choosePython({ setting, folder: undefined, log: this.log }, signal);
    });
    if (backend.kind === 'sqlite') await this.migrate(backend, python);
    const start = { backend, python: python.python, folder: homedir() };
    const { server } = await withCancel(`Starting an MLflow server for ${name}…`, (signal) =>
      startStoreServer(this.options, start, signal),
    );
    return server.address;
  }

  private async agree(backend: LocalBackend): Promise<void> {
    const { state, report } = this.options;
    const { uri, kind } = backend;
    const agreed = state.get<readonly string[]>(agreedKey, []);
    if (agreed.includes(uri)) return;
    const isAgreed = await report.confirm(
      `Have MLflow change ${nameBackend(backend)}?`,
      'MLflow Lens itself only reads local stores. To change this one it starts MLflow’s own server on this machine, ' +
        'which ends with the window. You are asked once for each store.' +
        (kind === 'files' ? ' MLflow adds what it misses, such as an experiment named Default.' : ''),
      'Start Server',
    );
    if (!isAgreed) throw turnedAway();
    await state.update(agreedKey, [...agreed.filter((one) => one !== uri), uri]);
  }

  /** Has a database of an older schema migrated, if the user agrees. */
  private async migrate(backend: LocalBackend, { python, version }: FoundPython): Promise<void> {
    const { path, uri } = backend;
    const name = nameBackend(backend);
    const state = await withCancel(`Looking at the schema of ${name}…`, (signal) =>
      readSchemaState(python, path, signal),
    );
    if (state === 'newer')
      throw new UserError(
        `${name} was made by an MLflow newer than ${version}, which ${python} has: update it.`,
      );
    if (state === 'current') return;
    const choice = await this.options.report.ask(
      `Have MLflow ${version} migrate ${name}?`,
      'An older MLflow made this database. It cannot be changed before it is migrated to the newest schema, and older ' +
        'versions of MLflow cannot open it afterwards.',
      'Back Up and Migrate',
      'Migrate',
    );
    if (choice === undefined) throw turnedAway();
    await withProgress(`Migrating ${name}…`, async () => {
      if (choice === 'Back Up and Migrate') {
        const copy = await this.explain('could not be backed up', name, backUpDatabase(python, path));
        this.options.report.info(`${name} was copied to ${copy}.`);
      }
      await this.explain('could not be migrated', name, migrateDatabase(python, uri));
    });
  }

  private async explain<T>(what: string, name: string, attempt: Promise<T>): Promise<T> {
    try {
      return await attempt;
    } catch (error) {
      const text = causeOf(error);
      this.log(text);
      throw new UserError(`${name} ${what}: ${findEndCause(text.split('\n')) ?? text}.`, { cause: error });
    }
  }

  private readonly log = (line: string): void => {
    this.options.output.info(line);
  };
}

function backendOf(connection: Connection, part: keyof Editors): LocalBackend {
  const { uri, path } = (part === 'registry' ? connection.registry : undefined) ?? connection;
  if (path === undefined) throw new UserError(`${uri} is only read: MLflow Lens cannot change it.`);
  return readLocalBackend(kindOfTrackingUri(uri) === 'sqlite' ? 'sqlite' : 'files', path);
}

function turnedAway(): DOMException {
  return new DOMException('The user would rather not.', 'AbortError');
}
