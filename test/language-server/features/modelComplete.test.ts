import { deepEqual, equal, ok } from 'node:assert/strict';
import type { CompletionItem } from 'vscode-languageserver-types';
import { complete, withoutSnippets } from '../../../language-server/features/complete';
import { noFacts } from '../../../language-server/features/projectFacts';
import { defaultSettings } from '../../../language-server/settings';
import { mutateText, randomNumbers } from '../../agree/mutateText';
import { testSeed } from '../../support/testSeed';
import { openModel, savedModel } from './modelText';
import { filesOf, type Folder, folderUri, readCaret } from './projectFolder';

async function itemsAt(marked: string, folder: Folder = {}): Promise<CompletionItem[]> {
  const { text, offset } = readCaret(marked);
  const files = filesOf(folder);
  const items = await complete(openModel(text), offset, noFacts(folderUri), files, defaultSettings);
  return items.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
}

async function labelsAt(marked: string, folder: Folder = {}): Promise<readonly string[]> {
  return (await itemsAt(marked, folder)).map(({ label }) => label);
}

/** The document once an item is taken, from the caret's line on; what tab stops hold is put in. */
async function taken(label: string, marked: string, folder: Folder = {}): Promise<string | undefined> {
  const item = withoutSnippets(await itemsAt(marked, folder)).find((one) => one.label === label);
  const edit = item?.textEdit;
  if (!edit || !('range' in edit)) return undefined;
  equal(edit.range.start.line, edit.range.end.line);
  const { text } = readCaret(marked);
  const { lines } = openModel(text);
  const [start, end] = [lines.offsetAt(edit.range.start), lines.offsetAt(edit.range.end)];
  return text.slice(lines.lineStart(edit.range.start.line), start) + edit.newText + text.slice(end);
}

const columns = "signature:\n  inputs: '‸'\n";
const inputs = (json: string) => columns.replace('‸', json);

describe('completion of an MLmodel', () => {
  it('keys by place, without those that are there and those that MLflow writes no more', async () => {
    const top = await labelsAt('run_id: x\n‸');
    deepEqual(top.slice(0, 3), ['flavors', 'artifact_path', 'model_id']);
    ok(!top.includes('time_created'));
    deepEqual(await labelsAt('signature:\n  ‸'), ['inputs', 'outputs', 'params']);
    deepEqual(await labelsAt('saved_input_example_info:\n  artifact_path: x\n  ‸'), [
      'type',
      'pandas_orient',
      'serving_input_path',
      'params',
    ]);
    deepEqual(await labelsAt('flavors:\n  sklearn:\n    code: null\n    ‸'), [
      'pickled_model',
      'serialization_format',
      'skops_trusted_types',
      'sklearn_version',
      'extra_files',
    ]);
    deepEqual(await labelsAt('flavors:\n  python_function:\n    env: {‸}'), ['conda', 'virtualenv']);
    ok((await labelsAt('resources:\n  databricks:\n    ‸')).includes('serving_endpoint'));
    deepEqual(await labelsAt('metadata:\n  mine: 1\n  ‸'), ['task', 'mlflow.model.isExternal']);
    deepEqual(await labelsAt('flavors:\n  mine:\n    ‸'), []);
  });

  it('flavors, with what they cannot be loaded without', async () => {
    const all = await labelsAt('flavors:\n  ‸');
    equal(all[0], 'python_function');
    ok(all.indexOf('mleap') > all.indexOf('dspy'));
    equal(
      await taken('sklearn', 'flavors:\n  ‸'),
      '  sklearn:\n  pickled_model: \n  serialization_format: skops\n  sklearn_version: ""',
    );
    equal(await taken('crate', 'flavors:\n  ‸'), '  crate:\n  model: ');
    ok(!(await labelsAt('flavors:\n  sklearn: {}\n  ‸')).includes('sklearn'));
  });

  it('values that are known: formats, modules, versions of the environment', async () => {
    const format = 'flavors:\n  sklearn:\n    serialization_format: ‸\n';
    deepEqual(await labelsAt(format), ['skops', 'cloudpickle', 'pickle']);
    const pins = { 'requirements.txt': 'scikit-learn==1.5\nmlflow==3.17.2\n' };
    deepEqual(
      await taken('"1.5"', 'flavors:\n  sklearn:\n    sklearn_version: ‸\n', pins),
      '    sklearn_version: "1.5"\n',
    );
    deepEqual(await labelsAt('mlflow_version: ‸', pins), ['3.17.2']);
    const module = 'flavors:\n  xgboost: {}\n  python_function:\n    loader_module: ‸';
    equal((await labelsAt(module))[0], 'mlflow.xgboost');
    equal((await labelsAt('flavors:\n  python_function:\n    python_version: ‸'))[0], '"3.11"');
    deepEqual(await labelsAt('is_signature_from_type_hint: ‸'), ['true', 'false']);
    deepEqual(await labelsAt('resources:\n  api_version: ‸'), ["'1'"]);
    deepEqual(await labelsAt('run_id: ‸'), []);
  });

  it("files, from the model's folder", async () => {
    const folder = { MLmodel: '', 'conda.yaml': '', 'code/mine.py': '', 'model.skops': '' };
    const data = 'flavors:\n  sklearn:\n    pickled_model: ‸\n';
    deepEqual(await labelsAt(data, folder), ['MLmodel', 'conda.yaml', 'model.skops', 'code/']);
    deepEqual(await labelsAt(data.replace('pickled_model', 'code'), folder), ['code/']);
    const env = 'flavors:\n  python_function:\n    env:\n      conda: con‸\n';
    equal(await taken('conda.yaml', env, folder), '      conda: conda.yaml\n');
    deepEqual(await labelsAt('flavors:\n  sklearn:\n    pickled_model: ../‸\n', folder), []);
  });
});

