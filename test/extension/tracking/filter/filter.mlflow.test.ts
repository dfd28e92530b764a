import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileOrder } from '../../../../extension/tracking/filter/compareRuns';
import { FilterError } from '../../../../extension/tracking/filter/filterError';
import { compileLike } from '../../../../extension/tracking/filter/likePattern';
import { compileFilter } from '../../../../extension/tracking/filter/matchRun';
import { parseRunFilter } from '../../../../extension/tracking/filter/parseRunFilter';
import { parseRunOrder } from '../../../../extension/tracking/filter/parseRunOrder';
import type { RunFacts } from '../../../../extension/tracking/filter/runFacts';
import { createRandom } from '../../../faults/random';
import { projectRoot } from '../../../support/cache';
import { runPython } from '../../../support/mlflowServer';
import { ensureMlflow } from '../../../support/tools';
import { pick, randomFilter, randomOrder, randomText } from './randomFilters';

type Attempt = { readonly value: unknown } | { readonly error: string };

interface Answers {
  readonly filters: readonly Attempt[];
  readonly orders: readonly Attempt[];
  readonly likes: readonly (readonly [boolean, boolean])[];
  readonly matches: readonly Attempt[];
  readonly sorts: readonly (readonly string[])[];
}

const seed = Number(process.env['MLFLOW_LENS_SEED'] ?? 1);
const random = createRandom(seed);
const many = <T>(length: number, make: () => T): T[] => Array.from({ length }, make);

const alphabet = ['a', 'b', 'A', '\n', 'ß', 'İ', 'é', 'É', '.', '*', '\u{1F600}', '\uFF21'];
const likes = many(4_000, () => [
  randomText(random, alphabet, 6),
  randomText(random, [...alphabet, '%', '%', '_'], 5),
]);

const numberTexts = ['0.0', '-1.5', '0.5', 'nan', 'inf', '-inf', '2.0'];
const runs = many(60, () => ({
  id: randomText(random, ['0', '7', '9', 'a', 'c', 'f'], 8) + String(random.below(1e6)),
  name: randomText(random, ['r', '1', 'R', '\n'], 3),
  user: pick(random, ['ann', 'bob']),
  status: pick(random, ['FINISHED', 'RUNNING']),
  uri: `/x/${random.below(3)}`,
  start: 1000 + random.below(5),
  end: pick(random, [null, 2000, 2001]),
  metrics: ['a', 'b']
    .filter(() => random.below(3) > 0)
    .map((key) => [key, pick(random, numberTexts)] as const),
  params: ['a', 'b']
    .filter(() => random.below(3) > 0)
    .map((key) => [key, randomText(random, alphabet, 2)] as const),
  tags: ['a', 'b']
    .filter(() => random.below(3) > 0)
    .map((key) => [key, randomText(random, alphabet, 2)] as const),
  datasets: many(random.below(3), () => ({
    name: pick(random, ['a', 'b', 'A']),
    digest: pick(random, ['a', 'b']),
    context: pick(random, [null, 'a', 'eval']),
  })),
}));

type TestRun = (typeof runs)[number];

function factsOf(run: TestRun): RunFacts {
  const attributes = {
    run_id: run.id,
    run_name: run.name,
    status: run.status,
    user_id: run.user,
    artifact_uri: run.uri,
    start_time: run.start,
    end_time: run.end ?? undefined,
  };
  const metrics = new Map(run.metrics);
  return {
    metric: (key) => {
      const text = metrics.get(key);
      return text === undefined ? undefined : Number(text.replace('inf', 'Infinity'));
    },
    param: (key) => new Map(run.params).get(key),
    tag: (key) => new Map(run.tags).get(key),
    attribute: (key) => attributes[key],
    datasets: () => run.datasets.map((dataset) => ({ ...dataset, context: dataset.context ?? undefined })),
  };
}

/** Ours in the oracle's shape. */
function describeFilter(text: string): Attempt {
  return attempt(() =>
    parseRunFilter(text).map(({ field, comparator, value }) => [
      field.kind === 'param' ? 'parameter' : field.kind,
      field.key,
      comparator,
      typeof value === 'number' ? inPython(value) : (value ?? null),
    ]),
  );
}

function describeOrder(text: string): Attempt {
  return attempt(() => {
    const [key] = parseRunOrder([text]);
    ok(key);
    return [key.field.kind === 'param' ? 'parameter' : key.field.kind, key.field.key, !key.isDescending];
  });
}

function attempt(ask: () => unknown): Attempt {
  try {
    return { value: ask() };
  } catch (error) {
    if (error instanceof FilterError) return { error: error.message };
    throw error;
  }
}

