/** What stands instead of a secret wherever a URI is shown or logged. */
const mask = '***';

/** Shorter ones are hidden within their URI only: replacing every “a” would hide the log itself. */
const shortest = 4;

const secretParameter = /pass|pwd|secret|token|key|odbc_connect/i;

/**
 * A URI as it may be shown: `postgresql://me:***@host/db`. An odd password may itself hold `/`, `?` or `@`, so all
 * between the first colon and the last `@` counts as one; so do query parameters that carry a password.
 */
export function maskUri(uri: string): string {
  const { start, user, rest } = takeApart(uri);
  const login = user === undefined ? '' : `${user.name}${user.password === undefined ? '' : `:${mask}`}@`;
  return (
    start +
    login +
    rest.replace(/([?&])([^=&]+)=([^&]*)/g, (all, mark: string, name: string) =>
      secretParameter.test(name) ? `${mark}${name}=${mask}` : all,
    )
  );
}

/**
 * A function that takes what is secret in the URI out of any text: the URI as a whole, its password, and the
 * password as it reads when decoded.
 */
export function hideSecretsOf(uri: string): (text: string) => string {
  const shown = maskUri(uri);
  if (shown === uri) return (text) => text;
  const hide = hideTexts(listSecrets(uri));
  return (text) => hide(text.replaceAll(uri, shown));
}

/** A function that takes these secrets out of any text, but for very short ones. */
export function hideTexts(secrets: readonly string[]): (text: string) => string {
  const hidden = [...new Set(secrets)]
    .filter((secret) => secret.length >= shortest)
    .sort((one, other) => other.length - one.length);
  return (text) => hidden.reduce((rest, secret) => rest.replaceAll(secret, mask), text);
}

interface Parts {
  readonly start: string;
  readonly user: { readonly name: string; readonly password: string | undefined } | undefined;
  readonly rest: string;
}

function takeApart(uri: string): Parts {
  const [, start, login, rest] = /^([a-z][a-z\d+.-]*:\/\/(?!\/))(?:(.*)@)?(.*)$/is.exec(uri) ?? [];
  if (start === undefined || rest === undefined) return { start: '', user: undefined, rest: uri };
  if (login === undefined) return { start, user: undefined, rest };
  const colon = login.indexOf(':');
  const user =
    colon < 0
      ? { name: login, password: undefined }
      : { name: login.slice(0, colon), password: login.slice(colon + 1) };
  return { start, user, rest };
}

function listSecrets(uri: string): readonly string[] {
  const { user, rest } = takeApart(uri);
  const parameters = [...rest.matchAll(/[?&]([^=&]+)=([^&]*)/g)]
    .filter(([, name = '']) => secretParameter.test(name))
    .map(([, , value = '']) => value);
  return [user?.password ?? '', ...parameters].flatMap((secret) => [secret, decode(secret)]);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
