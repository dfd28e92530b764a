import { deepEqual, equal, match } from 'node:assert/strict';
import { composeModel } from '../../../extension/modelPreview/composeModel';
import { readModel, type ReadModel } from '../../../extension/modelPreview/readModel';
import { version } from '../catalog/fixtures';
import { filesOf, nobody, previewOf } from './models';

const mlmodel = `
artifact_path: model
flavors:
  python_function:
    env: {conda: conda.yaml, virtualenv: python_env.yaml}
    loader_module: mlflow.sklearn
    model_path: model.pkl
    python_version: 3.11.7
  sklearn:
    code: null
    pickled_model: model.pkl
    serialization_format: cloudpickle
    sklearn_version: 1.9.1
mlflow_version: 3.17.2
metadata: {owner: {team: retention}, threshold: 0.5}
model_id: m-1
model_size_bytes: 815
model_uuid: m-1
resources:
  api_version: '1'
  databricks:
    serving_endpoint: [{name: embeddings}, {name: chat, on_behalf_of_user: true}]
run_id: f5a801af8258450ca0479112144b136b
saved_input_example_info: {artifact_path: input_example.json, type: dataframe, pandas_orient: split}
signature:
  inputs: '[{"type": "array", "items": {"type": "object", "properties": {"a": {"type": "double"}}}, "name": "x", "required": true}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 2]}}]'
  params: '[{"name": "t", "type": "double", "default": NaN, "shape": null}]'
utc_time_created: '2026-11-21 00:28:20.108397'
whatever: 1
`;

const beside = {
  'requirements.txt': 'mlflow==3.17.2\nscikit-learn==1.9.0\nnumpy==2.4.1\n',
  'conda.yaml':
    'dependencies:\n- python=3.11\n- pip<=25\n- pip: [mlflow==3.17.2, scikit-learn==1.9.1]\nname: mlflow-env\n',
  'python_env.yaml': 'python: 3.11.7\nbuild_dependencies: [pip==25]\ndependencies: [-r requirements.txt]\n',
  'input_example.json': '{"columns": ["a", "b"], "data": [[1, "x"], [null, {"y": 2}]]}',
  'model.pkl': '',
};