/** A number that compares equal however Python writes it. */
const inPython = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
const normal = (clause: unknown): unknown => {
  if (!Array.isArray(clause)) return clause;
  const [kind, key, comparator, value] = clause as readonly unknown[];
  const isNumber = kind === 'metric' || key === 'start_time' || key === 'end_time';
  if (!isNumber || typeof value !== 'string' || clause.length < 4) return clause;
  return [kind, key, comparator, inPython(Number(value.replace('inf', 'Infinity')))];
};

/**
 * What MLflow takes by accident and we refuse on purpose: a comparison before IS NULL that it reads as a part of the key,
 * and a sum or quotient as a key before a direction in quotes.
 */
function isAccident(text: string, theirs: Attempt): boolean {
  if (!('value' in theirs) || !Array.isArray(theirs.value)) return false;
  if (/[/*@+-].*["'`]\s*(?:asc|desc)/i.test(text)) return theirs.value.length === 3;
  return theirs.value.some((clause: unknown) => {
    const [, key, comparator] = Array.isArray(clause) ? (clause as readonly unknown[]) : [];
    return String(comparator).startsWith('IS') && /[<>=~]|like/i.test(String(key));
  });
}

/** The questions that the two answer differently. */
function differences(
  texts: readonly string[],
  theirs: readonly Attempt[],
  ours: (text: string) => Attempt,
): unknown[] {
  return texts.flatMap((text, index) => {
    const expected = theirs[index]!;
    const found = ours(text);
    if ('error' in expected && 'error' in found) return [];
    const wanted =
      'value' in expected && Array.isArray(expected.value) ? expected.value.map(normal) : undefined;
    if (isAccident(text, expected)) return [];
    const same =
      'value' in found && wanted !== undefined && JSON.stringify(found.value) === JSON.stringify(wanted);
    return same ? [] : [{ text, mlflow: expected, ours: found }];
  });
}

describe(`Filters and orders, beside MLflow's own (seed ${seed})`, function () {
  this.timeout(300_000);
  const filters = many(4_000, () => randomFilter(random));
  const orders = many(1_500, () => randomOrder(random));
  let answers: Answers;
  let matching: string[];
  const sorting = many(300, () =>
    many(
      1 + random.below(3),
      () =>
        pick(random, ['metrics.a', 'params.a', 'tags.b', 'start_time', 'end_time', 'run_name', 'status']) +
        pick(random, [' ASC', ' DESC']),
    ),
  );

  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mlflow-filter-'));
    try {
      matching = filters.filter((text) => 'value' in describeFilter(text));
      const questions = {
        database: `sqlite:///${join(folder, 'mlflow.db')}`,
        artifacts: folder,
        ...{ filters, orders, likes, runs, matching, sorting },
      };
      await writeFile(join(folder, 'questions.json'), JSON.stringify(questions));
      const { python } = await ensureMlflow('newest');
      const script = join(projectRoot(), 'test/extension/tracking/filter/filter_oracle.py');
      const printed = await runPython({ uri: questions.database, python }, script, [
        join(folder, 'questions.json'),
      ]);
      answers = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Answers;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('accept and understand the same filters', () => {
    ok(matching.length > 500, `only ${matching.length} of the filters are valid`);
    deepEqual(differences(filters, answers.filters, describeFilter), []);
  });

  it('accept and understand the same orders', () => {
    deepEqual(differences(orders, answers.orders, describeOrder), []);
  });

  it('fit patterns to the same texts', () => {
    const ours = likes.map(([value = '', pattern = '']) =>
      [false, true].map((ignoresCase) => compileLike(pattern, ignoresCase)(value)),
    );
    const wrong = likes.flatMap((like, index) =>
      String(ours[index]) === String(answers.likes[index])
        ? []
        : [[...like, ours[index], answers.likes[index]]],
    );
    deepEqual(wrong, []);
  });

  it('find the same runs', () => {
    for (const [index, text] of matching.entries()) {
      const fits = compileFilter(parseRunFilter(text));
      const found = runs.filter((run) => fits(factsOf(run))).map(({ id }) => id);
      deepEqual({ value: found }, answers.matches[index], text);
    }
  });

  it('sort runs alike', () => {
    for (const [index, order] of sorting.entries()) {
      const { keysOf, compare } = compileOrder(parseRunOrder(order));
      const sorted = runs.map((run) => ({ id: run.id, keys: keysOf(factsOf(run)) }));
      sorted.sort((a, b) => compare(a.keys, b.keys));
      equal(String(sorted.map(({ id }) => id)), String(answers.sorts[index]), String(order));
    }
  });
});
