import type { Artifact, LoggedModel, ModelVersion } from '../tracking/model';
import type { TrackingStore } from '../tracking/store';
import { Requests } from './requests';

/** The largest that stores are asked for. */
const largestPage = 1000;

const never = new AbortController().signal;

/** What of a store is read anew each time, since whoever asks keeps it. All of it rejects as the store does. */
export class FreshReads {
  protected readonly requests = new Requests();

  constructor(protected readonly store: TrackingStore) {}

  /** What lies in a folder of a run's artifacts, `''` being their root; nobody is told that something is being loaded. */
  listArtifacts(runId: string, path: string, signal = never): Promise<readonly Artifact[]> {
    return this.pass((both) => this.store.listArtifacts(runId, path, both), signal, true);
  }

  /** The bytes of a file among a run's artifacts; undefined if there is none. */
  artifact(runId: string, path: string, limit: number, signal = never): Promise<Uint8Array | undefined> {
    return this.pass((both) => this.store.readArtifact(runId, path, limit, both), signal, false);
  }

  /** A logged model by its id. */
  loggedModel(modelId: string): Promise<LoggedModel> {
    return this.requests.ask((signal) => this.store.getLoggedModel(modelId, signal));
  }

  /** What lies in a folder of a logged model's files, `''` being their root. */
  loggedModelFiles(modelId: string, path: string): Promise<readonly Artifact[]> {
    return this.requests.ask((signal) => this.store.listLoggedModelFiles(modelId, path, signal));
  }

  /** The text of a small file of a logged model, such as `MLmodel`; undefined if there is none. */
  loggedModelFile(modelId: string, path: string): Promise<string | undefined> {
    return this.requests.ask((signal) => this.store.readLoggedModelFile(modelId, path, signal));
  }

  /** All versions of a registered model, newest first, however many; without their aliases, as in a search. */
  async allVersions(name: string): Promise<readonly ModelVersion[]> {
    const all: ModelVersion[] = [];
    let pageToken: string | undefined;
    do {
      const query = { name, pageSize: largestPage, pageToken };
      const page = await this.requests.ask((signal) => this.store.searchModelVersions(query, signal));
      all.push(...page.items);
      pageToken =
        page.items.length === 0 || page.nextPageToken === pageToken ? undefined : page.nextPageToken;
    } while (pageToken !== undefined);
    return all;
  }

  /** Reads until somebody stops it; `isQuiet` where nobody waits for it. */
  protected pass<T>(
    read: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    isQuiet: boolean,
  ): Promise<T> {
    const ask = () => this.requests.ask((own) => read(AbortSignal.any([own, signal])));
    return isQuiet ? this.requests.quietly(ask) : ask();
  }
}
