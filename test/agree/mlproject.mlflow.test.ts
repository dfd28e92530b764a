import { deepEqual, ok } from 'node:assert/strict';
import { compareVerdicts } from './agreement';
import { corpusCases, mutatedCases, probeCases } from './cases';
import { randomNumbers } from './mutateText';

/** What runs where the corpus does not lie beside the project. */
const own = {
  kind: 'mlproject',
  name: 'own',
  text: `name: demo
python_env: python_env.yaml
entry_points:
  main:
    parameters: {data: path, alpha: {type: float, default: 0.5}, address: {type: uri, default: "s3://a"}}
    command: "python train.py {data} {alpha} {address}"
  test:
    command: python test.py
`,
  paths: ['python_env.yaml'],
  create: ['python_env.yaml'],
} as const;

describe('Our diagnostics', function () {
  this.timeout(300_000);

  it('have an error exactly where MLflow rejects or dies: real files, probes, and 300 edits of them', async () => {
    const cases = [own, ...corpusCases().cases, ...probeCases().cases];
    const mutations = mutatedCases(cases, 300, randomNumbers(7));
    const [real, mutated] = await compareVerdicts([cases, mutations]);
    for (const { missed = [], wronged = [] } of [real ?? {}, mutated ?? {}]) {
      deepEqual(missed, [], 'MLflow rejects, and we have no error');
      deepEqual(wronged, [], 'we have an error, and MLflow accepts');
    }
    ok((mutated?.bothReject ?? 0) > 50 && (mutated?.bothAccept ?? 0) > 50);
  });
});
