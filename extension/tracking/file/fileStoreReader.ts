import { dirname } from 'node:path';
import { compileModelFilter } from '../filter/matchModel';
import { type ModelFilter, parseModelFilter } from '../filter/parseModelFilter';
import { TrackingError } from '../errors';
import {
  artifactFolderOf,
  listArtifactsAt,
  locateArtifactAt,
  readArtifactAt,
  readArtifactBytesAt,
} from '../local/artifacts';
import type { ArtifactBytes, LocatedFile, ReaderOptions, StoreReader } from '../local/storeReader';
import { toMetricHistory } from '../metricHistory';
import type { VersionKey } from '../editors';
import type {
  Artifact,
  Experiment,
  LoggedModel,
  MetricHistory,
  ModelVersion,
  Page,
  RegisteredModel,
  Run,
} from '../model';
import type {
  ExperimentQuery,
  LoggedModelQuery,
  ModelQuery,
  ModelVersionQuery,
  RunQuery,
  StoreChange,
  StoreInfo,
} from '../store';
import { codeOf, Damage, describeDamage } from './damage';
import { compareExperiments, ExperimentFolders, type ExperimentFolder } from './experimentFolders';
import { isLeftover, KeyLists } from './keyedFiles';
import { type LoggedModelFolder, LoggedModels } from './loggedModels';
import { MetricHistories } from './metricHistories';
import {
  joinArtifactPath,
  noLoggedModel,
  preferExisting,
  resolveSource,
  type SourceTargets,
} from '../local/modelSources';
import { findKeyFile } from './namedFiles';
import { paginate } from '../local/pageTokens';
import { RegisteredModels } from './registeredModels';
import { RunData } from './runData';
import { RunFolders, type RunFolder } from './runFolders';
import { RunInputFiles } from './runInputs';
import { PagedSearches } from './pagedSearches';
import { RunSearch } from './runSearch';
import { StoreFiles } from './storeFiles';
import { StoreWatch } from './storeWatch';
import { isWorthWatching, WatchedFolders } from './watchedFolders';

/**
 * Reads an mlruns directory as MLflow's file store would (reference/STORES.md §2, §4), but for damage, which costs only
 * what is damaged. What was read is kept, and looked at again with every question: nothing that MLflow writes is missed.
 */
export class FileStoreReader implements StoreReader {
  private readonly root: string;
  private readonly files: StoreFiles;
  private readonly experiments: ExperimentFolders;
  private readonly runs: RunFolders;
  private readonly data: RunData;
  private readonly search: RunSearch;
  private readonly searches = new PagedSearches();
  private readonly histories: MetricHistories;
  private readonly loggedModels: LoggedModels;
  private readonly registry: RegisteredModels;
  private readonly watches = new StoreWatch();
  private readonly watched: WatchedFolders;
  private readonly throwIfAborted: () => void;

  constructor({ path, throwIfAborted }: ReaderOptions) {
    const keyLists = new KeyLists();
    const files = new StoreFiles(path);
    const inputs = new RunInputFiles(files);
    this.root = path;
    this.files = files;
    this.throwIfAborted = throwIfAborted;
    this.experiments = new ExperimentFolders(files, keyLists);
    this.runs = new RunFolders(files, throwIfAborted);
    this.data = new RunData(files, inputs, keyLists);
    this.search = new RunSearch(files, inputs, throwIfAborted);
    this.histories = new MetricHistories(files, throwIfAborted);
    this.loggedModels = new LoggedModels(files, keyLists);
    this.registry = new RegisteredModels(files, keyLists);
    this.watched = new WatchedFolders(this.watches, path);
  }

  connect(): StoreInfo {
    return this.answer(() => {
      const entries = this.experiments.listRoot();
      const isEmpty = entries.every(({ name }) => storeFolders.has(name) || isLeftover(name));
      if (!isEmpty && !this.experiments.hasAny()) {
        throw new TrackingError(
          'damaged',
          `${this.root} holds no experiments: no folder in it has a meta.yaml.`,
        );
      }
      return { version: undefined };
    });
  }

  /** Newest first, then by id. */
  searchExperiments(query: ExperimentQuery): Page<Experiment> {
    return this.answer(() => {
      this.watched.seeRoot();
      const page = paginate([...this.experiments.list(query.view)].sort(compareExperiments), query);
      const shown = new Set(page.items.map(({ id }) => id));
      for (const folder of this.experiments.folders(query.view)) {
        if (shown.has(folder.id) && !folder.isLink) this.watched.seeExperiment(folder);
      }
      return page;
    });
  }

  searchRuns(query: RunQuery): Page<Run> {
    return this.answer(() => {
      const found = this.searches.find(query, () =>
        this.search.select(this.listRuns(query.experimentIds), query),
      );
      const page = paginate(found, query);
      return { ...page, items: page.items.flatMap((run) => this.readAgain(run)) };
    });
  }

