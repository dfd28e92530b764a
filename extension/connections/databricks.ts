import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { causeOf, TrackingError } from '../tracking/errors';
import type { RestStoreOptions } from '../tracking/rest/restStore';
import {
  databricksCli,
  keepToken,
  parseCliToken,
  type RunDatabricksCli,
  type TimedToken,
} from './databricksCli';
import {
  chooseAccess,
  nonEmpty,
  parseProfiles,
  type DatabricksAccess,
  type Environment,
} from './databricksConfig';
import { findHeaderValueProblem } from './headers';

/** A Databricks workspace that answers MLflow's REST API. */
export interface DatabricksWorkspace {
  /** Its https origin; whatever `authorize` answers goes there only. */
  readonly host: string;
  /** The headers of a request to it. Rejects with a TrackingError whose message holds no secret. */
  readonly authorize: () => Promise<ReadonlyMap<string, string>>;
}

export interface DatabricksPorts {
  readonly environment: Environment;
  /** The text of `~/.databrickscfg`, or of what DATABRICKS_CONFIG_FILE names; empty where there is none. */
  readonly readConfig: () => Promise<string>;
  readonly runCli: RunDatabricksCli;
  readonly now: () => number;
}

/**
 * Where a `databricks` or `databricks-uc` URI leads, and as whom: see `chooseAccess`. Nothing that a workspace's files say
 * is used, but for the profile's name in the URI. Rejects with a TrackingError.
 */
export async function resolveDatabricks(uri: string, ports: DatabricksPorts): Promise<DatabricksWorkspace> {
  const access = chooseAccess(uri, ports.environment, parseProfiles(await ports.readConfig()));
  const { host, workspaceId } = access;
  const readToken = tokenSource(access, ports);
  const organisation: readonly [string, string][] =
    workspaceId === undefined ? [] : [['x-databricks-org-id', workspaceId]];
  return {
    host,
    authorize: async () => new Map([['authorization', `Bearer ${await readToken()}`], ...organisation]),
  };
}

/**
 * What a RestStore needs for a URI of Databricks, from this process's environment, the user's home and the Databricks CLI.
 * As in MLflow the registry of `databricks` is Unity Catalog, unless MLFLOW_REGISTRY_URI names the workspace's own
 * (reference/STORES.md §1); as a registry, `databricks` is the workspace's own and `databricks-uc` is Unity Catalog.
 */
export async function openDatabricks(
  uri: string,
  role: 'tracking' | 'registry',
  ports: DatabricksPorts = databricksPorts(process.env),
): Promise<Pick<RestStoreOptions, 'baseUri' | 'authorize' | 'registryApi'>> {
  const isUnityCatalog = /^databricks-uc\b/i.test(uri);
  if (isUnityCatalog && role === 'tracking') {
    throw new TrackingError(
      'unsupported',
      `${uri} names a model registry only: use databricks for tracking.`,
    );
  }
  const { host, authorize } = await resolveDatabricks(uri, ports);
  const registryUri = ports.environment['MLFLOW_REGISTRY_URI']?.trim();
  const isOwn = role === 'registry' ? !isUnityCatalog : registryUri === 'databricks' || registryUri === uri;
  return { baseUri: host, authorize, registryApi: isOwn ? 'workspace' : 'unityCatalog' };
}

function tokenSource({ host, login }: DatabricksAccess, ports: DatabricksPorts): () => Promise<string> {
  if (login.kind === 'token') {
    const { token } = login;
    if (findHeaderValueProblem(token) !== undefined) throw unusable(host);
    return () => Promise.resolve(token);
  }
  const about = login.profile === undefined ? ['--host', host] : ['--profile', login.profile];
  return keepToken(() => askCli(host, about, ports), ports.now);
}

async function askCli(host: string, about: readonly string[], ports: DatabricksPorts): Promise<TimedToken> {
  const answer = await ports.runCli(['auth', 'token', ...about]).catch((error: unknown) => {
    throw explainCli(host, about, error);
  });
  const token = parseCliToken(answer, ports.now());
  if (!token || findHeaderValueProblem(token.token) !== undefined) throw unusable(host);
  return token;
}

function unusable(host: string): TrackingError {
  return new TrackingError(
    'unauthorized',
    `The token for ${host} is not one: it holds characters that no token has.`,
  );
}

/** What the CLI wrote is not passed on: it might quote what it was given. */
function explainCli(host: string, about: readonly string[], error: unknown): TrackingError {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const reason = isMissing
    ? 'there is no token for it, and the Databricks CLI, which could make one, is not installed'
    : `the Databricks CLI gave no token: run \`databricks auth login ${about.join(' ')}\``;
  return new TrackingError('unauthorized', `${host} needs a login: ${reason}.`);
}

/** This machine's own: the user's home and the Databricks CLI, as the environment has them. */
export function databricksPorts(environment: Environment): DatabricksPorts {
  return {
    environment,
    readConfig: () =>
      readConfig(nonEmpty(environment['DATABRICKS_CONFIG_FILE']) ?? join(homedir(), '.databrickscfg')),
    runCli: databricksCli(nonEmpty(environment['DATABRICKS_CLI_PATH'])),
    now: Date.now,
  };
}

async function readConfig(path: string): Promise<string> {
  try {
    return await readFile(path.replace(/^~(?=[\\/])/, homedir()), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw new TrackingError('noAccess', `Databricks' profiles cannot be read: ${causeOf(error)}.`);
  }
}
