import { TrackingError } from '../tracking/errors';
import { isLoopback } from './trackingUri';

/** How to prove to a Databricks workspace who one is. */
export type DatabricksLogin =
  | { readonly kind: 'token'; readonly token: string }
  /** The Databricks CLI is asked for a token: by profile where there is one, else by host. */
  | { readonly kind: 'cli'; readonly profile: string | undefined };

/** A Databricks workspace and the login that belongs to it. The two always come from one place, so no token goes astray. */
export interface DatabricksAccess {
  /** Its https origin. */
  readonly host: string;
  readonly login: DatabricksLogin;
  /** Which of the workspaces behind a shared host is meant. */
  readonly workspaceId: string | undefined;
}

/** Variables of the environment, as `process.env` has them. */
export type Environment = Readonly<Partial<Record<string, string>>>;

/** The sections of `~/.databrickscfg` by name, each with its values by key in lower case. */
export type DatabricksProfiles = ReadonlyMap<string, ReadonlyMap<string, string>>;

const supported =
  'MLflow Lens can use a personal access token, or a login made by `databricks auth login`; no client secret, no Azure or Google login.';

/**
 * Where `databricks` or `databricks://profile` leads, and as whom, in the order of Databricks' unified authentication: a
 * profile in the URI decides alone; else DATABRICKS_HOST, with DATABRICKS_TOKEN if there is one; else the profile
 * that DATABRICKS_CONFIG_PROFILE, the file's `[__settings__] default_profile`, or nobody names: then `DEFAULT`.
 * Unlike there, values of the environment and of a profile are never mixed. Throws a TrackingError.
 */
export function chooseAccess(
  uri: string,
  environment: Environment,
  profiles: DatabricksProfiles,
): DatabricksAccess {
  const named = readProfileName(uri);
  if (named === undefined && readVariable(environment, 'DATABRICKS_HOST') !== undefined) {
    return readAccess('the environment', undefined, (key) =>
      readVariable(environment, `DATABRICKS_${key.toUpperCase()}`),
    );
  }
  const settings = profiles.get('__settings__')?.get('default_profile');
  const name =
    named ?? readVariable(environment, 'DATABRICKS_CONFIG_PROFILE') ?? nonEmpty(settings) ?? 'DEFAULT';
  const profile = name === '__settings__' ? undefined : profiles.get(name);
  if (profile === undefined) throw explainMissing(name, named !== undefined);
  return readAccess(`the profile ${name}`, name, (key) => nonEmpty(profile.get(key)));
}

/**
 * Reads `~/.databrickscfg` as Databricks' SDK does: an INI file whose sections inherit nothing from `DEFAULT`, with
 * comments on lines of their own only.
 */
export function parseProfiles(text: string): DatabricksProfiles {
  const profiles = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const header = /^\[([^\]]+)\]/.exec(line);
    const entry = /^([^\s#;=:[][^=:]*)[=:](.*)$/.exec(line);
    if (header) {
      const name = header[1] ?? '';
      section = profiles.get(name) ?? new Map<string, string>();
      profiles.set(name, section);
    } else if (entry) {
      section?.set((entry[1] ?? '').trim().toLowerCase(), (entry[2] ?? '').trim());
    }
  }
  return profiles;
}

/** The https origin that somebody wrote as a host; a path and query, as copied from a browser, are left out. */
export function readHost(text: string, place: string): string {
  const written = text.includes('://') ? text : `https://${text}`;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.origin));
  if (!url || !isSafe || url.username !== '' || url.password !== '') {
    throw new TrackingError(
      'unsupported',
      `The host of ${place} is no https address, and a Databricks token goes nowhere else.`,
    );
  }
  return url.origin;
}

/** An empty value counts as none, as with Databricks. */
export function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** Undefined for `databricks` itself. */
function readProfileName(uri: string): string | undefined {
  const [, slashes, name = ''] = /^databricks(?:-uc)?(?::(\/\/)?(.*))?$/is.exec(uri) ?? [];
  if (!uri.includes(':')) return undefined;
  if (slashes === undefined || name === '' || name.includes('/')) {
    throw new TrackingError('unsupported', `“${uri}” names no profile: write databricks://profile.`);
  }
  if (name.includes(':')) {
    const reason = 'its scope and key are known only inside Databricks';
    throw new TrackingError(
      'unsupported',
      `“${uri}” cannot be used here: ${reason}. Use databricks://profile.`,
    );
  }
  return name;
}

function readVariable(environment: Environment, name: string): string | undefined {
  return nonEmpty(environment[name]?.trim());
}

function readAccess(
  place: string,
  profile: string | undefined,
  read: (key: 'host' | 'token' | 'auth_type' | 'client_secret' | 'workspace_id') => string | undefined,
): DatabricksAccess {
  const hostText = read('host');
  if (hostText === undefined)
    throw new TrackingError('missing', `There is no host in ${place} of Databricks.`);
  const host = readHost(hostText, place);
  const workspaceId = read('workspace_id');
  const kind = read('auth_type')?.toLowerCase();
  const token = read('token');
  if (token !== undefined && (kind === undefined || kind === 'pat')) {
    return { host, login: { kind: 'token', token }, workspaceId };
  }
  const isCli = kind === 'databricks-cli' || (kind === undefined && read('client_secret') === undefined);
  if (isCli) return { host, login: { kind: 'cli', profile }, workspaceId };
  throw new TrackingError('unsupported', `The login of ${place} of Databricks cannot be used. ${supported}`);
}

function explainMissing(name: string, isFromUri: boolean): TrackingError {
  const what = isFromUri ? `There is no profile ${name}` : `Neither DATABRICKS_HOST nor a profile ${name} is`;
  const where = isFromUri ? ' in ~/.databrickscfg.' : ' there, so it is not known where Databricks is.';
  return new TrackingError('missing', `${what}${where} \`databricks auth login\` makes one. ${supported}`);
}
