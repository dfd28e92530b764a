import { parseEnv } from 'node:util';
import type { Login } from './login';

/** MLflow's own environment variables, as far as they say where to look and as whom. Empty ones are left out. */
export interface Variables {
  readonly uri?: string | undefined;
  readonly registryUri?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  readonly workspace?: string | undefined;
}

const names = {
  uri: 'MLFLOW_TRACKING_URI',
  registryUri: 'MLFLOW_REGISTRY_URI',
  username: 'MLFLOW_TRACKING_USERNAME',
  password: 'MLFLOW_TRACKING_PASSWORD',
  token: 'MLFLOW_TRACKING_TOKEN',
  workspace: 'MLFLOW_WORKSPACE',
} as const satisfies Record<keyof Variables, string>;

/** Picks MLflow's variables from an environment. */
export function readVariables(environment: Readonly<Partial<Record<string, string>>>): Variables {
  return fillVariables((key) => environment[names[key]]?.trim());
}

/** Reads the text of a `.env` file. */
export function parseEnvFile(text: string): Variables {
  return readVariables(parseEnv(text.replace(/^\uFEFF/, '')));
}

/**
 * Reads the text of `~/.mlflow/credentials`: the section `[mlflow]` of an INI file, as Python's configparser reads
 * it. It holds a user name and a password.
 */
export function parseCredentialsFile(text: string): Variables {
  const found = new Map<string, string>();
  let section = '';
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const header = /^\[([^\]]+)\]/.exec(line);
    const entry = /^([^\s#;=:][^=:]*)[=:](.*)$/.exec(line);
    if (header) section = header[1] ?? '';
    else if (entry && section === 'mlflow')
      found.set(entry[1]?.trim().toLowerCase() ?? '', unescape(entry[2]));
  }
  return fillVariables((key) =>
    key === 'username' || key === 'password' ? found.get(names[key].toLowerCase()) : undefined,
  );
}

/** Each variable from the first that has it. */
export function mergeVariables(strongestFirst: readonly Variables[]): Variables {
  return fillVariables((key) => strongestFirst.find((variables) => variables[key] !== undefined)?.[key]);
}

/** Whom the variables name: user name and password win over a token, as in MLflow's own client. */
export function loginOf({ username, password, token }: Variables): Login | undefined {
  if (username !== undefined && password !== undefined) return { kind: 'basic', username, password };
  return token === undefined ? undefined : { kind: 'bearer', token };
}

function fillVariables(read: (key: keyof Variables) => string | undefined): Variables {
  const keys = Object.keys(names) as (keyof Variables)[];
  return Object.fromEntries(keys.map((key) => [key, emptyToUndefined(read(key))]));
}

/** Python's configparser writes a percent sign as two. */
function unescape(value: string | undefined): string {
  return (value ?? '').trim().replaceAll('%%', '%');
}

/** MLflow takes an empty variable for a missing one. */
function emptyToUndefined(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