describe('The preview of a model', () => {
  it('says where the model comes from and what it was made with', async () => {
    const { facts, problems, run, uri } = await previewOf({ MLmodel: mlmodel, ...beside });
    deepEqual(facts, {
      createdAt: Date.UTC(2026, 10, 21, 0, 28, 20, 108),
      size: 815,
      mlflowVersion: '3.17.2',
      pythonVersion: '3.11.7',
      modelId: 'm-1',
      modelUuid: 'm-1',
      artifactPath: 'model',
      registered: [],
    });
    deepEqual([problems, run, uri], [[], undefined, '/models/churn']);
  });

  it('lays the signature out, the properties of objects below them', async () => {
    const { signature } = await previewOf({ MLmodel: mlmodel });
    deepEqual(signature, {
      inputs: [
        {
          name: 'x',
          type: 'array of object',
          isRequired: true,
          properties: [{ name: 'a', type: 'double', isRequired: true }],
        },
      ],
      outputs: [{ type: 'tensor float32 (-1, 2)', isRequired: true }],
      params: [{ name: 't', type: 'double', isRequired: false, fallback: 'NaN' }],
    });
  });

  it('says how each flavor is loaded, and which of them runs code that comes with the model', async () => {
    const { flavors, code } = await previewOf({ MLmodel: mlmodel });
    deepEqual(
      flavors.map((flavor) => [flavor.title, flavor.version, flavor.keys.length]),
      [
        ['Python function', undefined, 5],
        ['scikit-learn', '1.9.1', 3],
      ],
    );
    equal(code, 'import mlflow\n\nmodel = mlflow.pyfunc.load_model("/models/churn")\n');
    equal(flavors[1]?.code, 'import mlflow\n\nmodel = mlflow.sklearn.load_model("/models/churn")\n');
    for (const { warning } of flavors) match(warning ?? '', /runs code .* cloudpickle/);
    const safe = await previewOf({ MLmodel: mlmodel.replace('cloudpickle', 'skops') });
    deepEqual(
      safe.flavors.map(({ warning }) => warning),
      [undefined, undefined],
    );
    const custom = await previewOf({
      MLmodel: 'flavors: {python_function: {loader_module: my.own, code: src}}',
    });
    match(custom.flavors[0]?.warning ?? '', /`loader_module` names my\.own, `code` names src/);
  });

  it('merges what the files say of dependencies, and tells where they do not agree', async () => {
    const { dependencies } = await previewOf({ MLmodel: mlmodel, ...beside });
    deepEqual(
      dependencies.rows.map(({ name, says, disagreement = '' }) => [name, ...says, disagreement]),
      [
        ['Python', '3.11.7', '', '=3.11', '3.11.7', ''],
        ['mlflow', '3.17.2', '==3.17.2', '==3.17.2', '', ''],
        ['numpy', '', '==2.4.1', '', '', 'Not in conda.yaml'],
        ['pip', '', '', '<=25', '==25', ''],
        ['scikit-learn', '1.9.1', '==1.9.0', '==1.9.1', '', 'Versions differ'],
      ],
    );
    deepEqual(dependencies.notes, ['python_env.yaml takes the packages of requirements.txt.']);
  });

  it('names the files that belong to the model, and those that are missing', async () => {
    const { files, dependencies } = await previewOf(
      Object.fromEntries(
        Object.entries({ MLmodel: mlmodel, ...beside }).filter(([name]) => name !== 'conda.yaml'),
      ),
    );
    const states = files.map(({ name, state }) => `${name} ${state}`);
    deepEqual(states, [
      'MLmodel there',
      'conda.yaml missing',
      'python_env.yaml there',
      'requirements.txt there',
      'input_example.json there',
      'model.pkl there',
    ]);
    equal(dependencies.notes[0], 'conda.yaml is not there.');
  });

  it('shows an example as a table, else as laid out JSON, and never changes a number', async () => {
    const exampleOf = async (text: string) =>
      (await previewOf({ MLmodel: mlmodel, 'input_example.json': text })).example?.content;
    deepEqual(await exampleOf(beside['input_example.json']), {
      kind: 'table',
      columns: ['a', 'b'],
      rows: [
        ['1', 'x'],
        ['null', '{"y":2}'],
      ],
      total: 2,
    });
    deepEqual(await exampleOf('{"a":[1]}'), {
      kind: 'text',
      text: '{\n  "a": [\n    1\n  ]\n}',
      isCut: false,
    });
    deepEqual(await exampleOf('[12345678901234567890]'), {
      kind: 'text',
      text: '[12345678901234567890]',
      isCut: false,
    });
    deepEqual(await exampleOf('{"a": NaN'), { kind: 'text', text: '{"a": NaN', isCut: false });
    equal((await previewOf({ MLmodel: mlmodel })).example?.content.kind, 'missing');
  });

  it('lists resources, metadata, and keys that it knows nothing of', async () => {
    const { resources, metadata, otherKeys } = await previewOf({ MLmodel: mlmodel });
    deepEqual(resources, [
      { key: 'Serving endpoint 1', value: 'embeddings' },
      { key: 'Serving endpoint 2', value: 'chat, on behalf of the user' },
    ]);
    deepEqual(metadata, [
      { key: 'owner.team', value: 'retention' },
      { key: 'threshold', value: '0.5' },
    ]);
    deepEqual(otherKeys, [{ key: 'whatever', value: '1' }]);
  });

  it('says where an MLmodel is broken, and shows the rest', async () => {
    const broken = await previewOf({
      MLmodel: 'mlflow_version: 3.17.2\nflavors:\n  sklearn: {}\nx: [1\ny: 2\n',
    });
    equal(broken.problems[0]?.line, 5);
    match(broken.problems[0].text, /The YAML cannot be read/);
    equal(broken.facts.mlflowVersion, '3.17.2');
    const json = await previewOf({ MLmodel: "signature:\n  inputs: '[{]'\n  outputs: 7\n" });
    deepEqual(
      json.problems.map(({ line }) => line),
      [2, 3],
    );
    match(json.problems[0]?.text ?? '', /inputs cannot be read: Expecting property name/);
    match((await previewOf({ MLmodel: '' })).problems[0]?.text ?? '', /says nothing/);
    match((await previewOf({})).problems[0]?.text ?? '', /no MLmodel/);
  });

  it('shows the MLmodel before what lies beside it', async () => {
    const shown: ReadModel[] = [];
    await readModel(filesOf({ MLmodel: mlmodel, ...beside }), (read) => shown.push(read));
    const [first, last] = shown.map((read) => composeModel(read, nobody));
    deepEqual([first?.dependencies.isLoading, last?.dependencies.isLoading], [true, false]);
    equal(first?.example?.content.kind, 'loading');
    const again: ReadModel[] = [];
    await readModel(filesOf({ MLmodel: mlmodel, ...beside }), (read) => again.push(read), shown[1]);
    equal(composeModel(again[0] ?? shown[0]!, nobody).dependencies.isLoading, false);
  });

  it('reads nothing outside of the model’s folder', async () => {
    const asked: string[] = [];
    const files = filesOf({
      MLmodel:
        'saved_input_example_info: {artifact_path: ../../secret}\nflavors: {sklearn: {pickled_model: /etc/passwd}}',
    });
    const spying = {
      read: (name: string) => (asked.push(name), files.read(name)),
      look: (name: string) => (asked.push(name), files.look(name)),
    };
    let last: ReadModel | undefined;
    await readModel(spying, (read) => (last = read));
    deepEqual(
      asked.filter((name) => /secret|passwd/.test(name)),
      [],
    );
    match(JSON.stringify(last && composeModel(last, nobody).example), /outside/);
  });

  it('tells what the registry says of a version, and which version a download is', async () => {
    const registered = version('churn', '3', {
      stage: 'Production',
      aliases: ['champion'],
      tags: new Map([
        ['k', 'v'],
        ['mlflow.x', 'y'],
      ]),
    });
    const own = await previewOf({ MLmodel: mlmodel }, { version: registered });
    deepEqual(
      [own.version?.stage, own.version?.aliases, own.tags],
      ['Production', ['champion'], [{ key: 'k', value: 'v' }]],
    );
    const meta = 'model_name: churn\nmodel_version: "3"\n';
    const { facts } = await previewOf(
      { MLmodel: mlmodel, registered_model_meta: meta },
      { findVersion: () => registered },
    );
    deepEqual(facts.registered, [
      { modelName: 'churn', version: '3', aliases: ['champion'], stage: 'Production' },
    ]);
  });
});
