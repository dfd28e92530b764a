import type { Run } from './model';

/** A model as MLflow 2 keeps it: a folder among the artifacts of the run that logged it. */
export interface ArtifactModel {
  /** Relative to the run's artifact root. */
  readonly path: string;
  /** The flavors that say most, as `sklearn`: every model is a python_function too. */
  readonly flavors: string;
}

const mostModels = 1000;

/**
 * The models that MLflow 2 noted in a run's tag `mlflow.log-model.history`: a JSON list of what their MLmodel files say
 * (reference/REST.md §3). What cannot be understood is left out.
 */
export function readModelHistory(run: Pick<Run, 'tags'>): readonly ArtifactModel[] {
  const entries = parseJson(run.tags.get('mlflow.log-model.history'));
  if (!Array.isArray(entries)) return [];
  const models = new Map<string, ArtifactModel>();
  for (const entry of entries.slice(0, mostModels) as unknown[]) {
    const path = fieldOf(entry, 'artifact_path');
    if (typeof path !== 'string' || path === '') continue;
    models.set(path, { path, flavors: nameFlavors(fieldOf(entry, 'flavors')) });
  }
  return [...models.values()];
}

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
