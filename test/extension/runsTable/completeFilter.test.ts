import { deepEqual, equal, ok } from 'node:assert/strict';
import { completeFilter, type FilterData } from '../../../extension/runsTable/completeFilter';
import { parseRunFilter } from '../../../extension/tracking/filter/parseRunFilter';
import { createRandom, type Random } from '../../faults/random';
import { testSeed } from '../../support/testSeed';

const keys = {
  metric: ['loss', 'val loss', 'f1.macro', 'in', 'val-auc', 'a`b', 'a"`\'b', 'système', 'x'.repeat(300), ''],
  param: ['lr', 'opt', 'layer sizes', 'is', '1st', 'a\\', "it's", 'and'],
  tag: ['mlflow.user', 'mlflow.note.content', 'team', '<b>', '--'],
};
const texts = [
  'adam',
  "it's",
  'say "x"',
  'both \' and "',
  'back\\',
  'two\nlines',
  '',
  '%',
  '-- no',
  '🎲',
  '\\x41',
];
const numbers = ['0.5', '12', 'NaN', '1e+21', '-3', 'Infinity'];

const plain: FilterData = {
  keys: (kind) => keys[kind],
  values: ({ kind, key }) => (kind === 'metric' || key.endsWith('_time') ? numbers : texts),
  recent: [],
};

/** The completions at `|`, inserted each, with `|` where the caret then is. */
function complete(marked: string, data = plain): string[] {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, items } = completeFilter(text, offset, data);
  return items.map(({ insert }) => `${text.slice(0, from)}${insert}|${text.slice(to)}`);
}

function offers(marked: string, ...wanted: readonly string[]): void {
  const found = complete(marked);
  for (const one of wanted) ok(found.includes(one), `${one} is not among\n${found.join('\n')}`);
}

