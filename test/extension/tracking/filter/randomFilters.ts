import type { Random } from '../../../faults/random';

const pick = <T>(random: Random, items: readonly T[]): T => items[random.below(items.length)]!;

const entities = [
  'metrics',
  'metric',
  'params',
  'param',
  'parameter',
  'tags',
  'tag',
  'attributes',
  'attr',
  'run',
];
const oddEntities = ['foo', 'Metrics', '`params`', '"tags"', 'dataset', 'datasets', 'parameters'];
const keys = [
  'a',
  'b',
  'loss',
  'val_loss',
  'a.b',
  '`a b`',
  '"a/b c"',
  "'q'",
  'order',
  'from',
  'f(x)',
  'a[0]',
  '_x',
];
const oddKeys = [
  'a-b',
  'a/b',
  '1',
  '1a',
  '',
  '*',
  '@ab',
  'ünï',
  '[x y]',
  'a b',
  '$x',
  '`"a"`',
  '"`a`"',
  'in',
];
const attributes = [
  'run_id',
  'run_name',
  'status',
  'user_id',
  'artifact_uri',
  'start_time',
  'end_time',
  'created',
];
const oddAttributes = [
  'Created',
  '`Run name`',
  '"run name"',
  'name',
  'lifecycle_stage',
  'duration',
  'Run name',
];
const comparators = ['=', '!=', '>', '>=', '<', '<=', 'LIKE', 'ILIKE', 'like', 'ILike'];
const oddComparators = [
  '==',
  '<>',
  'IN',
  'NOT IN',
  'IS NULL',
  'is not null',
  'NOT LIKE',
  'RLIKE',
  'BETWEEN',
  '=!',
  '~',
];
const numbers = ['1', '0', '-1', '0.5', '.5', '-.5', '1.', '1e3', '1.5e-5', '99999999999999999999', '1e400'];
const oddNumbers = ['+1', '1e+5', '0x10', '1_000', '- 1', 'inf', 'nan', 'NULL', '1 2', '(1)', '1.e5'];
const texts = [
  "'a'",
  '"a"',
  "''",
  '""',
  "'it''s'",
  '"it\'s"',
  "'%a_'",
  "'ß'",
  "'a\\'b'",
  "'a\nb'",
  "'FINISHED'",
];
const oddTexts = ['a', '`a`', "'a", '"a', "'a'b", '"a"."b"', "('a')", "'a' 'b'"];
const lists = [
  "('a','b')",
  "('a')",
  '("a", "b")',
  "( 'a' ,\n'b', )",
  "('a' 'b')",
  "(('a'),'b')",
  "('a\\n\\x41')",
];
const oddLists = ['()', '(1)', "('a', 1)", '(a)', "('a'", "'a'", "('a',,)", '((("a","b")))', "(('a','b'),)"];
const joints = [' AND ', ' and ', ' AND AND ', ' ', '\n', ' AND\t', '  aNd  '];
const oddJoints = [' OR ', '; ', ', ', ' AND NOT ', ''];

/** One in eight is something that is likely to be refused. */
const usually = (random: Random, usual: readonly string[], odd: readonly string[]): string =>
  pick(random, random.below(8) === 0 ? odd : usual);

function randomClause(random: Random): string {
  const gap = (): string => pick(random, [' ', ' ', ' ', '', '\n', '  ']);
  const kind = random.below(6);
  if (kind === 0) {
    const name = pick(random, [
      'run_id',
      'attributes.run_id',
      'dataset.name',
      'datasets.digest',
      'dataset.context',
    ]);
    const comparator = usually(random, ['IN', 'NOT IN', 'in', 'not  in'], ['=', 'LIKE', 'IS NULL', '!=']);
    return `${usually(random, [name], ['status', 'tags.a'])} ${comparator}${gap()}${usually(random, lists, oddLists)}`;
  }
  const entity = usually(random, entities, oddEntities);
  const isAttribute = kind === 1 || /attr|run/.test(entity);
  const key = isAttribute ? usually(random, attributes, oddAttributes) : usually(random, keys, oddKeys);
  const name = kind === 1 ? key : `${entity}.${key}`;
  if (kind === 2)
    return `${name} ${usually(random, ['IS NULL', 'is not null', 'IS  NULL'], ['IS', 'IS NOT  NULL'])}`;
  const comparator = usually(random, comparators, oddComparators);
  const isNumber = /^metric|_time|reated/.test(name) !== (random.below(10) === 0);
  const value = isNumber ? usually(random, numbers, oddNumbers) : usually(random, texts, oddTexts);
  const around = /\w/.test(comparator) ? ' ' : gap();
  return `${name}${around}${comparator}${around}${value}`;
}

/** A filter that MLflow may take or not: some clauses, now and then with a character too many or too few. */
export function randomFilter(random: Random): string {
  const clauses = Array.from({ length: 1 + random.below(3) }, () => randomClause(random));
  const text = clauses.reduce((whole, clause) => whole + usually(random, joints, oddJoints) + clause);
  return random.below(5) === 0 ? mutate(random, text) : text;
}

export function randomOrder(random: Random): string {
  const entity = usually(random, entities, oddEntities);
  const name =
    random.below(3) === 0
      ? usually(random, attributes, oddAttributes)
      : `${entity}.${usually(random, keys, oddKeys)}`;
  const direction = usually(
    random,
    ['', ' ASC', ' DESC', ' desc', '  Asc'],
    [' SIDEWAYS', ' DESC NULLS LAST', ' ', ' "desc"', ', x', ' asc desc', '\nDESC'],
  );
  const text = name + direction;
  return random.below(8) === 0 ? mutate(random, text) : text;
}

function mutate(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const extra = pick(random, [
    '',
    '',
    ' ',
    "'",
    '"',
    '`',
    '.',
    '(',
    ')',
    '=',
    '-',
    ';',
    'a',
    '1',
    '%',
    ',',
    '[',
    '~',
  ]);
  return text.slice(0, at) + extra + text.slice(at + random.below(2));
}

/** A short text of few characters, so that patterns often fit. */
export function randomText(random: Random, alphabet: readonly string[], longest: number): string {
  return Array.from({ length: random.below(longest + 1) }, () => pick(random, alphabet)).join('');
}

export { pick };
