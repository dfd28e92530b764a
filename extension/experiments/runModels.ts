import type { LoggedModel, Run } from '../tracking/model';
import { readModelHistory } from '../tracking/modelHistory';

/** A model that a run made or used. */
export interface RunModel {
  readonly role: 'output' | 'input';
  /** The logged model's id, or for MLflow 2 the path of its folder among the artifacts. */
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly status: string;
  readonly step: string | undefined;
  /** MLflow 3 keeps it as a thing of its own. */
  readonly isLogged: boolean;
}

/** How many models a run has, without asking anybody. */
export function countModels(run: Run): number {
  const count = run.modelOutputs.length + run.modelInputs.length;
  return count > 0 ? count : readModelHistory(run).length;
}

/**
 * The models of a run: those that MLflow 3 keeps, by step, then those that it used; where there are none, what MLflow 2
 * noted in a tag. `logged` names them.
 */
export function listModels(run: Run, logged: readonly LoggedModel[]): readonly RunModel[] {
  const byId = new Map(logged.map((model) => [model.id, model]));
  const steps = new Map(run.modelOutputs.map((output) => [output.modelId, output.step]));
  const ids = new Set([...steps.keys(), ...byId.keys()]);
  const outputs = [...ids].map((id): RunModel => ({
    ...nameModel(id, byId.get(id)),
    role: 'output',
    step: steps.get(id)?.toString(),
  }));
  const inputs = [...new Set(run.modelInputs)].map((id): RunModel => ({
    ...nameModel(id, byId.get(id)),
    role: 'input',
    step: undefined,
  }));
  const all = [...outputs, ...inputs];
  return all.length > 0 ? all : listArtifactModels(run);
}

function nameModel(id: string, model: LoggedModel | undefined) {
  const { name = id, modelType: type = '', status = '' } = model ?? {};
  return { key: id, name, type, status, isLogged: true };
}

function listArtifactModels(run: Run): readonly RunModel[] {
  return readModelHistory(run).map(({ path, flavors }) => {
    return {
      role: 'output',
      key: path,
      name: path,
      type: flavors,
      status: '',
      step: undefined,
      isLogged: false,
    };
  });
}
