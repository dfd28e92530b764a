import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeFilter, readSearchText } from '../../../../extension/tracking/filter/composeFilter';
import { FilterError } from '../../../../extension/tracking/filter/filterError';
import { compileLike } from '../../../../extension/tracking/filter/likePattern';
import { parseRunFilter } from '../../../../extension/tracking/filter/parseRunFilter';
import { parseRunOrder } from '../../../../extension/tracking/filter/parseRunOrder';
import { projectRoot } from '../../../support/cache';

/** The filter's error as `message @ what it points at`. */
function errorOf(parse: () => unknown, text: string): string {
  try {
    parse();
  } catch (error) {
    ok(error instanceof FilterError);
    equal(error.kind, 'rejected');
    return `${error.message} @ ${text.slice(error.offset, error.offset + error.length) || 'end'}`;
  }
  return 'accepted';
}

const show = (text: string): string[] =>
  parseRunFilter(text).map(({ field, comparator, value }) =>
    `${field.kind} ${field.key} ${comparator} ${value === undefined ? '' : JSON.stringify(value)}`.trim(),
  );

describe('A filter for runs', () => {
  const accepted: readonly (readonly [string, ...string[]])[] = [
    [''],
    ['AND'],
    ['metrics.loss < 0.5', 'metric loss < 0.5'],
    ['metric."a/b c" >= -1e-3', 'metric a/b c >= -0.001'],
    ['metrics.`val loss`=.5', 'metric val loss = 0.5'],
    ['metrics.f1(macro) > 1', 'metric f1(macro) > 1'],
    ["params.lr = '0.1'", 'param lr = "0.1"'],
    ["parameter.lr like '0%'", 'param lr LIKE "0%"'],
    ['tags.mlflow.user ILIKE "Ann%"', 'tag mlflow.user ILIKE "Ann%"'],
    ['tags.a IS NULL', 'tag a IS NULL'],
    ['tags.a is not null AND params.b IS NULL', 'tag a IS NOT NULL', 'param b IS NULL'],
    ['run_id IN (\'a\', "b")', 'attribute run_id IN ["a","b"]'],
    ["attr.run_id not in ('a')", 'attribute run_id NOT IN ["a"]'],
    ["`Run name` != 'x'", 'attribute run_name != "x"'],
    ["status = 'FINISHED' and created > 5", 'attribute status = "FINISHED"', 'attribute start_time > 5'],
    ["datasets.context IN ('eval')", 'dataset context IN ["eval"]'],
    ["metrics.a > 1 params.b = 'it''s'", 'metric a > 1', 'param b = "it\'\'s"'],
  ];
  for (const [text, ...clauses] of accepted) {
    it(`reads ${text || 'nothing'}`, () => deepEqual(show(text), clauses));
  }

  const known = 'run_id, run_name, status, user_id, artifact_uri, start_time and end_time';
  const refused: readonly (readonly [string, string])[] = [
    ['  ', 'The filter is only white space; leave it empty to see all runs. @   '],
    [
      "a.b = 'x'",
      'a. is unknown here; a key begins with metrics., params., tags., attributes. or dataset. @ a.b',
    ],
    [
      "name = 'x'",
      `name is no attribute of runs that can be searched; ${known} are, and other keys begin with metrics., params. or tags. @ name`,
    ],
    [
      "dataset.foo = 'x'",
      'Datasets have no foo to search by; they have dataset.name, dataset.digest and dataset.context. @ dataset.foo',
    ],
    ["metrics.a > '1'", "metrics.a is compared with a number, such as 0.5 or 1e-3, without quotes. @ '1'"],
    ['params.a = 1', "params.a is compared with a text in quotes, such as 'abc'. @ 1"],
    ["params.a = 'x", "This quote is never closed. @ '"],
    ['params.a =', "params.a is compared with a text in quotes, such as 'abc'. @ end"],
    ['metrics.a', "After metrics.a a comparison is missing, such as = 'abc' or > 0.5. @ end"],
    [
      'metrics.a/b > 1',
      'After metrics.a comes a comparison, not /; a key with spaces or signs in it goes in backticks, such as metrics.`val loss`. @ /',
    ],
    ['metrics.a == 1', '== does not work for metrics.a, which takes =, !=, >, >=, < and <=. @ =='],
    ["status > 'A'", '> does not work for status, which takes =, !=, LIKE and ILIKE. @ >'],
    [
      "params.a > 'A'",
      '> does not work for params.a, which takes =, !=, LIKE and ILIKE, and IS NULL and IS NOT NULL. @ >',
    ],
    ["run_id > 'A'", '> does not work for run_id, which takes =, !=, LIKE and ILIKE, and IN and NOT IN. @ >'],
    ["status IN ('A')", 'IN works for run_id and datasets only, not for status. @ IN'],
    ["run_id IN 'a'", "IN takes a list of quoted strings in parentheses, such as ('a', 'b'). @ 'a'"],
    ['run_id IN (1)', "IN takes a list of quoted strings in parentheses, such as ('a', 'b'). @ (1)"],
    ['end_time IS NULL', 'IS NULL and IS NOT NULL work for params and tags only, not for end_time. @ IS'],
    ["params.a = 'x' tags.b IS NULL", 'Put AND before tags.b. @ tags.b'],
    ['metrics.a > 1 OR metrics.b > 1', "MLflow's filters have no OR; clauses are joined by AND only. @ OR"],
    ['metrics.a > 1;', 'A filter is one expression without ;. @ ;'],
    [
      '(metrics.a > 1)',
      "MLflow's filters have no parentheses around clauses; they are joined by AND only. @ (",
    ],
    ['1 < metrics.a', 'Here a clause should begin, such as metrics.loss < 0.5, not 1. @ 1'],
    [
      'start_time > 99999999999999999999',
      '99999999999999999999 is too large for a time, which is in milliseconds since 1970. @ 99999999999999999999',
    ],
  ];
  for (const [text, error] of refused) {
    it(`refuses ${text.trim() || 'white space'}`, () =>
      equal(
        errorOf(() => parseRunFilter(text), text),
        error,
      ));
  }

  for (const file of ['filestore', 'sqlite']) {
    it(`is judged as MLflow did in the ${file} parity data`, function () {
      const path = join(projectRoot(), '..', 'shared', 'parity', `${file}.json`);
      if (!existsSync(path)) return this.skip(); // The parity data lie beside the clone and do not come with it.
      const { runs_filter: cases } = JSON.parse(readFileSync(path, 'utf8')) as {
        runs_filter: { filter: string | null; result: unknown }[];
      };
      for (const { filter, result } of cases) {
        const isAccepted = errorOf(() => parseRunFilter(filter ?? ''), filter ?? '') === 'accepted';
        equal(isAccepted, Array.isArray(result), String(filter));
      }
    });
  }
});

