import { deepEqual, ok } from 'node:assert/strict';
import { diagnose } from '../../../language-server/features/diagnose';
import { type FileFact, noFacts } from '../../../language-server/features/projectFacts';
import { parseDocument } from '../../../language-server/parseDocument';
import { defaultSettings } from '../../../language-server/settings';
import { corpusCases } from '../../agree/cases';
import { modelWords, mutateText, randomNumbers } from '../../agree/mutateText';
import { testSeed } from '../../support/testSeed';
import { openText } from './openText';

const own = `name: demo
python_env: python_env.yaml
databricks: x
entry_points:
  main:
    parameters:
      alpha: {type: floot, default: 010}
      data: {type: path, default: data.csv}
    command: "python train.py {alpha} '{beta}'"
  # another
  test:
    parameters: {data: path, on: uri}
    command: |
      mlflow run . -e mian
      python gone.py {data} {
  test:
    comand: x
`;

const ownModel = `flavors:
  python_function: {loader_module: mlflow.sklearn, python_version: 3.1, env: gone.py}
signature:
  inputs: '[{"type": "doubel", "name": "a"}, {"type": "tensor", "tensor-spec": {"dtype": "U5", "shape": [1.5]}},
    {"type": "object", "properties": {"x": {"type": "int"}}, "name": "a"}, {"type": "double", "nme": "b", "required": false}]'
  outputs: '[{"type": "map", "values": {"typ": "long"}}, 1, {"type": "array", "items": {"type": "long"}, "required": "no"}]'
  params: '[{"name": "k", "type": "long", "default": 0.5}, {"name": "k", "type": "datetime", "default": "x"}, {"name": "l"}]'
`;

/** MLprojects and MLmodels, ours and real ones that are not long. */
const formats = [
  { kind: 'mlproject', own, words: undefined },
  { kind: 'mlmodel', own: ownModel, words: modelWords },
] as const;

describe('diagnostics while a document is edited', () => {
  for (const { kind, own: mine, words } of formats)
    it(`are those of a fresh ${kind} (seed ${testSeed})`, function () {
      this.timeout(60_000);
      const random = randomNumbers(testSeed);
      const corpus = corpusCases(undefined, kind).cases.filter(
        (one) => one.kind === kind && one.text.length < 5_000,
      );
      for (let round = 0; round < 60; round++) {
        let text = (round % 2 === 0 ? undefined : corpus[random(corpus.length)]?.text) ?? mine;
        let document = openText(text, kind);
        for (let edit = 0; edit < 20; edit++) {
          text = mutateText(text, random, words);
          document = parseDocument(document.uri, kind, text, document);
          const file: FileFact['kind'] = random(3) === 0 ? 'missing' : 'file';
          const files = new Map(
            ['gone.py', 'data.csv'].map((path) => [path, { uri: path, kind: file }] as const),
          );
          const facts = { ...noFacts('file:///project/'), files };
          const allowedKeys = random(3) === 0 ? ['entry_points.*.comand'] : [];
          const settings = { ...defaultSettings, allowedKeys };
          const kept = diagnose(document, facts, settings);
          deepEqual(kept, diagnose(openText(text, kind), facts, settings), JSON.stringify(text));
        }
      }
    });

  it('never throw, whatever stands in the file, and are not without end', () => {
    const hostile = [
      `entry_points: ${'{a: '.repeat(5_000)}`,
      `entry_points:\n  a: &a {<<: *a}\n  b: *a\n`,
      `entry_points:\n  m:\n    command: ${'{a}'.repeat(20_000)}\n`,
      `entry_points:\n  m:\n    parameters: {${Array.from({ length: 5_000 }, (_, at) => `p${at}: path`).join(', ')}}\n    command: ${'{pp1}{}'.repeat(10_000)}\n`,
      `${'a'.repeat(50_000)}: 1\n`,
      `entry_points:\n  m:\n    command: ${'{'.repeat(20_000)}\n`,
      `entry_points:\n  m:\n    command: ${`'"`.repeat(20_000)}{a}\n`,
      'x: 1\n'.repeat(5_000),
      `entry_points:\n  m:\n    parameters: {${'a: 1, '.repeat(5_000)}}\n    command: echo\n`,
      `entry_points: {${'a: {command: x}, '.repeat(3_000)}}\n`,
    ];
    for (const text of hostile) {
      const before = performance.now();
      const found = diagnose(openText(text), noFacts('file:///project/'), defaultSettings);
      ok(found.length <= 1_000);
      ok(performance.now() - before < 5_000, text.slice(0, 60));
    }
  });
});
