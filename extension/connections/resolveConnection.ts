import type { Settings } from '../settings';
import type { ConnectionSource } from './connection';
import { originOf, readTrackingUri, type TrackingUri } from './trackingUri';
import { mergeVariables, type Variables } from './variables';

/** A workspace folder's `.env`. */
export interface EnvFile {
  /** Its own path: no two files share it. */
  readonly path: string;
  /** What people call it: `.env`, or `folder/.env` where there are several folders. */
  readonly label: string;
  readonly variables: Variables;
}

/** Everything that has a say in where to look and as whom. */
export interface Places {
  readonly setting: Pick<Settings['tracking'], 'uri' | 'uriScope'>;
  /** The environment of this process. */
  readonly environment: Variables;
  /** In the order of the workspace folders; none in an untrusted workspace. */
  readonly envFiles: readonly EnvFile[];
  /** `~/.mlflow/credentials`. */
  readonly home: Variables;
}

/** Somewhere to look, and who says so. */
export interface Candidate extends TrackingUri {
  readonly source: ConnectionSource;
  readonly sourceLabel: string;
  /** The path of the `.env` file that says so. */
  readonly envFile?: string | undefined;
}

/** Where to look: what the user or workspace set, else what the environment says, else the first `.env` that does. */
export function resolveConnection(places: Places): Candidate | undefined {
  return listCandidates(places)[0];
}

/** All that has been said about where to look, strongest first; of the `.env` files only the first that says so. */
export function listCandidates({ setting, environment, envFiles }: Places): readonly Candidate[] {
  const envFile = envFiles.find((file) => file.variables.uri !== undefined);
  return [
    candidate(setting.uri, `${setting.uriScope}Setting`, `setting mlflow.tracking.uri (${setting.uriScope})`),
    candidate(environment.uri, 'environment', 'MLFLOW_TRACKING_URI in the environment'),
    envFile &&
      candidate(envFile.variables.uri, 'envFile', `MLFLOW_TRACKING_URI in ${envFile.label}`, envFile.path),
  ].filter((found) => found !== undefined);
}

/**
 * The variables that may be used for a connection. Credentials go only where they belong, so that a folder somebody
 * opens can't choose a server and be handed the credentials of the user's own environment. A place (the environment
 * of this process, a `.env`) lends its variables to a connection
 * - whose URI it named itself, or
 * - whose origin is that of the URI it names, or
 * - if it names no URI, when the user chose the connection: by their own setting, by their environment, or by
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
    isNamedBy || (lender.uri === undefined ? isUsersOwn : isSameOrigin(lender.uri, to.uri));

  const isFromEnvironment = to.source === 'environment';
  return mergeVariables([
    ...(mayLend(environment, isFromEnvironment) ? [environment] : []),
    ...envFiles
      .filter((file) => mayLend(file.variables, to.source === 'envFile' && file.path === to.envFile))
      .map((file) => file.variables),
    ...(mayLend(environment, isFromEnvironment) ? [home] : []),
  ]);
}

function candidate(
  text: string | undefined,
  source: ConnectionSource,
  sourceLabel: string,
  envFile?: string,
): Candidate | undefined {
  return text === undefined ? undefined : { ...readTrackingUri(text), source, sourceLabel, envFile };
}

function isSameOrigin(one: string, other: string): boolean {
  const origin = originOf(readTrackingUri(one).uri);
  return origin !== undefined && origin === originOf(other);
}
