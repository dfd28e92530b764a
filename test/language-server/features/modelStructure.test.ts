import { deepEqual, equal, ok } from 'node:assert/strict';
import type { SelectionRange } from 'vscode-languageserver-types';
import { parseYaml } from '../../../language-server/documents/yamlText';
import { saysTheSame } from '../../../language-server/documents/sameYaml';
import { listCodeLenses } from '../../../language-server/features/codeLenses';
import { findDefinition } from '../../../language-server/features/definition';
import { listDocumentLinks } from '../../../language-server/features/documentLinks';
import { listDocumentSymbols } from '../../../language-server/features/documentSymbols';
import { listFoldingRanges } from '../../../language-server/features/foldingRanges';
import { formatDocument } from '../../../language-server/features/format';
import type { ProjectFacts } from '../../../language-server/features/projectFacts';
import { growSelection } from '../../../language-server/features/selectionRanges';
import { findStoredDefinition } from '../../../language-server/features/storedIds';
import { mutateText, randomNumbers } from '../../agree/mutateText';
import { testSeed } from '../../support/testSeed';
import { factsWith, mark } from './caret';
import { openModel, savedModel } from './modelText';
import { applyTextEdits } from './openText';
import { checkNesting, outline } from './outlines';
import { readCaret } from './projectFolder';

const facts = factsWith('model.skops', 'conda.yaml');
const broken = () => {
  const random = randomNumbers(testSeed);
  return Array.from({ length: 200 }, () => mutateText(savedModel, random));
};

describe('The outline of an MLmodel', () => {
  it('has its flavors, and its signature down to the properties of objects', () => {
    const lines = outline(listDocumentSymbols(openModel(savedModel)));
    deepEqual(
      lines.slice(1, 5).map((line) => line.trim()),
      ['flavors', 'python_function', 'env', 'conda conda.yaml'],
    );
    deepEqual(lines.slice(lines.indexOf('signature'), lines.indexOf('type_hint_from_example False')), [
      'signature',
      '  inputs 2',
      '    fixed acidity double',
      '    meta object {id: long, note?: array of string}, optional',
      '      id long',
      '      note array of string, optional',
      '  outputs 1',
      '    [0] tensor float32 (-1, 2)',
      '  params 1',
      '    temperature double = 0.5',
    ]);
  });

  it('holds selections within ranges and children within parents, of whatever is written', () => {
    for (const text of [savedModel, '', '- a', 'signature: {inputs: []}', ...broken()])
      for (const symbol of listDocumentSymbols(openModel(text))) checkNesting(symbol);
  });
});

describe('Folding, selection and formatting of an MLmodel', () => {
  it('folds keys, and JSON that goes on', () => {
    const { text, lines } = openModel(savedModel);
    const firsts = listFoldingRanges(openModel(savedModel)).map(({ startLine }) =>
      text.slice(lines.lineStart(startLine), lines.lineEnd(startLine)).trim().slice(0, 12),
    );
    deepEqual(firsts, [
      'flavors:',
      'python_funct',
      'env:',
      'sklearn:',
      'saved_input_',
      'signature:',
      'inputs: \'[{"',
      "outputs: '[{",
    ]);
  });

  it('selects a word in the JSON, its member, its object, and so on', () => {
    const { text, offset } = readCaret(savedModel.replace('"long"', '"lo‸ng"'));
    const document = openModel(text);
    const grown: string[] = [];
    for (let at: SelectionRange | undefined = growSelection(document, offset); at; at = at.parent)
      grown.push(
        text
          .slice(document.lines.offsetAt(at.range.start), document.lines.offsetAt(at.range.end))
          .slice(0, 30),
      );
    deepEqual(
      grown.slice(0, 8),
      [
        'long',
        '"long"',
        '"type": "long"',
        '{"type": "long", "required": t',
        '"id": {"type": "long", "require',
        '{"id": {"type": "long", "requi',
        '"properties": {"id": {"type": ',
        '{"type":\n    "object", "propert',
      ].map((line) => line.slice(0, 30)),
    );
    for (const one of broken()) growSelection(openModel(one), Math.min(offset, one.length));
  });

  it('formatting leaves what MLflow wrote as it is, and only moves the rest', () => {
    const lists = 'flavors:\n  onnx:\n    providers:\n    - CUDAExecutionProvider\n    - a: 1\n      b: 2\n';
    for (const written of [savedModel, lists])
      deepEqual(formatDocument(openModel(written), { tabSize: 2 }), []);
    const untidy = savedModel
      .replaceAll('\n  ', '\n    ')
      .replace('run_id: ', 'run_id:    ')
      .replace('prompts: null\n', 'prompts: null   # none\n\n\n\n');
    const document = openModel(untidy);
    const tidy = applyTextEdits(document, formatDocument(document, { tabSize: 2 }));
    equal(tidy, savedModel.replace('prompts: null\n', 'prompts: null   # none\n\n'));
    ok(saysTheSame(parseYaml(untidy), parseYaml(tidy)));
  });
});

