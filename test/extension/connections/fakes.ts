import { Emitter } from '../../../extension/catalog/emitter';
import { Connections, type FilesRead } from '../../../extension/connections/connections';
import { Credentials } from '../../../extension/connections/credentials';
import {
  collectStores,
  type FoundStore,
  type StoreFinder,
} from '../../../extension/connections/collectStores';
import { FoundStores } from '../../../extension/connections/foundStores';
import { Recents } from '../../../extension/connections/recents';
import type { Variables } from '../../../extension/connections/variables';
import type { Settings } from '../../../extension/settings';
import type { StoreInfo, TrackingStore } from '../../../extension/tracking/store';

/** A secret storage and a memento in memory; both show all they hold. */
export class Storage {
  readonly secrets = new Map<string, string>();
  readonly values = new Map<string, unknown>();
  private readonly changed = new Emitter<{ readonly key: string }>();

  readonly secretStore = {
    onDidChange: this.changed.event,
    get: (key: string) => Promise.resolve(this.secrets.get(key)),
    store: (key: string, value: string) => {
      this.secrets.set(key, value);
      this.changed.fire({ key });
      return Promise.resolve();
    },
    delete: (key: string) => {
      this.secrets.delete(key);
      this.changed.fire({ key });
      return Promise.resolve();
    },
  };

  readonly memory = {
    get: (key: string) => this.values.get(key),
    update: (key: string, value: unknown) => {
      this.values.set(key, value);
      return Promise.resolve();
    },
  };
}

export function settingsWith(uri: string | undefined, uriScope: 'user' | 'workspace' = 'user'): Settings {
  return {
    tracking: { uri, uriScope, requestTimeout: 1000 },
    registry: { uri: undefined, uriScope: 'user' },
    kept: [],
    runs: { refreshInterval: 0, pageSize: 10, keyMetric: '' },
    models: { recordsMoves: true },
    metrics: { direction: new Map() },
    python: { path: undefined },
    projects: { whenWindowCloses: 'goOn', runsAtOnce: 2 },
  };
}

/** A finder that finds what it is told, when it is told. */
export class Finder implements StoreFinder {
  stores: readonly FoundStore[] = [];
  looks = 0;
  /** What lies there, found by the next look. */
  lying: readonly string[] = [];
  private readonly changed = new Emitter();
  readonly onDidChange = this.changed.event;

  look(): Promise<void> {
    this.looks++;
    this.stores = collectStores(this.lying, ['/folder']);
    this.changed.fire();
    return Promise.resolve();
  }

  /** As if the file watchers told. */
  async put(...files: readonly string[]): Promise<void> {
    this.lying = files;
    await this.look();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** Connections over everything in memory. */
export class World {
  readonly storage = new Storage();
  readonly log: string[] = [];
  readonly credentials = new Credentials(this.storage.secretStore, (line) => this.log.push(line));
  readonly recents = new Recents(this.storage.memory);
  settings = settingsWith(undefined);
  files: FilesRead = { envFiles: [], home: {} };
  folders: readonly string[] = ['/folder'];
  /** What lies in the workspace folders. */
  readonly finder = new Finder();
  readonly found = new FoundStores(() => Promise.resolve(this.finder), this.storage.memory);
  changes = 0;
  private readonly settingsChanged = new Emitter<Settings>();
  private readonly filesChanged = new Emitter();

  open(environment: Variables = {}): Connections {
    const connections = new Connections({
      settings: () => this.settings,
      onDidChangeSettings: this.settingsChanged.event,
      environment,
      readFiles: () => Promise.resolve(this.files),
      onDidChangeFiles: this.filesChanged.event,
      credentials: this.credentials,
      recents: this.recents,
      found: this.found,
      folders: () => this.folders,
    });
    connections.onDidChange(() => this.changes++);
    return connections;
  }

  set(settings: Settings): void {
    this.settings = settings;
    this.settingsChanged.fire(settings);
  }

  writeFiles(files: Partial<FilesRead>): void {
    this.files = { ...this.files, ...files };
    this.filesChanged.fire();
  }

  writeEnvFile(variables: Variables): void {
    this.writeFiles({ envFiles: [{ path: '/folder/.env', label: '.env', variables }] });
  }
}

/** A store that only connects, in the given way. */
export function storeThat(connect: (signal: AbortSignal) => Promise<StoreInfo>): TrackingStore {
  const unused = () => Promise.reject(new Error('Not to be called here'));
  return {
    connect,
    searchExperiments: unused,
    searchRuns: unused,
    getRuns: unused,
    getRun: unused,
    getMetricHistory: unused,
    listArtifacts: unused,
    searchRegisteredModels: unused,
    getRegisteredModel: unused,
    searchModelVersions: unused,
    getModelVersion: unused,
    searchLoggedModels: unused,
    getLoggedModel: unused,
    listLoggedModelFiles: unused,
    readLoggedModelFile: unused,
    readModelVersionFile: unused,
    readArtifact: unused,
    openArtifact: unused,
    dispose: () => undefined,
  };
}

/** What a Basic header says. */
export function readBasic(headers: ReadonlyMap<string, string>): string | undefined {
  const value = headers.get('authorization');
  return value?.startsWith('Basic ') ? Buffer.from(value.slice(6), 'base64').toString('utf8') : value;
}
