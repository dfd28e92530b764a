import type { Catalog } from '../catalog/catalog';
import type { LoggedModel, Run } from '../tracking/model';
import { readModelHistory } from '../tracking/modelHistory';
import { plainText } from './text';

/** A model as MLflow's programs are told of it. */
export interface ModelSource {
  /** `models:/name/version`, `models:/m-…`, `runs:/id/path`, or the absolute path of its folder. */
  readonly uri: string;
  /** For people, made safe to show. */
  readonly name: string;
}

/** In characters; what is longer makes messages that nobody reads. */
export const longestName = 80;

/** The models that a run made or used, each once: those that MLflow 3 keeps, else what MLflow 2 noted in a tag. */
export async function listModelsOf(catalog: Catalog, runId: string): Promise<readonly ModelSource[]> {
  const run = await catalog.run(runId);
  return listModels(run, await catalog.loggedModels(run));
}

export function listModels(
  run: Pick<Run, 'id' | 'name' | 'tags' | 'modelOutputs' | 'modelInputs'>,
  logged: readonly Pick<LoggedModel, 'id' | 'name'>[],
): readonly ModelSource[] {
  const names = new Map(logged.map(({ id, name }) => [id, name]));
  const ids = [...names.keys(), ...run.modelOutputs.map(({ modelId }) => modelId), ...run.modelInputs];
  const kept = [...new Set(ids)].map((id) => ({
    uri: `models:/${id}`,
    name: plainText(names.get(id) ?? id, longestName),
  }));
  if (kept.length > 0) return kept;
  return readModelHistory(run).map(({ path }) => ({
    uri: `runs:/${run.id}/${path}`,
    name: plainText(`${path} of ${run.name || run.id}`, longestName),
  }));
}
