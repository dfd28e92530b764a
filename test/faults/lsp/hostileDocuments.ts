export interface HostileDocument {
  readonly name: string;
  /** Made when it is needed; `many` is how often what comes often comes. */
  readonly text: (many: number) => string;
  /** Whether MLflow could load it. */
  readonly isSound: boolean;
}

/** The rows about documents in reference/PERFORMANCE.md §7d, and what else is deep or wide. */
export const hostileDocuments: readonly HostileDocument[] = [
  { name: 'alias bomb', isSound: true, text: aliasBomb },
  {
    name: 'alias of what it is in',
    isSound: false,
    text: () => 'entry_points: &a\n  main: *a\n  test: &b {command: *b}\n',
  },
  {
    name: 'many anchors',
    isSound: true,
    text: (many) => `databricks: x\n${lines(many, (at) => `k${at}: &a${at} x`)}`,
  },
  {
    name: 'many keys',
    isSound: true,
    text: (many) =>
      `entry_points:\n  main:\n    command: echo {p7}\n    parameters:\n${lines(many, (at) => `      p${at}: path`)}`,
  },
  { name: 'deep flow', isSound: false, text: (many) => `entry_points: ${'{a: ['.repeat(many / 2)}` },
  {
    name: 'deep block in one line',
    isSound: false,
    text: (many) => `entry_points:\n  ${'- '.repeat(many)}x\n`,
  },
  {
    name: 'deep indent',
    isSound: false,
    text: () => `entry_points:\n${lines(2_000, (at) => `${' '.repeat(at + 1)}k:`)}`,
  },
  {
    name: 'long line',
    isSound: true,
    text: (many) => `entry_points:\n  main:\n    command: echo ${'word '.repeat(10 * many)}\n`,
  },
  {
    name: 'many placeholders',
    isSound: false,
    text: (many) => `entry_points:\n  main:\n    command: echo ${'{a} '.repeat(many)}\n`,
  },
  { name: 'NUL', isSound: false, text: () => project('echo \0') },
  { name: 'BOM', isSound: true, text: () => `\ufeff${project('echo')}` },
  { name: 'lone surrogate', isSound: false, text: () => project('echo \ud800') },
  {
    name: 'CR, CRLF and LF',
    isSound: true,
    text: () => 'name: a\r\nentry_points:\r  main:\n    command: |\r\n      echo\r      echo\n',
  },
  { name: 'tabs', isSound: false, text: () => 'entry_points:\n\tmain:\n\t\tcommand: echo\n' },
  {
    name: '!!js/function',
    isSound: false,
    text: () => `name: !!js/function "function () { process.exit(7) }"\n${project('echo')}`,
  },
  {
    name: '<< of itself',
    isSound: true,
    text: () => 'entry_points: &a\n  <<: *a\n  main:\n    <<: [*a, {<<: *a}]\n    command: echo\n',
  },
  { name: '__proto__', isSound: true, text: prototypes },
  { name: '%YAML 9', isSound: false, text: () => `%YAML 9.9\n---\n${project('echo')}` },
  { name: 'several documents', isSound: false, text: () => lines(1_000, () => `---\n${project('echo')}...`) },
  { name: 'binary', isSound: false, text: binary },
  { name: 'empty', isSound: false, text: () => '' },
  { name: 'only comments', isSound: false, text: (many) => lines(many, (at) => `# ${at}`) },
];

function project(command: string): string {
  return `name: demo\nentry_points:\n  main:\n    command: "${command}"\n`;
}

function lines(count: number, line: (at: number) => string): string {
  return `${Array.from({ length: count }, (_, at) => line(at)).join('\n')}\n`;
}

/** Nine to the ninth power of texts, were they all written out. */
function aliasBomb(): string {
  const levels = 'a b c d e f g h i'.split(' ').map((name, at, all) => {
    const below = at === 0 ? 'x' : `*${all[at - 1] ?? ''}`;
    return `${name}: &${name} [${Array(9).fill(below).join(', ')}]`;
  });
  return `${levels.join('\n')}\nname: *i\n${project('echo').replace(/^.*\n/, '')}`;
}

function prototypes(): string {
  return `__proto__: {polluted: yes}
constructor: {prototype: {polluted: yes}}
entry_points:
  __proto__:
    parameters: {__proto__: path, constructor: {type: toString, default: hasOwnProperty}}
    command: echo {__proto__} {constructor}
  toString:
    command: mlflow run . -e __proto__ -P valueOf=1
`;
}

/** Each byte value, as a text that was read as Latin-1. */
function binary(): string {
  return String.fromCharCode(...Array.from({ length: 256 }, (_, at) => at)).repeat(40);
}
