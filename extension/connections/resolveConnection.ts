import type { Settings } from '../settings';
import type { FoundStore } from './collectStores';
import type { ConnectionSource } from './connection';
import { placeKey } from './keptConnections';
import { findLocalPath } from './localPath';
import { originOf, readTrackingUri, type TrackingUri } from './trackingUri';
import { mergeVariables, type Variables } from './variables';

/** A workspace folder's `.env`. */
export interface EnvFile {
  /** Its own path: no two files share it. */
  readonly path: string;
  /** What people call it: `.env`, or `folder/.env` where there are several folders. */
  readonly label: string;
  /** The folder on disk where its relative paths begin; undefined on a virtual file system. */
  readonly folder?: string | undefined;
  readonly variables: Variables;
}

/** Everything that has a say in where to look and as whom. */
export interface Places {
  readonly setting: Pick<Settings['tracking'], 'uri' | 'uriScope'>;
  readonly registrySetting: Settings['registry'];
  /** The environment of this process. */
  readonly environment: Variables;
  /** In the order of the workspace folders; none in an untrusted workspace. */
  readonly envFiles: readonly EnvFile[];
  /** `~/.mlflow/credentials`. */
  readonly home: Variables;
  /** The absolute paths of the workspace folders: elsewhere than in a `.env`, a relative path begins at the first. */
  readonly folders: readonly string[];
  /** The store that is shown where nobody says where to look. */
  readonly found: FoundStore | undefined;
}

/** Somewhere to look, and who says so. */
export interface Candidate extends TrackingUri {
  readonly source: ConnectionSource;
  readonly sourceLabel: string;
  /** The path of the `.env` file that says so. */
  readonly envFile?: string | undefined;
  /** The absolute path of a local store. */
  readonly path?: string | undefined;
}

/**
 * Where to look: what the user or workspace set, else what the environment says, else the first `.env` that does, else
 * what was found.
 */
export function resolveConnection(places: Places): Candidate | undefined {
  return listCandidates(places)[0];
}

/** All that has been said about where to look, strongest first; of the `.env` files only the first that says so. */
export function listCandidates(places: Places): readonly Candidate[] {
  const { found } = places;
  const said = listSaid(places, places.setting, 'uri', 'mlflow.tracking.uri', 'MLFLOW_TRACKING_URI');
  return found
    ? [
        ...said,
        {
          uri: found.uri,
          path: found.path,
          login: undefined,
          source: 'found',
          sourceLabel: 'found in the workspace',
        },
      ]
    : said;
}

/** Where registered models are, by the same authorities; undefined where that is the tracking URI's own place. */
export function resolveRegistry(places: Places, tracking: Candidate): Candidate | undefined {
  const { registrySetting } = places;
  const said = listSaid(places, registrySetting, 'registryUri', 'mlflow.registry.uri', 'MLFLOW_REGISTRY_URI');
  const [registry] = said;
  return registry && placeKey(registry) !== placeKey(tracking) ? registry : undefined;
}

/**
 * The variables that may be used for a connection. Credentials go only where they belong, so that a folder somebody
 * opens can't choose a server and be handed the credentials of the user's own environment. A place (the environment
 * of this process, a `.env`) lends its variables to a connection
 * - whose URI it named itself, or
 * - whose origin is that of a URI it names, or
 * - if it names no tracking URI, when the user chose the connection: by their own setting, by their environment, or by
 *   connecting there (`isChosenByUser`).
 *
 * `~/.mlflow/credentials` goes with the environment. Where several places may lend, each variable is taken from the
 * environment first, then from the `.env` files in order, then from `~/.mlflow/credentials`, as dotenv and MLflow do.
 */
export function borrowVariables(
  to: Pick<Candidate, 'uri' | 'source' | 'envFile'>,
  { environment, envFiles, home }: Places,
  isChosenByUser: boolean,
): Variables {
  const isUsersOwn = isChosenByUser || to.source === 'userSetting' || to.source === 'environment';
  const mayLend = (lender: Variables, isNamedBy: boolean) =>
    isNamedBy ||
    (lender.uri === undefined && isUsersOwn) ||
    [lender.uri, lender.registryUri].some((named) => named !== undefined && isSameOrigin(named, to.uri));

  const isFromEnvironment = to.source === 'environment';
  return mergeVariables([
    ...(mayLend(environment, isFromEnvironment) ? [environment] : []),
    ...envFiles
      .filter((file) => mayLend(file.variables, to.source === 'envFile' && file.path === to.envFile))
      .map((file) => file.variables),
    ...(mayLend(environment, isFromEnvironment) ? [home] : []),
  ]);
}

function listSaid(
  { environment, envFiles, folders }: Places,
  setting: Settings['registry'],
  key: 'uri' | 'registryUri',
  settingName: string,
  variable: string,
): readonly Candidate[] {
  const envFile = envFiles.find((file) => file.variables[key] !== undefined);
  const [first] = folders;
  return [
    candidate(
      setting.uri,
      `${setting.uriScope}Setting`,
      `setting ${settingName} (${setting.uriScope})`,
      first,
    ),
    candidate(environment[key], 'environment', `${variable} in the environment`, first),
    envFile &&
      candidate(
        envFile.variables[key],
        'envFile',
        `${variable} in ${envFile.label}`,
        envFile.folder,
        envFile.path,
      ),
  ].filter((found) => found !== undefined);
}

function candidate(
  text: string | undefined,
  source: ConnectionSource,
  sourceLabel: string,
  baseFolder: string | undefined,
  envFile?: string,
): Candidate | undefined {
  if (text === undefined) return undefined;
  const read = readTrackingUri(text);
  return { ...read, source, sourceLabel, envFile, path: findLocalPath(read.uri, baseFolder) };
}

function isSameOrigin(one: string, other: string): boolean {
  const origin = originOf(readTrackingUri(one).uri);
  return origin !== undefined && origin === originOf(other);
}
