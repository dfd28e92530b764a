import type { ModelRow } from '../../webviews/protocol/runSummary';

/**
 * The models that MLflow 2 noted in a run's tag `mlflow.log-model.history`: a JSON list of MLmodel files. What cannot
 * be understood is left out; the raw tag is shown anyway.
 */
export function parseModelHistory(text: string | undefined): readonly ModelRow[] {
  const entries = text === undefined ? undefined : parseJson(text);
  if (!Array.isArray(entries)) return [];
  return entries.slice(0, 1000).flatMap((entry: unknown) => {
    const path = fieldOf(entry, 'artifact_path');
    if (typeof path !== 'string') return [];
    const flavors = fieldOf(entry, 'flavors');
    return [{ role: 'output' as const, name: path, type: nameFlavors(flavors) }];
  });
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
