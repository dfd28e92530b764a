import type { LoggedModel, ModelAlias, ModelVersion, ModelVersionStatus, RegisteredModel } from '../../model';
import {
  readList,
  readObject,
  readObjects,
  readOptionalText,
  readPairs,
  readText,
  readTimestamp,
  type Fields,
} from './fields';

/** A `RegisteredModel` message (reference/REST.md §6); undefined without a name. */
export function decodeRegisteredModel(fields: Fields): RegisteredModel | undefined {
  const name = readOptionalText(fields, 'name');
  if (name === undefined) return undefined;
  return {
    name,
    description: readText(fields, 'description'),
    createdAt: readTimestamp(fields, 'creation_timestamp'),
    updatedAt: readTimestamp(fields, 'last_updated_timestamp'),
    tags: readPairs(fields, 'tags'),
    aliases: readObjects(fields, 'aliases').flatMap(decodeAlias),
    latestVersions: readObjects(fields, 'latest_versions').flatMap((it) => decodeModelVersion(it) ?? []),
  };
}

function decodeAlias(fields: Fields): readonly ModelAlias[] {
  const alias = readOptionalText(fields, 'alias');
  const version = readOptionalText(fields, 'version');
  return alias === undefined || version === undefined ? [] : [{ alias, version }];
}

const knownStatuses: ReadonlySet<string> = new Set<ModelVersionStatus>([
  'READY',
  'PENDING_REGISTRATION',
  'FAILED_REGISTRATION',
]);

/** A `ModelVersion` message (reference/REST.md §6); undefined without name and version. */
export function decodeModelVersion(fields: Fields): ModelVersion | undefined {
  const name = readOptionalText(fields, 'name');
  const version = readOptionalText(fields, 'version');
  if (name === undefined || version === undefined) return undefined;
  const status = readText(fields, 'status');
  return {
    name,
    version,
    description: readText(fields, 'description'),
    createdAt: readTimestamp(fields, 'creation_timestamp'),
    updatedAt: readTimestamp(fields, 'last_updated_timestamp'),
    stage: readText(fields, 'current_stage'),
    source: readText(fields, 'source'),
    runId: readOptionalText(fields, 'run_id'),
    modelId: readOptionalText(fields, 'model_id'),
    status: knownStatuses.has(status) ? (status as ModelVersionStatus) : 'UNKNOWN',
    statusMessage: readText(fields, 'status_message'),
    tags: readPairs(fields, 'tags'),
    aliases: readAliasNames(fields),
  };
}

/** Unity Catalog sends `RegisteredModelAlias` messages where MLflow sends names. */
function readAliasNames(fields: Fields): readonly string[] {
  const names = readList(fields, 'aliases').filter((alias) => typeof alias === 'string');
  return [...names, ...readObjects(fields, 'aliases').flatMap((it) => readOptionalText(it, 'alias') ?? [])];
}

/** A `LoggedModel` message (reference/REST.md §7); undefined without an id. */
export function decodeLoggedModel(fields: Fields): LoggedModel | undefined {
  const info = readObject(fields, 'info');
  const data = readObject(fields, 'data');
  const id = readOptionalText(info, 'model_id');
  if (id === undefined) return undefined;
  return {
    id,
    experimentId: readText(info, 'experiment_id'),
    name: readText(info, 'name'),
    status: readText(info, 'status').replace(/^LOGGED_MODEL_/, ''),
    modelType: readText(info, 'model_type'),
    sourceRunId: readOptionalText(info, 'source_run_id'),
    artifactUri: readText(info, 'artifact_uri'),
    createdAt: readTimestamp(info, 'creation_timestamp_ms'),
    tags: readPairs(info, 'tags'),
    params: readPairs(data, 'params'),
  };
}