  /** What can be read of the experiments; fails only if none can. */
  private listRuns(experimentIds: readonly string[]): readonly RunFolder[] {
    const runs: RunFolder[] = [];
    let failure: unknown;
    for (const id of new Set(experimentIds)) {
      try {
        const experiment = this.experiments.find(id);
        if (experiment) runs.push(...this.runs.list(experiment));
      } catch (error) {
        describeDamage(id, error);
        failure ??= error;
      }
    }
    if (failure !== undefined && runs.length === 0) throw failure as Error;
    return runs;
  }

  /** The run as it is now, which may have changed since it was found. */
  private readAgain(found: RunFolder): readonly Run[] {
    const run = this.runs.again(found);
    return run ? [this.readRun(run)] : [];
  }

  private readRun(run: RunFolder): Run {
    this.throwIfAborted();
    const read = this.data.read(run);
    if (isWorthWatching(read, Date.now())) this.watched.seeRun(run.experimentId, this.data.foldersOf(run));
    return read;
  }

  getRuns(experimentId: string, runIds: readonly string[]): readonly Run[] {
    return this.answer(() => {
      const experiment = this.experiments.find(experimentId);
      if (!experiment) return [];
      const found = [...new Set(runIds)].flatMap((id) => this.findIn(experiment, id) ?? []);
      return found.map((run) => this.readRun(run));
    });
  }

  getRun(runId: string): Run {
    return this.answer(() => this.readRun(this.locateRun(runId)));
  }

  private locateRun(runId: string): RunFolder {
    const run = this.findRun(runId);
    if (run) return run;
    throw new TrackingError('notFound', `Run ${runId} is not in ${this.root}.`);
  }

  /** Of a run that lies there twice, as after copying an experiment's folder, the one that is whole. */
  private findRun(runId: string): RunFolder | undefined {
    let damaged: RunFolder | undefined;
    for (const experiment of this.experiments.openFolders()) {
      const run = this.findIn(experiment, runId);
      if (run && run.meta.problem === undefined) return run;
      damaged ??= run;
    }
    return damaged;
  }

  private findIn(experiment: ExperimentFolder, runId: string): RunFolder | undefined {
    if (!idPattern.test(runId)) return undefined;
    return this.runs.find(experiment, runId);
  }

  /** In the order of the file's lines, as MLflow's file store has them. */
  getMetricHistory(runId: string, key: string): MetricHistory {
    return this.answer(() => {
      const name = `metrics/${key}`;
      const { path, meta } = this.locateRun(runId);
      if (path === undefined) throw new Damage(meta.problem);
      const found = findKeyFile(this.files, `${path}/metrics`, key);
      if (!found || found.stats.isDirectory()) return toMetricHistory([]);
      if (!found.stats.isFile()) throw new Damage(`${name} is not a file`);
      return this.histories.read(found, name);
    });
  }

  listArtifacts(runId: string, path: string): readonly Artifact[] {
    return this.answer(() => listArtifactsAt(this.artifactsIn(runId), path, dirname(this.root)));
  }

  readArtifact(runId: string, path: string, limit: number): ArtifactBytes {
    return this.answer(() => ({
      bytes: readArtifactBytesAt(this.artifactsIn(runId), path, dirname(this.root), limit),
    }));
  }

  locateArtifact(runId: string, path: string): LocatedFile | undefined {
    return this.answer(() => locateArtifactAt(this.artifactsIn(runId), path, dirname(this.root)));
  }

  artifactFolder(runId: string): string {
    return this.answer(() => artifactFolderOf(this.artifactsIn(runId), dirname(this.root)));
  }

  private artifactsIn(runId: string): string {
    return this.artifactsOf(this.locateRun(runId));
  }

  private artifactsOf({ meta, path }: RunFolder): string {
    if (path === undefined) return meta.artifactUri;
    return preferExisting(meta.artifactUri, `${path}/artifacts`, dirname(this.root));
  }

  /** By name. */
  searchRegisteredModels(query: ModelQuery): Page<RegisteredModel> {
    return this.answer(() => {
      this.watched.seeModels();
      const clauses = parseModelFilter(query.filter ?? '');
      const page = paginate(this.findModels(clauses), query);
      return { ...page, items: page.items.flatMap((name) => this.readModel(name) ?? []) };
    });
  }

  /** The names of the models that fit. Without clauses none needs to be read for that. */
  private findModels(clauses: ModelFilter): readonly string[] {
    const names = this.registry.names();
    if (clauses.length === 0) return names;
    const fits = compileModelFilter(clauses);
    return names.filter((name) => {
      const model = this.readModel(name);
      return model && fits(model);
    });
  }

