import { basename, dirname } from 'node:path';
import { TrackingError } from '../errors';
import { parseRunFilter } from '../filter/parseRunFilter';
import { parseRunOrder } from '../filter/parseRunOrder';
import {
  artifactFolderOf,
  listArtifactsAt,
  locateArtifactAt,
  readArtifactAt,
  readArtifactBytesAt,
} from '../local/artifacts';
import type { ArtifactBytes, LocatedFile, ReaderOptions, StoreReader } from '../local/storeReader';
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
import { Database } from './database';
import { searchExperiments } from './experiments';
import { readHistory } from './history';
import { findLoggedModel, findModelFiles, searchLoggedModels } from './loggedModels';
import { findRunArtifacts, findVersionFile } from './modelFiles';
import { noLoggedModel } from '../local/modelSources';
import { toPage, toSlice } from '../local/pageTokens';
import { getModelVersion, getRegisteredModel, searchModelVersions, searchRegisteredModels } from './registry';
import { describeRevision } from './revisions';
import { readRuns } from './runRows';
import { compileRunSearch } from './runSearchSql';
import { watchDatabase } from './watchDatabase';

/**
 * An mlflow.db, read with the platform's own SQLite. Each method reads one moment of the database, whoever else writes to
 * it. Runs and models of all workspaces are listed together.
 */
export class SqliteReader implements StoreReader {
  private readonly database: Database;
  private readonly storeFolder: string;
  private readonly watches: (() => void)[] = [];

  constructor(private readonly options: ReaderOptions) {
    this.database = new Database(options);
    this.storeFolder = dirname(options.path);
  }

  connect(): StoreInfo {
    return this.database.read((reading) => {
      const [row] = reading.schema.has('alembic_version')
        ? reading.rows('SELECT version_num FROM alembic_version')
        : [];
      const revision = row === undefined ? undefined : String(row[0]);
      return { version: undefined, notice: describeRevision(basename(this.options.path), revision) };
    });
  }

  searchExperiments(query: ExperimentQuery): Page<Experiment> {
    return this.database.read((reading) => searchExperiments(reading, query));
  }

  searchRuns(query: RunQuery): Page<Run> {
    const filter = parseRunFilter(query.filter ?? '');
    const order = parseRunOrder(query.orderBy ?? []);
    const slice = toSlice(query);
    return this.database.read((reading) => {
      const { text, parameters } = compileRunSearch({ ...query, filter, order, slice }, reading.schema);
      const ids = toPage(
        reading.rows(text, ...parameters).map(([id]) => String(id)),
        slice,
      );
      return { ...ids, items: readRuns(reading, ids.items) };
    });
  }

  getRuns(experimentId: string, runIds: readonly string[]): readonly Run[] {
    return this.database
      .read((reading) => readRuns(reading, [...new Set(runIds)]))
      .filter((run) => run.experimentId === experimentId);
  }

  getRun(runId: string): Run {
    const [run] = this.database.read((reading) => readRuns(reading, [runId]));
    if (run) return run;
    throw noRun(runId);
  }

  getMetricHistory(runId: string, key: string): MetricHistory {
    return this.database.read((reading) => readHistory(reading, runId, key));
  }

  listArtifacts(runId: string, path: string): readonly Artifact[] {
    const location = this.locateArtifacts(runId);
    return location ? listArtifactsAt(location, path, this.storeFolder) : [];
  }

  readArtifact(runId: string, path: string, limit: number): ArtifactBytes {
    const location = this.locateArtifacts(runId);
    return {
      bytes: location ? readArtifactBytesAt(location, path, this.storeFolder, limit) : undefined,
    };
  }

  locateArtifact(runId: string, path: string): LocatedFile | undefined {
    const location = this.locateArtifacts(runId);
    return location ? locateArtifactAt(location, path, this.storeFolder) : undefined;
  }

  artifactFolder(runId: string): string {
    return artifactFolderOf(this.locateArtifacts(runId), this.storeFolder);
  }

  /** Empty where the run names no place. */
  private locateArtifacts(runId: string): string {
    const location = this.database.read((reading) => findRunArtifacts(reading, runId));
    if (location === undefined) throw noRun(runId);
    return location;
  }

  searchRegisteredModels(query: ModelQuery): Page<RegisteredModel> {
    return this.database.read((reading) => searchRegisteredModels(reading, query));
  }

  getRegisteredModel(name: string): RegisteredModel {
    return this.database.read((reading) => getRegisteredModel(reading, name));
  }

  searchModelVersions(query: ModelVersionQuery): Page<ModelVersion> {
    return this.database.read((reading) => searchModelVersions(reading, query));
  }

  getModelVersion(key: VersionKey): ModelVersion {
    return this.database.read((reading) => getModelVersion(reading, key));
  }

  searchLoggedModels(query: LoggedModelQuery): Page<LoggedModel> {
    return this.database.read((reading) => searchLoggedModels(reading, query));
  }

  getLoggedModel(modelId: string): LoggedModel {
    const model = this.database.read((reading) => findLoggedModel(reading, modelId));
    if (!model) throw noLoggedModel(modelId);
    return model;
  }

  listLoggedModelFiles(modelId: string, path: string): readonly Artifact[] {
    const location = this.locateLoggedModel(modelId);
    return location ? listArtifactsAt(location, path, this.storeFolder) : [];
  }

  readLoggedModelFile(modelId: string, path: string): string | undefined {
    const location = this.locateLoggedModel(modelId);
    return location ? readArtifactAt(location, path, this.storeFolder) : undefined;
  }

  private locateLoggedModel(modelId: string): string | undefined {
    return this.database.read((reading) => findModelFiles(reading, modelId));
  }

  readModelVersionFile(version: Pick<ModelVersion, 'name' | 'version'>, path: string): string | undefined {
    const place = this.database.read((reading) => findVersionFile(reading, version, path));
    return place && readArtifactAt(place.location, place.path, this.storeFolder);
  }

  watch(listener: (change: StoreChange) => void): void {
    this.watches.push(
      watchDatabase(this.options.path, () => {
        listener({ kind: 'all' });
      }),
    );
  }

  close(): void {
    for (const stop of this.watches.splice(0)) stop();
    this.database.close();
  }
}

function noRun(runId: string): TrackingError {
  return new TrackingError('notFound', `There is no run ${runId}.`);
}