describe('Links of an MLmodel', () => {
  const links = (text: string, around: ProjectFacts, commands: readonly string[] = []) =>
    listDocumentLinks(openModel(text), around, commands);

  it('are on files that are there, and lead to their definition', () => {
    const document = openModel(savedModel);
    const found = links(savedModel, facts);
    equal(
      mark(
        document,
        found.map(({ range }) => range),
      ),
      savedModel.replaceAll('model.skops', '«model.skops»').replace('conda.yaml', '«conda.yaml»'),
    );
    const { text, offset } = readCaret(savedModel.replace('conda.yaml', 'con‸da.yaml'));
    deepEqual(
      findDefinition(openModel(text), offset, facts).map(({ uri }) => uri),
      ['file:///project/conda.yaml'],
    );
    deepEqual(findDefinition(document, savedModel.indexOf('python_env.yaml'), facts), []);
  });

  it('are on the run and the logged model, if the client can open them, and if they can be ones', () => {
    const none = factsWith();
    const [link] = links(savedModel, none, ['mlflow.run.open']);
    equal(
      decodeURIComponent(link?.target ?? ''),
      'command:mlflow.run.open?[{"runId":"0123456789abcdef0123456789abcdef"}]',
    );
    deepEqual(links(savedModel, none), []);
    const modelId = `m-${'0'.repeat(32)}`;
    const [logged, ...more] = links(`model_id: ${modelId}\n`, none, ['mlflow.loggedModel.open']);
    equal(
      decodeURIComponent(logged?.target ?? ''),
      `command:mlflow.loggedModel.open?[{"modelId":"${modelId}"}]`,
    );
    deepEqual(more, []);
    deepEqual(links('model_id: null\n', none, ['mlflow.loggedModel.open']), []);
    for (const id of ['../../x', 'a'.repeat(33), '"%22', 'null'])
      deepEqual(links(`run_id: ${id}\n`, none, ['mlflow.run.open']), []);
  });

  it('have a text of the run or logged model for a definition, where the client knows one', async () => {
    const targets: unknown[] = [];
    const findStored = (target: unknown) => {
      targets.push(target);
      return Promise.resolve(targets.length === 1 ? 'stored:run.txt' : undefined);
    };
    const find = (marked: string) => {
      const { text, offset } = readCaret(marked);
      return findStoredDefinition(openModel(text), offset, findStored);
    };
    const [runId, modelId] = ['0'.repeat(32), `m-${'1'.repeat(32)}`];
    deepEqual(
      (await find(`run_id: '00‸${runId.slice(2)}'\n`)).map(({ uri }) => uri),
      ['stored:run.txt'],
    );
    deepEqual(await find(`model_id: ‸${modelId}\n`), []);
    for (const elsewhere of [`run‸_id: ${runId}\n`, 'run_id: la‸test\n', `model_uuid: ‸${modelId}\n`])
      deepEqual(await find(elsewhere), []);
    deepEqual(targets, [{ runId }, { modelId }]);
  });
});

describe('Lenses of an MLmodel', () => {
  const all = ['serve', 'predict', 'register', 'copyLoadingCode', 'preview'].map(
    (one) => `mlflow.modelFile.${one}`,
  );

  it('are on its first line, for what the client has', () => {
    const lenses = listCodeLenses(openModel(savedModel), all);
    deepEqual(
      lenses.map(({ command }) => command?.title),
      ['Serve', 'Predict', 'Register', 'Copy Loading Code', 'Preview'],
    );
    deepEqual(lenses[0]?.command?.arguments, [{ uri: 'file:///project/MLmodel' }]);
    ok(lenses.every(({ range }) => range.start.line === 0));
    equal(
      listCodeLenses(openModel(savedModel), ['mlflow.modelFile.preview', 'mlflow.project.run']).length,
      1,
    );
  });

  it('serve and ask only what is a Python function, and are absent where there is no model', () => {
    deepEqual(
      listCodeLenses(openModel('flavors:\n  crate: {}\n'), all).map(({ command }) => command?.title),
      ['Register', 'Copy Loading Code', 'Preview'],
    );
    deepEqual(listCodeLenses(openModel('run_id: x\n'), all), []);
  });

  it('open the registered version that it was downloaded as, whatever strangers called it', () => {
    const open = ['mlflow.modelVersion.open'];
    const titleOf = (modelName: string) => {
      const registered = { modelName, version: '3' };
      const [lens] = listCodeLenses(openModel(savedModel), open, { registered });
      deepEqual(lens?.command?.arguments, [registered]);
      return lens.command.title;
    };
    equal(titleOf('churn'), 'Open churn 3');
    equal(titleOf('$(trash)\nchurn'), 'Open $ (trash) churn 3');
    equal(titleOf('c'.repeat(200)), `Open ${'c'.repeat(59)}… 3`);
    deepEqual(listCodeLenses(openModel(savedModel), open), []);
    deepEqual(
      listCodeLenses(openModel(savedModel), [], { registered: { modelName: 'a', version: '1' } }),
      [],
    );
  });
});