  getRegisteredModel(name: string): RegisteredModel {
    return this.answer(() => {
      const model = this.readModel(name);
      if (!model) throw new TrackingError('notFound', `The registered model ${name} is not in ${this.root}.`);
      return model;
    });
  }

  private readModel(name: string): RegisteredModel | undefined {
    this.throwIfAborted();
    const model = this.registry.get(name);
    if (model) this.watched.seeModel(name);
    return model;
  }

  searchModelVersions(query: ModelVersionQuery): Page<ModelVersion> {
    const list = () => this.registry.versions(query.name).map(({ version }) => version);
    return this.answer(() => paginate(list(), query));
  }

  getModelVersion({ name, version }: VersionKey): ModelVersion {
    return this.answer(() => this.registry.demandVersion(name, version));
  }

  searchLoggedModels(query: LoggedModelQuery): Page<LoggedModel> {
    return this.answer(() => {
      const experiment = this.experiments.find(query.experimentId);
      const all = experiment ? this.loggedModels.list(experiment) : [];
      const { sourceRunId: wantedId } = query;
      const wanted = all.filter(({ model }) => wantedId === undefined || model.sourceRunId === wantedId);
      const { items, ...rest } = paginate(wanted, query);
      return { ...rest, items: items.map((model) => this.loggedModels.complete(model)) };
    });
  }

  getLoggedModel(modelId: string): LoggedModel {
    return this.answer(() => {
      const found = this.findLoggedModel(modelId);
      if (found && !found.isDeleted) return this.loggedModels.complete(found);
      throw noLoggedModel(modelId);
    });
  }

  listLoggedModelFiles(modelId: string, path: string): readonly Artifact[] {
    return this.answer(() => {
      const location = this.sources.loggedModel(modelId);
      return location ? listArtifactsAt(location, path, dirname(this.root)) : [];
    });
  }

  readLoggedModelFile(modelId: string, path: string): string | undefined {
    return this.answer(() => {
      const location = this.sources.loggedModel(modelId);
      return location && readArtifactAt(location, path, dirname(this.root));
    });
  }

  readModelVersionFile(version: Pick<ModelVersion, 'name' | 'version'>, path: string): string | undefined {
    return this.answer(() => {
      const source = this.sources.version(version.name, version.version);
      const place = source && resolveSource(source, this.sources);
      return place && readArtifactAt(place.location, joinArtifactPath(place.path, path), dirname(this.root));
    });
  }

  private readonly sources: SourceTargets = {
    run: (runId) => {
      const run = this.findRun(runId);
      return run && this.artifactsOf(run);
    },
    loggedModel: (modelId) => {
      const { model, path } = this.findLoggedModel(modelId) ?? {};
      return model && preferExisting(model.artifactUri, `${path}/artifacts`, dirname(this.root));
    },
    version: (name, version) => this.registry.findVersion(name, version)?.location,
    alias: (name, alias) =>
      this.registry.versions(name).find((stored) => stored.version.aliases.includes(alias))?.location,
  };

  private findLoggedModel(modelId: string): LoggedModelFolder | undefined {
    if (!idPattern.test(modelId)) return undefined;
    for (const experiment of this.experiments.openFolders()) {
      const found = this.loggedModels.find(experiment, modelId);
      if (found) return found;
    }
    return undefined;
  }

  watch(listener: (change: StoreChange) => void): void {
    this.watches.start(listener);
  }

  close(): void {
    this.watches.close();
  }

  /** Runs `work` on a root that is there, and says what the system's errors mean for the whole. */
  private answer<T>(work: () => T): T {
    this.throwIfAborted();
    try {
      const found = this.files.find(this.root);
      if (!found) throw new TrackingError('missing', `There is no folder ${this.root}.`);
      if (!found.stats.isDirectory()) {
        throw new TrackingError('damaged', `${this.root} is a file, not a folder of MLflow’s.`);
      }
      return work();
    } catch (error) {
      throw this.explain(error);
    }
  }

  private explain(cause: unknown): unknown {
    if (cause instanceof TrackingError) return cause;
    if (cause instanceof Damage) return new TrackingError('damaged', `${cause.message}.`, { cause });
    switch (codeOf(cause)) {
      case undefined:
        return cause;
      case 'EACCES':
      case 'EPERM':
        return new TrackingError('noAccess', `${pathOf(cause) ?? this.root} may not be read.`, { cause });
      case 'ENOENT':
        return new TrackingError('missing', `${pathOf(cause) ?? this.root} is gone.`, { cause });
      default:
        return new TrackingError('damaged', `${describeDamage(pathOf(cause) ?? this.root, cause)}.`, {
          cause,
        });
    }
  }
}

/** Ids as MLflow allows them: none is a path. */
const idPattern = /^[A-Za-z\d][\w-]{0,255}$/;

const storeFolders: ReadonlySet<string> = new Set(['.trash', 'models']);

function pathOf(error: unknown): string | undefined {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined;
}
