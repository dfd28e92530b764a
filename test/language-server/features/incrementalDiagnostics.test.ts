import { deepEqual, ok } from 'node:assert/strict';
import { readMlproject } from '../../../language-server/documents/mlproject';
import { LineIndex } from '../../../language-server/documents/textRange';
import { parseYaml } from '../../../language-server/documents/yamlText';
import type { YamlDocument } from '../../../language-server/documents/yamlTree';
import { diagnose } from '../../../language-server/features/diagnose';
import type { MlprojectDocument } from '../../../language-server/features/openDocument';
import { type FileFact, noFacts } from '../../../language-server/features/projectFacts';
import { defaultSettings } from '../../../language-server/settings';
import { corpusCases } from '../../agree/cases';
import { mutateText, randomNumbers } from '../../agree/mutateText';
import { testSeed } from '../../support/testSeed';

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

function documentOf(text: string, yaml: YamlDocument): MlprojectDocument {
  const base = { kind: 'mlproject', uri: 'file:///project/MLproject', text } as const;
  return { ...base, lines: new LineIndex(text), model: readMlproject(yaml) };
}

describe('diagnostics while a document is edited', () => {
  it(`are those of a fresh document (seed ${testSeed})`, function () {
    this.timeout(60_000);
    const random = randomNumbers(testSeed);
    const corpus = corpusCases().cases.filter(
      ({ kind, text }) => kind === 'mlproject' && text.length < 5_000,
    );
    const texts = [own, ...corpus.map(({ text }) => text)];
    for (let round = 0; round < 60; round++) {
      let text = (round % 2 === 0 ? undefined : texts[random(texts.length)]) ?? own;
      let yaml = parseYaml(text);
      for (let edit = 0; edit < 20; edit++) {
        text = mutateText(text, random);
        yaml = parseYaml(text, yaml);
        const kind: FileFact['kind'] = random(3) === 0 ? 'missing' : 'file';
        const files = new Map(['gone.py', 'data.csv'].map((path) => [path, { uri: path, kind }] as const));
        const facts = { ...noFacts('file:///project/'), files };
        const allowedKeys = random(3) === 0 ? ['entry_points.*.comand'] : [];
        const settings = { ...defaultSettings, allowedKeys };
        const kept = diagnose(documentOf(text, yaml), facts, settings);
        deepEqual(kept, diagnose(documentOf(text, parseYaml(text)), facts, settings), JSON.stringify(text));
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
      const found = diagnose(documentOf(text, parseYaml(text)), noFacts('file:///project/'), defaultSettings);
      ok(found.length <= 1_000);
      ok(performance.now() - before < 5_000, text.slice(0, 60));
    }
  });
});