describe('completion in the JSON of a signature', () => {
  it('a first column, tensor or parameter', async () => {
    deepEqual(await labelsAt(columns), ['column', 'tensor']);
    equal(await taken('column', columns), `  inputs: '[{"name": "name", "type": "double"}]'\n`);
    equal(
      await taken('tensor', inputs('[‸]')),
      `  inputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1]}}]'\n`,
    );
    deepEqual(await labelsAt("signature:\n  params: '[‸]'\n"), ['parameter']);
    equal(
      await taken('inputs', 'signature:\n  inputs: ‸\n'),
      `  inputs: '[{"name": "name", "type": "double"}]'\n`,
    );
  });

  it('types: the word is replaced, its quotes too', async () => {
    const types = await labelsAt(inputs('[{"name": "a", "type": "‸"}]'));
    deepEqual(types.slice(0, 4), ['double', 'long', 'string', 'boolean']);
    ok(types.includes('tensor') && types.includes('map'));
    equal(await taken('long', inputs('[{"type": "in‸t"}]')), `  inputs: '[{"type": "long"}]'\n`);
    equal(await taken('long', inputs('[{"type": ‸}]')), `  inputs: '[{"type": "long"}]'\n`);
    const params = await labelsAt(`signature:\n  params: '[{"name": "a", "type": "‸"}]'\n`);
    ok(!params.includes('binary') && !params.includes('array') && params.includes('object'));
    const nested = await labelsAt(inputs('[{"type": "array", "items": {"type": "‸"}}]'));
    ok(nested.includes('sparkml_vector') && !nested.includes('tensor'));
    const property = await labelsAt(inputs('[{"type": "object", "properties": {"a": {"type": "‸"}}}]'));
    ok(property.includes('object') && !property.includes('sparkml_vector'));
  });

  it("numpy's words for tensors", async () => {
    const spec = '[{"type": "tensor", "tensor-spec": {"dtype": "flo‸at", "shape": [-1]}}]';
    const labels = await labelsAt(inputs(spec));
    ok(labels.includes('float32') && labels.includes('datetime64[ns]') && !labels.includes('double'));
    equal(
      await taken('float64', inputs(spec)),
      inputs(spec.replace('flo‸at', 'float64')).split('\n').slice(1).join('\n'),
    );
    const bracket = inputs(spec.replace('flo‸at', 'datetime64[‸ns]'));
    equal(
      await taken('int64', bracket),
      inputs(spec.replace('flo‸at', 'int64')).split('\n').slice(1).join('\n'),
    );
  });

  it('keys, by type', async () => {
    deepEqual(await labelsAt(inputs('[{‸}]')), [
      'type',
      'name',
      'required',
      'items',
      'properties',
      'values',
      'tensor-spec',
    ]);
    deepEqual(await labelsAt(inputs('[{"type": "double", ‸}]')), ['name', 'required']);
    deepEqual(await labelsAt(inputs('[{"type": "tensor", "name": "a", "‸"}]')), ['tensor-spec']);
    deepEqual(await labelsAt(inputs('[{"type": "array", "items": {"type": "map", ‸}}]')), ['values']);
    deepEqual(await labelsAt(inputs('[{"type": "tensor", "tensor-spec": {‸}}]')), ['dtype', 'shape']);
    deepEqual(await labelsAt(inputs('[{"type": "object", "properties": {"‸": {}}}]')), []);
    equal(
      await taken('items', inputs('[{"type": "array", "‸"}]')),
      `  inputs: '[{"type": "array", "items": {"type": "double"}}]'\n`,
    );
    equal(await taken('type', inputs('[{"na‸": "double"}]')), `  inputs: '[{"type": "double"}]'\n`);
  });

  it('on each line of a text that goes on, in block scalars, and while the quote is still open', async () => {
    const folded = savedModel.replace('"note": {"type":\n    "array"', '"note": {"type":\n    "‸"');
    ok((await labelsAt(folded)).includes('map'));
    ok((await labelsAt('signature:\n  inputs: >-\n    [{"type":\n      "‸"}]\n')).includes('double'));
    ok((await labelsAt(`signature:\n  inputs: '[{"name": "it''s", "type": "‸`)).includes('double'));
  });

  it('nothing behind the text', async () => {
    deepEqual(await labelsAt(`signature:\n  inputs: '[]'‸\n`), []);
    deepEqual(await labelsAt('signature:\n  inputs: "[]"‸\n'), []);
  });

  it('with escaped quotes in double-quoted YAML', async () => {
    const quoted = (json: string) => `signature:\n  inputs: "${json}"\n`;
    const row = (json: string) => `  inputs: "${json}"\n`;
    equal(
      await taken('double', quoted(String.raw`[{\"type\": \"do‸\"}]`)),
      row(String.raw`[{\"type\": \"double\"}]`),
    );
    equal(
      await taken('name', quoted(String.raw`[{\"type\": \"double\", ‸}]`)),
      row(String.raw`[{\"type\": \"double\", \"name\": \"\"}]`),
    );
    equal(await taken('column', quoted('‸')), row(String.raw`[{\"name\": \"name\", \"type\": \"double\"}]`));
    const [type] = await itemsAt(quoted(String.raw`[{\"type\": \"do‸\"}]`));
    equal(type?.filterText, String.raw`\"double\"`);
  });
});

describe('completion of broken MLmodels', () => {
  it('never throws, and replaces text on the line of the caret only', async () => {
    const random = randomNumbers(testSeed);
    for (let round = 0; round < 300; round++) {
      const text = mutateText(savedModel, random);
      const offset = random(text.length + 1);
      const document = openModel(text);
      const items = await complete(document, offset, noFacts(folderUri), filesOf({}), defaultSettings);
      for (const { textEdit } of items) {
        ok(textEdit && 'range' in textEdit);
        equal(textEdit.range.start.line, textEdit.range.end.line);
      }
    }
  });
});