describe('An order for runs', () => {
  it('is a key with or without a direction', () => {
    deepEqual(parseRunOrder(['metrics.`a b` desc', 'Created']), [
      { field: { kind: 'metric', key: 'a b' }, isDescending: true },
      { field: { kind: 'attribute', key: 'start_time' }, isDescending: false },
    ]);
  });
  const refused: readonly (readonly [string, string])[] = [
    ['', 'Nothing is no order; one is a key with ASC or DESC after it. @ end'],
    ['metrics.a SIDEWAYS', 'A key is sorted ASC or DESC, not SIDEWAYS. @ metrics.a SIDEWAYS'],
    ['dataset.name', 'Runs cannot be sorted by their datasets. @ dataset.name'],
  ];
  for (const [text, error] of refused) {
    it(`refuses ${text || 'nothing'}`, () =>
      equal(
        errorOf(() => parseRunOrder([text]), text),
        error,
      ));
  }
});

describe('A pattern', () => {
  it('with many wildcards is judged at once, where a backtracking expression would not end', () => {
    equal(compileLike('%a'.repeat(40) + 'b', false)('a'.repeat(5000)), false);
  });
  it('does not reach across a newline, but lets one follow', () => {
    deepEqual(['x\nline', 'line\n', 'line\nx'].map(compileLike('%line', false)), [false, true, false]);
  });
});

describe('The search for runs', () => {
  const kinds: readonly (readonly [string, string])[] = [
    ['', 'none'],
    ['   ', 'none'],
    ['metrics.x <', 'invalid'],
    ['params.a = ', 'invalid'],
    ["name like 'x'", 'invalid'],
    ["run_name like 'x'", 'filter'],
    ['resnet 50', 'name'],
    ['v1.2-final', 'name'],
    ["it's", 'name'],
  ];
  for (const [text, kind] of kinds) {
    it(`takes “${text}” for ${kind}`, () => equal(readSearchText(text).kind, kind));
  }

  it('is one filter of the text and the status', () => {
    equal(composeFilter('x', 'FAILED'), "attributes.run_name ILIKE '%x%' AND attributes.status = 'FAILED'");
    equal(composeFilter(' metrics.x < 1 '), 'metrics.x < 1');
    equal(composeFilter(' '), '');
    throws(() => composeFilter('metrics.x <'), FilterError);
  });
  it('finds names with quotes, with a wildcard where both kinds are in it', () => {
    equal(composeFilter("it's"), 'attributes.run_name ILIKE "%it\'s%"');
    equal(composeFilter(`it's "x"`), 'attributes.run_name ILIKE "%it\'s _x_%"');
  });
});
