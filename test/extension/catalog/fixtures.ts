import type {
  Experiment,
  LoggedModel,
  ModelVersion,
  RegisteredModel,
  Run,
} from '../../../extension/tracking/model';

/** Made-up things as short as a test can say them; whatever it does not name is plain. */

export function experiment(id: string, given: Partial<Experiment> = {}): Experiment {
  return {
    id,
    name: `experiment ${id}`,
    lifecycle: 'active',
    artifactLocation: `mlflow-artifacts:/${id}`,
    createdAt: 0,
    updatedAt: 0,
    tags: new Map(),
    ...given,
  };
}

export interface GivenRun extends Partial<Omit<Run, 'tags'>> {
  readonly parent?: string | undefined;
  readonly tags?: Readonly<Record<string, string>>;
}

export function run(id: string, { parent, tags = {}, ...given }: GivenRun = {}): Run {
  return {
    id,
    name: `run ${id}`,
    experimentId: '1',
    status: 'FINISHED',
    lifecycle: 'active',
    startedAt: 0,
    endedAt: 1000,
    userId: '',
    artifactUri: `mlflow-artifacts:/1/${id}/artifacts`,
    params: new Map(),
    metrics: new Map(),
    datasets: [],
    modelInputs: [],
    modelOutputs: [],
    ...given,
    tags: new Map(Object.entries(parent === undefined ? tags : { ...tags, 'mlflow.parentRunId': parent })),
  };
}

export function model(name: string, given: Partial<RegisteredModel> = {}): RegisteredModel {
  return {
    name,
    description: '',
    createdAt: 0,
    updatedAt: 0,
    tags: new Map(),
    aliases: [],
    latestVersions: [],
    ...given,
  };
}

export function version(name: string, number: string, given: Partial<ModelVersion> = {}): ModelVersion {
  return {
    name,
    version: number,
    description: '',
    createdAt: 0,
    updatedAt: 0,
    stage: 'None',
    source: '',
    runId: undefined,
    modelId: undefined,
    status: 'READY',
    statusMessage: '',
    tags: new Map(),
    aliases: [],
    ...given,
  };
}

export function loggedModel(id: string, given: Partial<LoggedModel> = {}): LoggedModel {
  return {
    id,
    experimentId: '1',
    name: `model ${id}`,
    status: 'READY',
    modelType: '',
    sourceRunId: undefined,
    artifactUri: '',
    createdAt: 0,
    tags: new Map(),
    params: new Map(),
    ...given,
  };
}
