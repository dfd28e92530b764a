import type { LoggedModel, Run } from '../../../extension/tracking/model';

/** Runs and models for the tests of the summary, each with what a test cares about. */

export function aRun(changes: Partial<Run> = {}): Run {
  return {
    id: 'r1',
    name: 'first',
    experimentId: '1',
    status: 'FINISHED',
    lifecycle: 'active',
    startedAt: 1_700_000_000_000,
    endedAt: 1_700_000_030_000,
    userId: 'ann',
    artifactUri: 'mlflow-artifacts:/1/r1/artifacts',
    params: new Map(),
    metrics: new Map(),
    tags: new Map(),
    datasets: [],
    modelInputs: [],
    modelOutputs: [],
    ...changes,
  };
}

export function aModel(changes: Partial<LoggedModel> = {}): LoggedModel {
  return {
    id: 'm-1',
    experimentId: '1',
    name: 'classifier',
    status: 'READY',
    modelType: 'sklearn',
    sourceRunId: 'r1',
    artifactUri: '',
    createdAt: 1_700_000_020_000,
    tags: new Map(),
    params: new Map(),
    ...changes,
  };
}
