/** What a place says of a package. */
export interface Said {
  /** As it is shown: `==1.2`. */
  readonly text: string;
  /** The one version that it asks for, if it asks for one. */
  readonly pin?: string;
  /** It is among what pip installs. */
  readonly isPip: boolean;
}

/** Why places do not agree on a package; undefined where nothing speaks against it. */
export function explainDisagreement(said: readonly Said[]): string | undefined {
  const pins = said.flatMap(({ pin }) => pin ?? []);
  const differ = pins.some((one, index) => pins.slice(index + 1).some((other) => !isSameVersion(one, other)));
  return differ ? 'Versions differ' : undefined;
}

/** `3.11` and `1.5.*` stand for whatever begins so; a local build (`+cpu`) and zeros at the end make no difference. */
export function isSameVersion(one: string, other: string): boolean {
  const [a, b] = [partsOf(one), partsOf(other)];
  const shared = Math.min(a.length, b.length);
  const longer = a.length > b.length ? a : b;
  const rest = longer.slice(shared);
  const isPrefix = shared < 3 || rest.every((part) => /^0+$/.test(part));
  return isPrefix && a.slice(0, shared).join('.') === b.slice(0, shared).join('.');
}

function partsOf(version: string): readonly string[] {
  return version
    .trim()
    .replace(/^v/i, '')
    .replace(/\+.*$/, '')
    .replace(/(\.\*)+$/, '')
    .split('.');
}
