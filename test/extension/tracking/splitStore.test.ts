import { deepEqual, equal, rejects } from 'node:assert/strict';
import { TrackingError } from '../../../extension/tracking/errors';
import { withRegistry } from '../../../extension/tracking/splitStore';
import type { StoreChange, TrackingStore } from '../../../extension/tracking/store';

const { signal } = new AbortController();

/** A store that writes down what it is asked. */
class AskedStore {
  readonly asked: string[] = [];
  connecting: () => Promise<void> = () => Promise.resolve();
  change: (change: StoreChange) => void = () => undefined;
  readonly store: TrackingStore;

  constructor(name: string, canWatch = true) {
    const answer = <T>(method: string, value: T) => {
      return (): Promise<T> => {
        this.asked.push(method);
        return Promise.resolve(value);
      };
    };
    const page = { items: [], nextPageToken: undefined };
    const never = () => Promise.reject(new Error('Not to be called here'));
    this.store = {
      connect: async () => {
        this.asked.push('connect');
        await this.connecting();
        return { version: name };
      },
      searchExperiments: answer('searchExperiments', page),
      searchRuns: answer('searchRuns', page),
      getRuns: answer('getRuns', []),
      getRun: never,
      getMetricHistory: never,
      listArtifacts: answer('listArtifacts', []),
      readArtifact: answer('readArtifact', undefined),
      openArtifact: answer('openArtifact', undefined),
      searchRegisteredModels: answer('searchRegisteredModels', page),
      getRegisteredModel: never,
      searchModelVersions: answer('searchModelVersions', page),
      getModelVersion: never,
      searchLoggedModels: answer('searchLoggedModels', page),
      getLoggedModel: never,
      listLoggedModelFiles: answer('listLoggedModelFiles', []),
      readLoggedModelFile: answer('readLoggedModelFile', undefined),
      readModelVersionFile: answer('readModelVersionFile', undefined),
      ...(canWatch && {
        watch: (listener) => {
          this.change = listener;
        },
      }),
      dispose: () => {
        this.asked.push('dispose');
      },
    };
  }
}

function open() {
  const tracking = new AskedStore('tracking');
  const registry = new AskedStore('registry');
  let opened = 0;
  const store = withRegistry(tracking.store, () => {
    opened++;
    return Promise.resolve(registry.store);
  });
  const searchModels = (by = signal) => store.searchRegisteredModels({ pageSize: 1 }, by);
  return { tracking, registry, store, searchModels, opened: () => opened };
}

describe('withRegistry', () => {
  it('asks the registry about registered models, and the tracking store about all else', async () => {
    const { tracking, registry, store, searchModels, opened } = open();
    equal((await store.connect(signal)).version, 'tracking');
    await store.searchExperiments({ pageSize: 1, view: 'active' }, signal);
    await store.searchRuns({ pageSize: 1, view: 'active', experimentIds: [] }, signal);
    await store.getRuns('0', [], signal);
    await store.listArtifacts('r', '', signal);
    await store.readArtifact('r', 'a', 1, signal);
    await store.openArtifact('r', 'a', undefined, signal);
    await store.searchLoggedModels({ pageSize: 1, experimentId: '0' }, signal);
    await store.listLoggedModelFiles('m-1', '', signal);
    await store.readLoggedModelFile('m-1', 'MLmodel', signal);
    equal(opened(), 0);
    await searchModels();
    await store.searchModelVersions({ pageSize: 1, name: 'm' }, signal);
    await store.readModelVersionFile({ name: 'm', version: '1' }, 'MLmodel', signal);
    deepEqual(tracking.asked, [
      ...['connect', 'searchExperiments', 'searchRuns', 'getRuns', 'listArtifacts'],
      ...[
        'readArtifact',
        'openArtifact',
        'searchLoggedModels',
        'listLoggedModelFiles',
        'readLoggedModelFile',
      ],
    ]);
    deepEqual(registry.asked, [
      ...['connect', 'searchRegisteredModels', 'searchModelVersions', 'readModelVersionFile'],
    ]);
    equal(opened(), 1);
  });

  it('goes on without a registry that fails, and tries that again when asked again', async () => {
    const { registry, store, searchModels } = open();
    registry.connecting = () => Promise.reject(new TrackingError('refused', 'Nothing listens there.'));
    equal((await store.connect(signal)).version, 'tracking');
    await rejects(searchModels(), /Nothing listens there/);
    deepEqual(registry.asked, ['connect', 'dispose']);
    registry.connecting = () => Promise.resolve();
    deepEqual((await searchModels()).items, []);
  });

  it('rejects as the registry does that cannot be opened at all', async () => {
    const error = new TrackingError('unsupported', 'No such kind.');
    const store = withRegistry(new AskedStore('tracking').store, () => Promise.reject(error));
    await store.connect(signal);
    await rejects(store.getRegisteredModel('m', signal), /No such kind/);
  });

  it('connects to the registry once for all who ask, and lets each turn away', async () => {
    const { registry, searchModels } = open();
    const { promise, resolve } = deferred();
    registry.connecting = () => promise;
    const leaving = new AbortController();
    const left = searchModels(leaving.signal);
    const staying = searchModels();
    leaving.abort();
    await rejects(left, { name: 'AbortError' });
    resolve();
    await staying;
    deepEqual(registry.asked, ['connect', 'searchRegisteredModels']);
  });

  it('tells of changes in both, models from the registry only', async () => {
    const { tracking, registry, store, searchModels } = open();
    const seen: string[] = [];
    store.watch?.(({ kind }) => seen.push(kind));
    await searchModels();
    tracking.change({ kind: 'models' });
    tracking.change({ kind: 'experiments' });
    registry.change({ kind: 'experiments' });
    registry.change({ kind: 'all' });
    deepEqual(seen, ['experiments', 'models']);
  });

  it('gives previews of metrics where the tracking store can', async () => {
    const { store } = new AskedStore('tracking');
    const plain = withRegistry(store, () => Promise.resolve(store));
    equal('getMetricPreview' in plain, false);
    const previews = new Map([
      ['r', { values: new Float64Array(), timestamps: new Float64Array(), steps: new Float64Array() }],
    ]);
    const sampling = { ...store, getMetricPreview: () => Promise.resolve(previews) };
    const split = withRegistry(sampling, () => Promise.resolve(store));
    equal(await split.getMetricPreview?.(['r'], 'm', signal), previews);
  });

  it('is changed where each part of it is kept', async () => {
    const asked: string[] = [];
    const withEditors = (name: string) => ({
      ...new AskedStore(name).store,
      editor: (part: string) => Promise.resolve(void asked.push(`${part} of ${name}`)),
    });
    const split = withRegistry(withEditors('tracking'), () => Promise.resolve(withEditors('registry')));
    await split.editor?.('runs', signal);
    await split.editor?.('registry', signal);
    deepEqual(asked, ['runs of tracking', 'registry of registry']);
  });

  it('cannot watch where the tracking store cannot', () => {
    const blind = new AskedStore('tracking', false).store;
    equal('watch' in withRegistry(blind, () => Promise.resolve(blind)), false);
  });

  it('ends both, and connects to nothing afterwards', async () => {
    const { tracking, registry, store, searchModels } = open();
    await searchModels();
    store.dispose();
    await Promise.resolve();
    equal(tracking.asked.at(-1), 'dispose');
    equal(registry.asked.at(-1), 'dispose');
    const unused = open();
    unused.store.dispose();
    await rejects(unused.searchModels(), { name: 'AbortError' });
    equal(unused.opened(), 0);
  });
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
