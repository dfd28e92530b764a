import { deepEqual, ok } from 'node:assert/strict';
import { compareVerdicts } from './agreement';
import { type AgreeCase, savedModels } from './askMlflow';
import { corpusCases, mutatedCases, probeCases } from './cases';
import { modelWords, randomNumbers } from './mutateText';

/** What runs where the corpus does not lie beside the project. */
const own = {
  kind: 'mlmodel',
  name: 'own',
  text: `flavors:
  python_function: {env: conda.yaml, loader_module: mlflow.sklearn, model_path: model.pkl, python_version: 3.11.7}
  sklearn: {pickled_model: model.pkl, serialization_format: cloudpickle, sklearn_version: 1.9.1}
signature:
  inputs: '[{"type": "double", "name": "a"}, {"type": "array", "items": {"type": "string"}, "name": "b", "required": false}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1]}}]'
  params: '[{"name": "k", "type": "long", "default": 3, "shape": null}]'
`,
  paths: [],
  create: [],
} as const;

const scalarTypes = ['boolean', 'integer', 'long', 'float', 'double', 'string', 'datetime', 'binary'];
const values = '0 1 2 1.5 true "a" "" "2024-01-01" null NaN [] {}'.split(' ');
const dateLists =
  '[] [null] ["2024-01-01"] ["2024-01-01",null] ["2024-01-01",1] [1,null] [true,null] [[]] [{}] [NaN]';

/** Each value as what an object is by default, for each type of its property; and lists of dates. */
function objectDefaults(): readonly AgreeCase[] {
  const scalars = scalarTypes.flatMap((type) =>
    values.flatMap((value) =>
      ['true', 'false'].map((required) => objectDefault(`"type": "${type}"`, required, value)),
    ),
  );
  const dates = '"type": "array", "items": {"type": "datetime"}';
  return [...scalars, ...dateLists.split(' ').map((value) => objectDefault(dates, 'true', value))];
}

function objectDefault(type: string, required: string, value: string): AgreeCase {
  const properties = `{"x": {${type}, "required": ${required}}}`;
  const params = `[{"name": "p", "type": "object", "properties": ${properties}, "default": {"x": ${value}}, "shape": null}]`;
  const text = `flavors: {crate: {version: 1.0.0, model: m}}\nsignature:\n  params: '${params}'\n`;
  return { kind: 'mlmodel', name: `${type} ${required} ${value}`, text, paths: [], create: [] };
}

describe('Our diagnostics of MLmodels', function () {
  this.timeout(300_000);

  it('have an error exactly where MLflow rejects: real files, probes, 300 edits of them, and values in objects', async () => {
    const cases = [own, ...corpusCases(undefined, 'mlmodel').cases, ...probeCases('mlmodel').cases];
    const mutations = mutatedCases(cases, 300, randomNumbers(7), modelWords);
    const [real, mutated, defaults] = await compareVerdicts([cases, mutations, objectDefaults()]);
    ok(real && mutated && defaults);
    for (const { missed, wronged } of [real, mutated, defaults]) {
      deepEqual(missed, [], 'MLflow rejects, and we have no error');
      deepEqual(wronged, [], 'we have an error, and MLflow accepts');
    }
    ok(mutated.bothReject > 50 && mutated.bothAccept > 50);
  });

  it('find nothing in models that MLflow saved, but where loading runs code, and no error in edited ones that it still loads', async () => {
    const saved = await savedModels();
    const mutations = mutatedCases(saved, 100, randomNumbers(7), modelWords);
    const [clean, edited] = await compareVerdicts([saved, mutations]);
    ok(clean && edited);
    deepEqual([...clean.missed, ...clean.wronged], []);
    deepEqual([...clean.found.keys()], ['hint mlmodel.runs-code']);
    deepEqual(edited.wronged, []);
    ok(edited.bothReject > 10);
  });
});
