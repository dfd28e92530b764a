import { TrackingError } from './errors';

/** Paths of artifacts: relative to a run's artifact root, with `/`. They come from strangers. */

/** How often a path may be percent-encoded over itself before it is refused. */
const mostDecodings = 8;

/**
 * Why a path could lead out of the folder it starts from, as it is or percent-decoded however often, as MLflow's server decodes
 * it: one sentence; undefined for a path that stays inside.
 */
export function explainUnsafePath(path: string): string | undefined {
  let text = path;
  for (let round = 0; round < mostDecodings; round++) {
    const reason = explainUnsafe(text);
    if (reason !== undefined) return reason;
    const decoded = decodePercents(text);
    if (decoded === text) return undefined;
    text = decoded;
  }
  return 'The path is percent-encoded over and over, by which it could lead out of the artifacts.';
}

/** Throws a TrackingError (`rejected`) for a path that could lead out. */
export function refuseUnsafePath(path: string): void {
  const reason = explainUnsafePath(path);
  if (reason !== undefined) throw new TrackingError('rejected', reason);
}

function explainUnsafe(path: string): string | undefined {
  if (path.includes('\0')) return 'The path holds a NUL character, which no file’s does.';
  if (path.includes('\\')) return 'The path holds a backslash, by which it could lead out of the artifacts.';
  if (/^(?:\/|[a-z]:)/i.test(path)) return 'The path is absolute: it leads out of the artifacts.';
  return path.split('/').some((part) => /^\.\.(?:$|;)/.test(part))
    ? 'The path leads out of the artifacts.'
    : undefined;
}

/** Each percent-encoded byte for itself, as far as they make up UTF-8. */
export function decodePercents(text: string): string {
  return text.replaceAll(/(?:%[\da-f]{2})+/gi, (encoded) => {
    const bytes = Buffer.from(encoded.replaceAll('%', ''), 'hex');
    return bytes.toString('utf8');
  });
}
