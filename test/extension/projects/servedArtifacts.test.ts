import { equal, match } from 'node:assert/strict';
import { explainServed, findServedExperiment } from '../../../extension/projects/servedArtifacts';
import type { Experiment } from '../../../extension/tracking/model';

const experiment = (id: string, name: string, artifactLocation: string): Experiment => ({
  ...{ id, name, artifactLocation, lifecycle: 'active', tags: new Map() },
  ...{ createdAt: undefined, updatedAt: undefined },
});
const served = experiment('0', 'Default', 'mlflow-artifacts:/0');
const other = experiment('1', 'other', 'mlflow-artifacts://host:5000/1');
const plain = experiment('2', 'plain', './mlruns/2');
const all = [served, other, plain];

const find = (launch: Parameters<typeof findServedExperiment>[0], env: NodeJS.ProcessEnv = {}) =>
  findServedExperiment(launch, env, all)?.name;

describe('An experiment whose artifacts only a server takes', () => {
  it('is the one that the launch names', () => {
    equal(find({ experiment: { kind: 'name', name: 'other' } }, { MLFLOW_EXPERIMENT_ID: '2' }), 'other');
    equal(find({ experiment: { kind: 'id', id: '1' } }), 'other');
    equal(find({ experiment: { kind: 'name', name: 'plain' } }), undefined);
    equal(find({ experiment: { kind: 'name', name: 'not made yet' } }), undefined);
  });

  it('is else the one that MLflow takes: by its variables, the name first, or “Default”', () => {
    equal(find({}, { MLFLOW_EXPERIMENT_NAME: 'other' }), 'other');
    equal(find({}, { MLFLOW_EXPERIMENT_ID: '2' }), undefined);
    equal(find({}, { MLFLOW_EXPERIMENT_NAME: '', MLFLOW_EXPERIMENT_ID: '' }), 'Default');
    equal(find({}), 'Default');
  });

  it('is told with the way on, and with what comes of it', () => {
    const problem = explainServed(served, false);
    match(
      problem.message,
      /experiment “Default” \(mlflow-artifacts:\/0\).*fail when it logs a file or a model/,
    );
    equal(problem.next?.command, 'mlflow.server.start');
    match(explainServed(served, true).message, /cannot start its container/);
  });
});