describe('Completing a filter', () => {
  it('offers what was searched for before, and keys, where nothing is typed', () => {
    const { items, from, to } = completeFilter(' ', 1, { ...plain, recent: ['metrics.loss < 1', 'resnet'] });
    deepEqual([from, to], [0, 1]);
    deepEqual(
      items.slice(0, 4).map(({ insert, detail }) => [insert, detail]),
      [
        ['metrics.loss < 1', 'recent'],
        ['resnet', 'recent'],
        ['metrics.', 'keys'],
        ['params.', 'keys'],
      ],
    );
    ok(items.some(({ insert, detail }) => insert === 'params.lr ' && detail === 'param'));
  });

  it('offers keys of an entity, in quotes where they need them', () => {
    offers('metrics.|', 'metrics.loss |', 'metrics.`val loss` |', 'metrics.f1.macro |', 'metrics.`in` |');
    offers('metrics.|', 'metrics.`val-auc` |', 'metrics."a`b" |', 'metrics.système |');
    ok(!complete('metrics.|').some((text) => text.includes('a"`\'b')), 'what no quotes hold is left out');
    offers('params.|', "params.`it's` |");
    offers('attributes.|', 'attributes.status |', 'attributes.start_time |');
    offers('dataset.|', 'datasets.name |', 'datasets.digest |');
  });

  it('offers keys that hold what is typed, those that begin with it first', () => {
    deepEqual(complete('los|'), ['metrics.loss |', 'metrics.`val loss` |']);
    deepEqual(complete('metrics.`val l|'), ['metrics.`val loss` |']);
    deepEqual(complete('PARAMS.l|'), ['params.lr |', 'params.`layer sizes` |']);
    deepEqual(complete('nobody has this|'), []);
  });

  it('replaces the whole word in whose midst the caret is', () => {
    offers('metrics.lo|ss < 1', 'metrics.loss| < 1');
    offers('met|', 'metrics.|');
    offers("params.opt = 'ad|am' AND x", "params.opt = 'adam'| AND x");
    offers("params.opt = 'ad|", "params.opt = 'adam'|");
    offers('metrics.loss <|= 1', 'metrics.loss <=| 1');
  });

  it('offers the operators that the field takes', () => {
    equal(complete('metrics.loss |').length, 6);
    deepEqual(complete('metrics.loss <|'), ['metrics.loss < |', 'metrics.loss <= |']);
    offers('params.lr |', 'params.lr = |', 'params.lr ILIKE |', 'params.lr IS NOT NULL |');
    deepEqual(complete('params.lr is n|'), ['params.lr IS NULL |', 'params.lr IS NOT NULL |']);
    offers('run_id |', 'run_id IN (|');
    ok(!complete('status |').some((text) => text.includes('IN (')));
    equal(complete('start_time |').length, 6);
  });

  it('offers values that runs have, quoted as the grammar has it', () => {
    offers('params.opt = |', "params.opt = 'adam'|", 'params.opt = "it\'s"|');
    ok(!complete('params.opt = |').some((text) => text.includes('both')), 'no quotes hold it');
    deepEqual(complete('metrics.loss < |'), [
      'metrics.loss < 0.5|',
      'metrics.loss < 12|',
      'metrics.loss < -3|',
    ]);
    deepEqual(complete("params.opt LIKE 'AD|"), ["params.opt LIKE 'adam'|"]);
  });

  it('leads through a list', () => {
    offers('run_id IN (|', "run_id IN ('adam'|", "run_id IN ('two\\nlines'|");
    deepEqual(complete("run_id IN ('a'|"), ["run_id IN ('a', |", "run_id IN ('a') |"]);
    offers("run_id IN ('a', |", "run_id IN ('a', 'adam'|");
  });

  it('goes on with AND', () => {
    deepEqual(complete("params.opt = 'adam'|"), ["params.opt = 'adam' AND |"]);
    deepEqual(complete("params.opt = 'adam' |"), ["params.opt = 'adam' AND |"]);
    deepEqual(complete('params.opt IS NULL |'), ['params.opt IS NULL AND |']);
    offers('metrics.loss < 12|', 'metrics.loss < 12 AND |');
    offers("params.opt = 'adam' an|", "params.opt = 'adam' AND |", "params.opt = 'adam' AND params.and |");
    offers("params.opt = 'adam' and l|", "params.opt = 'adam' and metrics.loss |");
  });

  it('never throws, whatever is typed and wherever the caret is', () => {
    const random = createRandom(testSeed);
    const pieces = [
      ...[
        'metrics',
        'params',
        'run_id',
        '.',
        '`',
        "'",
        '"',
        ' ',
        'AND',
        '<',
        '=',
        'IS',
        'NOT',
        'NULL',
        'IN',
        '(',
      ],
      ...[')', ',', '1', 'x', '\\', '\ud83c', '\n', '%'],
    ];
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: random.below(14) }, () => pieces[random.below(pieces.length)]).join(
        '',
      );
      const offset = random.below(text.length + 3) - 1;
      const { from, to, items } = completeFilter(text, offset, plain);
      ok(0 <= from && from <= to && to <= text.length && items.length <= 50, JSON.stringify(text));
    }
  });

  it('builds filters that MLflow’s grammar takes, by completions alone', () => {
    const random = createRandom(testSeed);
    for (let round = 0; round < 300; round++) {
      const text = build(random);
      const finished = finish(text);
      ok(isFilter(finished), `${JSON.stringify(text)} became ${JSON.stringify(finished)}, seed ${testSeed}`);
    }
  });
});

/** A filter, or the beginning of one, of up to 15 completions; now and then the last letter is taken back. */
function build(random: Random): string {
  let text = '';
  for (let steps = random.below(15); steps > 0; steps--) {
    if (random.below(4) === 0 && /\w$/.test(text)) text = text.slice(0, -1);
    const { from, to, items } = completeFilter(text, text.length, plain);
    equal(to, text.length);
    const chosen = items[random.below(items.length)];
    ok(chosen, `nothing comes after ${JSON.stringify(text)}, seed ${testSeed}`);
    text = text.slice(0, from) + chosen.insert;
  }
  return text;
}

/** Goes on with the completions that end a clause soonest, until the text is a filter. */
function finish(text: string): string {
  let finished = text;
  for (let step = 0; step < 8 && !isFilter(finished); step++) {
    const { from, items } = completeFilter(finished, finished.length, plain);
    const next =
      items.find(({ label }) => label === ')') ?? items.find(({ insert }) => !insert.endsWith('.'));
    finished = finished.slice(0, from) + ((next ?? items[0])?.insert ?? '');
  }
  return finished;
}

function isFilter(text: string): boolean {
  try {
    return parseRunFilter(text).length > 0;
  } catch {
    return false;
  }
}
