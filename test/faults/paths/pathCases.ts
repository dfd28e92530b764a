/** A path that a stranger gave to an artifact, and what is to become of it. */
export interface PathCase {
  readonly name: string;
  readonly path: string;
  /** `out` leads elsewhere and is refused everywhere; `odd` means a file like any other, `link` one that is a link out. */
  readonly kind: 'out' | 'odd' | 'link';
}

const out = (name: string, path: string): PathCase => ({ name, path, kind: 'out' });
const odd = (name: string, path: string): PathCase => ({ name, path, kind: 'odd' });

/** reference/PERFORMANCE.md §7d: 24 strings. `secret` lies above the artifacts, and where the links lead. */
export const pathCases: readonly PathCase[] = [
  out('the folder above', '..'),
  out('a file above', '../secret'),
  out('down and up', 'model/../../secret'),
  out('absolute', '/etc/hosts'),
  out('of a host', '//localhost/share/secret'),
  out('with a semicolon', '..;/secret'),
  out('percent-encoded dots', '%2e%2e/secret'),
  out('one dot encoded', '.%2e/secret'),
  out('encoded twice', '%252e%252e/secret'),
  out('encoded ten times', `%${'25'.repeat(9)}2e%${'25'.repeat(9)}2e/secret`),
  out('encoded slash', '..%2fsecret'),
  out('slash encoded twice', '..%252fsecret'),
  out('backslash', '..\\secret'),
  out('encoded backslash', '%5c..%5csecret'),
  out('drive letter', 'C:/secret'),
  out('drive letter and backslash', 'c:\\secret'),
  out('NUL', 'plain.txt\0.png'),
  out('encoded NUL', 'plain.txt%00.png'),
  odd('four dots', '..../secret'),
  odd('device of Windows', 'CON'),
  odd('number sign', 'a#b.txt'),
  odd('question mark', 'a?b.txt'),
  odd('300 characters', `${'long/'.repeat(30)}${'n'.repeat(150)}`),
  { name: 'link out', path: 'linked/secret', kind: 'link' },
];
