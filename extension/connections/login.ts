/** How a user proves who they are, in the two ways that MLflow knows. */
export type Login = BasicLogin | BearerLogin;

export interface BasicLogin {
  readonly kind: 'basic';
  readonly username: string;
  readonly password: string;
}

export interface BearerLogin {
  readonly kind: 'bearer';
  readonly token: string;
}

/** What a user gave for one origin: a login, headers that a proxy in front of MLflow wants, or both. */
export interface OriginCredentials {
  readonly login?: Login | undefined;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

/** The value of the `Authorization` header. */
export function authorizationOf(login: Login): string {
  switch (login.kind) {
    case 'basic':
      return `Basic ${Buffer.from(`${login.username}:${login.password}`, 'utf8').toString('base64')}`;
    case 'bearer':
      return `Bearer ${login.token}`;
  }
}

/** As SecretStorage keeps it. */
export function encodeCredentials(credentials: OriginCredentials): string {
  return JSON.stringify({ login: credentials.login, headers: [...credentials.headers] });
}

/** Reads what `encodeCredentials` wrote; undefined when it is anything else. */
export function decodeCredentials(text: string): OriginCredentials | undefined {
  const value = parseJson(text);
  if (!isRecord(value)) return undefined;
  const login = decodeLogin(value['login']);
  const headers = decodeHeaders(value['headers']);
  return login === 'malformed' || !headers ? undefined : { login, headers };
}

function decodeLogin(value: unknown): Login | undefined | 'malformed' {
  if (value === undefined) return undefined;
  if (!isRecord(value)) return 'malformed';
  const { kind, username, password, token } = value;
  if (kind === 'basic' && typeof username === 'string' && typeof password === 'string') {
    return { kind, username, password };
  }
  if (kind === 'bearer' && typeof token === 'string') return { kind, token };
  return 'malformed';
}

function decodeHeaders(value: unknown): ReadonlyMap<string, string> | undefined {
  return Array.isArray(value) && value.every(isHeader) ? new Map(value) : undefined;
}

function isHeader(entry: unknown): entry is [string, string] {
  return Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === 'string');
}

function isRecord(value: unknown): value is Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
