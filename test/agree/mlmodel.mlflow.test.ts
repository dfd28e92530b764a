import { deepEqual, ok } from 'node:assert/strict';
import { compareVerdicts } from './agreement';
import { savedModels } from './askMlflow';
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

describe('Our diagnostics of MLmodels', function () {
  this.timeout(300_000);

  it('have an error exactly where MLflow rejects: real files, probes, and 300 edits of them', async () => {
    const cases = [own, ...corpusCases(undefined, 'mlmodel').cases, ...probeCases('mlmodel').cases];
    const mutations = mutatedCases(cases, 300, randomNumbers(7), modelWords);
    const [real, mutated] = await compareVerdicts([cases, mutations]);
    ok(real && mutated);
    for (const { missed, wronged } of [real, mutated]) {
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
