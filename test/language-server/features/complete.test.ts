import { deepEqual, equal, ok } from 'node:assert/strict';
import { InsertTextFormat } from 'vscode-languageserver-types';
import { complete, withoutSnippets } from '../../../language-server/features/complete';
import { noFacts } from '../../../language-server/features/projectFacts';
import { defaultSettings } from '../../../language-server/settings';
import { mutateText, randomNumbers } from '../../agree/mutateText';
import { testSeed } from '../../support/testSeed';
import { commands, itemsAt, labelsAt, lr, main, script, taken } from './completed';
import { factsOf, filesOf, folderUri, openDocument, readCaret } from './projectFolder';

describe('completion of keys', () => {
  it('by place, without those that are there', async () => {
    deepEqual(await labelsAt('|'), [
      'name',
      'python_env',
      'conda_env',
      'docker_env',
      'databricks_spark_job',
      'entry_points',
    ]);
    deepEqual(await labelsAt('name: x\npython_env: a.yaml\n|'), ['databricks_spark_job', 'entry_points']);
    deepEqual(await labelsAt('docker_env:\n  image: x\n  |'), ['volumes', 'environment']);
    deepEqual(await labelsAt('databricks_spark_job:\n  |'), [
      'python_file',
      'parameters',
      'python_libraries',
    ]);
    deepEqual(await labelsAt(`${main}    |`), ['parameters', 'command']);
    deepEqual(await labelsAt(`${main}    command: x\n    par|`), ['parameters']);
    deepEqual(await labelsAt(`${main}    parameters:\n      lr:\n        |`), ['type', 'default']);
    deepEqual(await labelsAt(`${main}    parameters:\n      lr: {type: float, |}`), ['default']);
    deepEqual(await labelsAt('|', {}, 'pythonEnv'), ['python', 'build_dependencies', 'dependencies']);
    ok((await labelsAt('name: x\n|', {}, 'condaEnv')).includes('channels'));
  });

  it('with tab stops, or the word alone where the colon is there', async () => {
    equal(await taken('command', `${main}    comm|`), '    command: ${1:python train.py}');
    equal(await taken('command', `${main}    com|d: x`), '    command: x');
    equal(await taken('docker_env', 'dock|'), 'docker_env:\n  image: ${1:image}');
    equal(
      await taken('default', `${main}    parameters:\n      lr: {type: float, de|}`),
      '      lr: {type: float, default: $0}',
    );
  });

  it('says what a key is for', async () => {
    const [item] = await itemsAt('|');
    ok(item?.documentation && typeof item.documentation !== 'string');
    ok(
      /\*\*name\*\* — .*\n\nAccepts text\.\n\n\[MLflow's documentation\]\(https:/s.test(
        item.documentation.value,
      ),
    );
  });

  it("knows the keys of the user's dialect", async () => {
    const settings = { ...defaultSettings, allowedKeys: ['uv_env', 'entry_points.*.description'] };
    ok((await labelsAt('|', {}, 'mlproject', settings)).includes('uv_env'));
    deepEqual(await labelsAt(`${main}    |`, {}, 'mlproject', settings), [
      'parameters',
      'command',
      'description',
    ]);
  });

  it('goes on in broken documents', async () => {
    deepEqual(await labelsAt('name: "x\nentry_points:\n  main:\n    command: x: y: {\n    |\n  b:\n'), [
      'parameters',
    ]);
    deepEqual(await labelsAt('[\nentry_points:\n  - {\n  main:\n    |'), ['parameters', 'command']);
  });

  it('gives nothing in comments and behind closed values', async () => {
    deepEqual(await labelsAt('# na|'), []);
    deepEqual(await labelsAt('docker_env: {image: x} |'), []);
  });
});

