import { deepEqual, equal, ok } from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseLongYaml, parseYaml } from '../../../language-server/documents/yamlText';
import type { YamlDocument } from '../../../language-server/documents/yamlTree';
import { testSeed } from '../../support/testSeed';

const corpus = join('..', 'shared', 'corpus');
const own = `name: demo # a name
conda_env: conda.yaml
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: &data {type: path}
    command: "python train.py {alpha} \\
      {data}"
  # the other one
  test:
    parameters: {data: *data}
    command: |
      python test.py
        {data}
`;

const snippets = [
  ':',
  ' ',
  '\n',
  '  ',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '#',
  '- ',
  '|',
  '&a ',
  '*a',
  '\t',
  '---\n',
  'x',
  '\r\n',
  '\nname: y\n',
];

function texts(): readonly string[] {
  if (!existsSync(corpus)) return [own];
  return [
    own,
    ...globSync('**/{MLproject,*.yaml}', { cwd: corpus }).map((path) =>
      readFileSync(join(corpus, path), 'utf8'),
    ),
  ].filter(({ length }) => length < 10_000);
}

/** Numbers below a bound, the same for the same seed. */
function randomNumbers(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

describe('a document while it is edited', () => {
  it(`incremental state equals a fresh parse (seed ${testSeed})`, function () {
    this.timeout(60_000);
    const random = randomNumbers(testSeed);
    const all = texts();
    for (let round = 0; round < 60; round++) {
      let text = all[random(all.length)] ?? own;
      let document = parseYaml(text);
      for (let edit = 0; edit < 25; edit++) {
        const at = random(text.length + 1);
        const gone = random(3) === 0 ? random(10) : 0;
        text = text.slice(0, at) + (snippets[random(snippets.length)] ?? '') + text.slice(at + gone);
        document = parseYaml(text, document);
        deepEqual(writtenOut(document), writtenOut(parseYaml(text)), JSON.stringify(text));
      }
    }
  });

  it('read in steps is the same, and others get their turn at each', async () => {
    for (const text of texts()) {
      let steps = 0;
      const rest = (): Promise<void> => {
        steps++;
        return Promise.resolve();
      };
      const document = await parseLongYaml(text, rest);
      deepEqual(writtenOut(document), writtenOut(parseYaml(text)), JSON.stringify(text));
      if (text === own) ok(steps > 3);
    }
  });

  it('a colon behind a tab is met once', () => {
    const { root, errors } = parseYaml('b: 1\t :\nc: 2\n');
    deepEqual([root?.kind, errors.length > 0], ['mapping', true]);
  });

  it('a key further out than the entry points is none of them', () => {
    const { root, errors } = parseYaml('entry_points:\n  main:\n    command: x\nnot one: y\n');
    deepEqual([root?.kind === 'mapping' && root.pairs.length, errors], [2, []]);
  });

  it('a directive has a name', () => {
    equal(parseYaml('%:\n  a: b\n').errors.length > 0, true);
  });

  it('an entry point before the edit stays the same object', () => {
    const before = parseYaml(own);
    const after = parseYaml(own.replace('test.py', 'tests.py'), before);
    equal(entryPoint(after, 0), entryPoint(before, 0));
  });
});

function entryPoint({ root }: YamlDocument, index: number): unknown {
  const value = root?.kind === 'mapping' ? root.pairs[2]?.value : undefined;
  return value?.kind === 'mapping' ? value.pairs[index] : undefined;
}

/** With what mappings that were moved make only when they are asked for it. */
function writtenOut(value: unknown): unknown {
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, writtenOut(one)]));
  if (Array.isArray(value)) return value.map(writtenOut);
  if (typeof value !== 'object' || value === null) return value;
  const all = 'pairs' in value ? { ...value, pairs: value.pairs } : value;
  return Object.fromEntries(Object.entries(all).map(([key, one]) => [key, writtenOut(one)]));
}
