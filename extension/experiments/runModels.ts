import type { LoggedModel, Run } from '../tracking/model';

/** A model that a run made or used. */
export interface RunModel {
  readonly role: 'output' | 'input';
  /** The logged model's id, or for MLflow 2 the path of its folder among the artifacts. */
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly status: string;
  readonly step: string | undefined;
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
  return all.length > 0 ? all : readModelHistory(run);
}

function nameModel(id: string, model: LoggedModel | undefined) {
  return { key: id, name: model?.name ?? id, type: model?.modelType ?? '', status: model?.status ?? '' };
}

const historyTag = 'mlflow.log-model.history';
const mostModels = 1000;

/** `mlflow.log-model.history` is a JSON list of what the MLmodel files said; what cannot be understood is left out. */
function readModelHistory(run: Run): readonly RunModel[] {
  const entries = parseJson(run.tags.get(historyTag));
  if (!Array.isArray(entries)) return [];
  const paths = new Map<string, RunModel>();
  for (const entry of entries.slice(0, mostModels) as unknown[]) {
    const path = fieldOf(entry, 'artifact_path');
    if (typeof path !== 'string' || path === '') continue;
    const type = nameFlavors(fieldOf(entry, 'flavors'));
    paths.set(path, { role: 'output', key: path, name: path, type, status: '', step: undefined });
  }
  return [...paths.values()];
}

/** The flavor that says most: every model is a python_function too. */
function nameFlavors(flavors: unknown): string {
  if (typeof flavors !== 'object' || flavors === null) return '';
  const names = Object.keys(flavors);
  const special = names.filter((name) => name !== 'python_function');
  return (special.length > 0 ? special : names).join(', ');
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