describe('completion of parameters', () => {
  it('types, and a parameter with a default', async () => {
    const types = ['string', 'float', 'int', 'path', 'uri'];
    deepEqual(await labelsAt(`${main}    parameters:\n      lr: |`), [...types, '{type, default}']);
    deepEqual(await labelsAt(`${main}    parameters:\n      lr: {type: |}`), types);
    equal(
      await taken('float', `${main}    parameters:\n      lr: {type: s|tr, default: 1}`),
      '      lr: {type: float, default: 1}',
    );
  });

  it('that the command uses and nobody declares, and those of its script', async () => {
    const marked = `${main}    parameters:\n      |\n    command: python train.py --lr {lr} {other}\n`;
    deepEqual(await labelsAt(marked, { 'train.py': script }), [
      'other',
      'lr',
      'data',
      'mode',
      'another parameter',
    ]);
    equal(
      (await taken('lr', marked, { 'train.py': script }))?.split('\n')[0],
      '      lr: {type: float, default: 0.1}',
    );
  });

  it('defaults: paths, and what the script knows', async () => {
    const folder = { 'data/a.csv': '', 'train.py': script };
    const path = `${main}    parameters:\n      data: {type: path, default: |}\n    command: python train.py {data}`;
    deepEqual(await labelsAt(path, folder), ['train.py', 'data/']);
    const mode = `${main}    parameters:\n      mode: {default: |}\n    command: python train.py {mode}`;
    deepEqual(await labelsAt(mode, folder), ['a', 'b']);
  });
});

describe('completion of paths', () => {
  const folder = { 'conda.yaml': '', 'envs/gpu.yml': '', 'train.py': '' };

  it('environment files and folders', async () => {
    deepEqual(await labelsAt('conda_env: |', folder), ['conda.yaml', 'envs/']);
    deepEqual(await labelsAt('python_env: "envs/|"', folder), ['envs/gpu.yml']);
    equal(await taken('envs/gpu.yml', 'python_env: envs/|', folder), 'python_env: envs/gpu.yml');
  });

  it('never looks outside of the project', async () => {
    for (const path of [
      '../',
      '../../etc/',
      '/etc/',
      'envs/../../',
      'file:///etc/',
      '..\\',
      '%2e%2e/',
      '~/',
    ]) {
      const asked: string[] = [];
      const { text, offset } = readCaret(`conda_env: ${path}|`);
      await complete(openDocument(text), offset, noFacts(folderUri), filesOf(folder, asked), defaultSettings);
      ok(
        asked.every((uri) => uri.startsWith(folderUri)),
        `${path}: ${asked.join()}`,
      );
    }
  });
});

describe('completion of entry points', () => {
  it('makes them of the scripts that lie there', async () => {
    const marked = 'entry_points:\n  |';
    deepEqual(await labelsAt(marked, { 'train.py': script, 'test_a.py': '' }), ['main (train.py)', 'main']);
    equal(
      await taken('main (train.py)', marked, { 'train.py': script }),
      [
        '  ${1:main}:',
        '  parameters:',
        '    lr: {type: float, default: 0.1\\}',
        '    data: string',
        '    mode: {type: string, default: a\\}',
        '  command: python train.py --lr {lr\\} --data {data\\} --mode {mode\\}',
      ].join('\n'),
    );
  });

  it('makes one of each command of a script', async () => {
    const marked = 'entry_points:\n  |';
    deepEqual(await labelsAt(marked, { 'cli.py': commands }), [
      'fit (cli.py fit)',
      'show_runs (cli.py show runs)',
      'main',
    ]);
    deepEqual(await labelsAt('entry_points:\n  fit: {command: x}\n  |', { 'cli.py': commands }), [
      'cli_fit (cli.py fit)',
      'show_runs (cli.py show runs)',
      'main',
    ]);
    equal(
      await taken('fit (cli.py fit)', marked, { 'cli.py': commands }),
      [
        '  ${1:fit}:',
        '  parameters:',
        '    lr: {type: float, default: 0.1\\}',
        '  command: python cli.py fit --lr {lr\\}',
      ].join('\n'),
    );
  });

  it('names them after their scripts where there are several', async () => {
    const labels = await labelsAt('entry_points:\n  |', { 'a.py': '', 'src/b.py': script });
    deepEqual(labels, ['a (a.py)', 'b (src/b.py)', 'main']);
  });
});

