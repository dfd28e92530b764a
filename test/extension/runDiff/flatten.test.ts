import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { flattenParams, flattenValue } from '../../../extension/runDiff/flatten';
import { testSeed } from '../../support/testSeed';

const seed = testSeed;
const flat = (text: string) => {
  const found = flattenValue('p', text);
  return found && Object.fromEntries(found);
};

type Tree = string | number | boolean | null | readonly Tree[] | { readonly [key: string]: Tree };

/** Keys without dots, so that no two paths look alike. */
const key = fc.stringMatching(/^[a-zA-Z_$ü]\w{0,8}$/);
const { tree } = fc.letrec<{ tree: Tree; branch: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
    tie('branch'),
  ),
  branch: fc.oneof(fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(key, tie('tree'), { maxKeys: 4 })),
}));
const branch = fc.oneof(
  fc.array(tree, { maxLength: 4 }),
  fc.dictionary(key, tree, { maxKeys: 4 }),
) as fc.Arbitrary<Tree>;

describe('Flattening a parameter', () => {
  it('expands JSON and what Python prints, by nested keys', () => {
    deepEqual(flat(`{'lr': 0.1, 'x': None, 'y': True}`), { 'p.lr': '0.1', 'p.x': 'None', 'p.y': 'True' });
    deepEqual(flat('{"lr": 0.1, "x": null, "y": {"z": [1, 2]}}'), {
      'p.lr': '0.1',
      'p.x': 'null',
      'p.y.z.0': '1',
      'p.y.z.1': '2',
    });
    deepEqual(flat(`{'betas': (0.9, 0.999), 'one': (1,), 1: nan, 'q': "it's"}`), {
      'p.betas.0': '0.9',
      'p.betas.1': '0.999',
      'p.one.0': '1',
      'p.1': 'nan',
      'p.q': "it's",
    });
    deepEqual(flat('[]'), { p: '[]' });
    deepEqual(flat(`{'a': {}, }`), { 'p.a': '{}' });
  });

  it('keeps the quotes of a string that reads like something else', () => {
    deepEqual(flat(`['1', 1, 'True', True, 'x', '']`), {
      'p.0': '"1"',
      'p.1': '1',
      'p.2': '"True"',
      'p.3': 'True',
      'p.4': 'x',
      'p.5': '',
    });
  });

  it('leaves everything else as it is', () => {
    const others = [
      ...[
        '',
        '1',
        'adam',
        '{',
        '{}x',
        '[1 2]',
        '{1}',
        '(1)',
        '{"a" 1}',
        '{"a": }',
        '[1,,2]',
        "{'a': <object>}",
      ],
      ...['Adam(lr=1)', `{'a': Adam()}`, '[1_000]', "{'a': 1, 'a': 2}", `{'a.b': 1, 'a': {'b': 2}}`],
      '['.repeat(1000) + ']'.repeat(1000),
      `[${'1,'.repeat(100_000)}]`,
      `[${'1,'.repeat(501)}]`,
      '['.repeat(40_000),
      `{${'"'.repeat(40_001)}`,
    ];
    for (const text of others) equal(flat(text), undefined, text.slice(0, 80));
  });

  it('finds in JSON what JSON.parse finds', () => {
    fc.assert(
      fc.property(branch, (value) => {
        const found = flat(JSON.stringify(value));
        deepEqual(found, Object.fromEntries(leavesOf('p', JSON.parse(JSON.stringify(value)) as Tree)));
      }),
      { seed, numRuns: 500 },
    );
  });

  it('finds in Python’s notation what it finds in JSON, but for the words', () => {
    fc.assert(
      fc.property(branch, (value) => {
        const clean = JSON.parse(JSON.stringify(value)) as Tree;
        const asPython = Object.fromEntries(
          leavesOf('p', clean, { true: 'True', false: 'False', null: 'None' }),
        );
        deepEqual(flat(repr(clean)), asPython);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('never fails, whatever it is given', () => {
    const pieces = fc.constantFrom(...`{}[](),:'"\\ \n0.1e-5 None nan True x`.split(''));
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        flattenValue('p', parts.join(''));
      }),
      { seed, numRuns: 3000 },
    );
  });
});

describe('Flattening the parameters of a run', () => {
  const params = (values: Record<string, string>) =>
    Object.fromEntries(flattenParams(new Map(Object.entries(values))));

  it('replaces a dict by what is in it', () => {
    deepEqual(params({ optimizer: "{'lr': 0.1}", epochs: '3' }), { epochs: '3', 'optimizer.lr': '0.1' });
  });

  it('leaves a dict whole where its keys would hide a parameter or each other', () => {
    const own = { optimizer: "{'lr': 0.1}", 'optimizer.lr': '0.2' };
    deepEqual(params(own), own);
    deepEqual(params({ a: "{'b.c': 1}", 'a.b': "{'c': 2}" }), { 'a.b.c': '1', 'a.b': "{'c': 2}" });
  });

  it('keeps keys that mean something to JavaScript', () => {
    deepEqual(
      [...flattenParams(new Map([['__proto__', '{"constructor": 1, "__proto__": 2}']]))],
      [
        ['__proto__.constructor', '1'],
        ['__proto__.__proto__', '2'],
      ],
    );
  });
});

interface Words {
  readonly true: string;
  readonly false: string;
  readonly null: string;
}

const jsonWords: Words = { true: 'true', false: 'false', null: 'null' };

function leavesOf(
  path: string,
  value: Tree,
  words: Words = jsonWords,
): readonly (readonly [string, string])[] {
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value) as readonly (readonly [string, Tree])[];
    if (entries.length === 0) return [[path, Array.isArray(value) ? '[]' : '{}']];
    return entries.flatMap(([inner, one]) => leavesOf(`${path}.${inner}`, one, words));
  }
  if (typeof value === 'string') return [[path, quoteIfNeeded(value)]];
  const text = String(value);
  return [[path, text in words ? words[text as keyof Words] : JSON.stringify(value)]];
}

/** Strings that JSON or Python would read as a number, a word or an empty container. */
function quoteIfNeeded(text: string): string {
  const bare = text.trim().toLowerCase();
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(bare);
  const isWord = /^([+-]?(nan|inf|infinity)|none|null|true|false|\{\}|\[\]|\(\))$/.test(bare);
  return isNumber || isWord ? JSON.stringify(text) : text;
}

/** As Python prints it. */
function repr(value: Tree): string {
  if (typeof value === 'string') return reprText(value);
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Tree[]).map(repr).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([name, one]) => `${reprText(name)}: ${repr(one)}`)
    .join(', ')}}`;
}

function reprText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\\' || character === quote) return `\\${character}`;
    if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
    if (code > 0xffff && code % 2 === 0) return `\\U${code.toString(16).padStart(8, '0')}`;
    return character;
  });
  return `${quote}${escaped.join('')}${quote}`;
}
