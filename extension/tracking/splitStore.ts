import type { StoreChange, TrackingStore } from './store';

/**
 * One store whose registered models are kept elsewhere, as MLflow's registry URI has it (reference/STORES.md §1): all
 * about them is asked of the registry, everything else, logged models too, of `tracking`.
 *
 * The registry is opened and connected to when it is first asked for something. One that fails takes nothing down: each
 * question about models rejects with its error, and the next one tries again.
 */
export function withRegistry(
  tracking: TrackingStore,
  openRegistry: () => Promise<TrackingStore>,
): TrackingStore {
  const registry = new Registry(openRegistry);
  return {
    connect: (signal) => tracking.connect(signal),
    searchExperiments: (query, signal) => tracking.searchExperiments(query, signal),
    searchRuns: (query, signal) => tracking.searchRuns(query, signal),
    getRuns: (experimentId, runIds, signal) => tracking.getRuns(experimentId, runIds, signal),
    getRun: (runId, signal) => tracking.getRun(runId, signal),
    getMetricHistory: (runId, key, signal, known) => tracking.getMetricHistory(runId, key, signal, known),
    ...(tracking.getMetricPreview && {
      getMetricPreview: (runIds, key, signal) =>
        tracking.getMetricPreview?.(runIds, key, signal) ?? Promise.resolve(new Map()),
    }),
    listArtifacts: (runId, path, signal) => tracking.listArtifacts(runId, path, signal),
    readArtifact: (runId, path, limit, signal) => tracking.readArtifact(runId, path, limit, signal),
    openArtifact: (runId, path, resume, signal) => tracking.openArtifact(runId, path, resume, signal),
    ...(tracking.uploadArtifact && { uploadArtifact: tracking.uploadArtifact.bind(tracking) }),
    ...(tracking.artifactFolder && { artifactFolder: tracking.artifactFolder.bind(tracking) }),
    searchLoggedModels: (query, signal) => tracking.searchLoggedModels(query, signal),
    getLoggedModel: (modelId, signal) => tracking.getLoggedModel(modelId, signal),
    listLoggedModelFiles: (modelId, path, signal) => tracking.listLoggedModelFiles(modelId, path, signal),
    readLoggedModelFile: (modelId, path, signal) => tracking.readLoggedModelFile(modelId, path, signal),

    searchRegisteredModels: async (query, signal) =>
      (await registry.demand(signal)).searchRegisteredModels(query, signal),
    getRegisteredModel: async (name, signal) =>
      (await registry.demand(signal)).getRegisteredModel(name, signal),
    searchModelVersions: async (query, signal) =>
      (await registry.demand(signal)).searchModelVersions(query, signal),
    getModelVersion: async (key, signal) => (await registry.demand(signal)).getModelVersion(key, signal),
    readModelVersionFile: async (version, path, signal) =>
      (await registry.demand(signal)).readModelVersionFile(version, path, signal),

    editor: async (part, signal) => {
      const store = part === 'registry' ? await registry.demand(signal) : tracking;
      return await store.editor?.(part, signal);
    },

    // Where `tracking` cannot tell of changes, whoever asks must look by themselves anyway.
    ...(tracking.watch && {
      watch: (listener) => {
        tracking.watch?.((change) => {
          if (change.kind !== 'models') listener(change);
        });
        registry.watch(listener);
      },
    }),
    dispose: () => {
      tracking.dispose();
      registry.dispose();
    },
  };
}

/** The registry's store, opened and connected to when it is first demanded. */
class Registry {
  private connecting: Promise<TrackingStore> | undefined;
  private listener: ((change: StoreChange) => void) | undefined;
  private readonly ending = new AbortController();

  constructor(private readonly open: () => Promise<TrackingStore>) {}

  /** Whoever asks meanwhile shares the attempt of the first; who leaves ends it for nobody else. */
  async demand(signal: AbortSignal): Promise<TrackingStore> {
    signal.throwIfAborted();
    this.connecting ??= this.connect().catch((error: unknown) => {
      this.connecting = undefined;
      throw error;
    });
    return await unlessAborted(this.connecting, signal);
  }

  watch(listener: (change: StoreChange) => void): void {
    this.listener = listener;
  }

  dispose(): void {
    this.listener = undefined;
    this.ending.abort(new DOMException('The connection was closed.', 'AbortError'));
    void this.connecting?.then(
      (store) => {
        store.dispose();
      },
      () => undefined,
    );
  }

  private async connect(): Promise<TrackingStore> {
    this.ending.signal.throwIfAborted();
    const store = await this.open();
    try {
      await store.connect(this.ending.signal);
    } catch (error) {
      store.dispose();
      throw error;
    }
    store.watch?.((change) => {
      if (change.kind === 'models' || change.kind === 'all') this.listener?.({ kind: 'models' });
    });
    return store;
  }
}

async function unlessAborted<T>(task: Promise<T>, signal: AbortSignal): Promise<T> {
  return await new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    void task.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