describe('completion of environments', () => {
  const folder = {
    'requirements.txt': 'numpy==1.26.4\npandas\n# x\nscikit_learn[all] == 1.5.0 ; python_version > "3"\n',
    '.venv/pyvenv.cfg': 'home = /usr\nversion = 3.12.4\n',
    '.venv/lib/python3.12/site-packages/torch-2.4.1.dist-info/METADATA': '',
    '.venv/lib/python3.12/site-packages/scikit_learn-1.4.0.dist-info/METADATA': '',
  };

  it('packages with the versions that are there', async () => {
    const expected = ['numpy==1.26.4', 'scikit_learn==1.5.0', 'torch==2.4.1'];
    deepEqual(await labelsAt('dependencies:\n  - |', folder, 'pythonEnv'), expected);
    equal(await taken('torch==2.4.1', 'dependencies:\n  - to|', folder, 'pythonEnv'), '  - torch==2.4.1');
    equal(await taken('torch==2.4.1', 'dependencies:\n  |', folder, 'pythonEnv'), '  - torch==2.4.1');
    deepEqual(await labelsAt('dependencies:\n  - pip:\n      - |', folder, 'condaEnv'), expected);
    ok((await labelsAt('dependencies:\n- |', folder, 'condaEnv')).includes('torch=2.4.1'));
  });

  it('versions of Python, that of the virtual environment first', async () => {
    equal((await labelsAt('python: |', folder, 'pythonEnv'))[0], '"3.12.4"');
    equal(await taken('"3.11"', 'python: "3.|"', folder, 'pythonEnv'), 'python: "3.11"');
    equal((await labelsAt('dependencies:\n- python|', folder, 'condaEnv'))[0], 'python=3.12.4');
    deepEqual(await labelsAt('channels:\n  - |', folder, 'condaEnv'), [
      'conda-forge',
      'defaults',
      'nodefaults',
    ]);
  });
});

describe('completion for clients without snippets', () => {
  it('inserts what the tab stops hold', async () => {
    const plain = withoutSnippets(await itemsAt(`${main}    |`));
    deepEqual(
      plain.map(({ textEdit, insertTextFormat }) => [textEdit?.newText, insertTextFormat]),
      [
        ['parameters:\n  name: {type: string, default: }', InsertTextFormat.PlainText],
        ['command: python train.py', InsertTextFormat.PlainText],
      ],
    );
    const [skeleton] = withoutSnippets(await itemsAt('entry_points:\n  |', { 'train.py': script }));
    ok(
      skeleton?.textEdit?.newText.endsWith(
        '\n  command: python train.py --lr {lr} --data {data} --mode {mode}',
      ),
    );
  });
});

describe('completion anywhere', () => {
  it('says little and looks at one folder at most, in hostile and in long documents', async () => {
    const many = Array.from(
      { length: 2_500 },
      (_, index) => `  e${index}:\n    parameters: {a: float}\n    command: x\n\n`,
    );
    const documents = [
      `${main}    command: x${' '.repeat(200_000)}{|`,
      `${main}    command: "${'{'.repeat(100_000)}|"`,
      `a: ${'{b: ['.repeat(30_000)}|`,
      `${'- '.repeat(30_000)}|`,
      `entry_points:\n${many.join('')}    |`,
    ];
    for (const marked of documents) {
      const { text, offset } = readCaret(marked);
      const document = openDocument(text);
      const asked: string[] = [];
      const items = await complete(document, offset, noFacts(folderUri), filesOf({}, asked), defaultSettings);
      ok(items.length <= 2, `${marked.slice(0, 80)}: ${items.length}`);
      ok(asked.length <= 1, `${marked.slice(0, 80)}: ${asked.join()}`);
    }
  });

  it(`never throws, and edits the line of the caret only (seed ${testSeed})`, async () => {
    const random = randomNumbers(testSeed);
    const folder = { 'train.py': script, 'conda.yaml': '' };
    const base = `${lr}    command: python train.py --lr {lr} --data {data}\ndocker_env: {image: x, environment: [[A, b]]}\n`;
    const facts = await factsOf(openDocument(base), folder);
    for (let round = 0; round < 400; round++) {
      const text = mutateText(mutateText(base, random), random);
      const offset = random(text.length + 1);
      const document = openDocument(text);
      const { line, character } = document.lines.positionAt(offset);
      const items = await complete(document, offset, facts, filesOf(folder), defaultSettings);
      for (const { textEdit } of items) {
        const range = textEdit && 'range' in textEdit ? textEdit.range : undefined;
        const where = JSON.stringify([text, offset]);
        deepEqual([range?.start.line, range?.end.line], [line, line], where);
        ok(range && range.start.character <= character && character <= range.end.character, where);
      }
    }
  });
});
