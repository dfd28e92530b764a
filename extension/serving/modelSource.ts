import { basename, dirname } from 'node:path';
import type { Catalog } from '../catalog/catalog';
import type { ModelVersionTarget } from '../manifest';
import type { LoggedModel, Run } from '../tracking/model';
import { readModelHistory } from '../tracking/modelHistory';
import { plainText } from '../ui/text';

/** A model as MLflow's programs are told of it. */
export interface ModelSource {
  /** `models:/name/version`, `models:/m-…`, `runs:/id/path`, or the absolute path of its folder. */
  readonly uri: string;
  /** For people, made safe to show. */
  readonly name: string;
}

/** In characters; what is longer makes messages that nobody reads. */
const longestName = 80;

/** A version by its number, or by an alias: `@champion`. */
export function modelOfVersion({ modelName, version }: ModelVersionTarget): ModelSource {
  const uri = version.startsWith('@') ? `models:/${modelName}${version}` : `models:/${modelName}/${version}`;
  return { uri, name: plainText(`${modelName} ${version}`, longestName) };
}

/** The model whose MLmodel file is at that path. */
export function modelOfFile(path: string): ModelSource {
  const folder = dirname(path);
  return { uri: folder, name: plainText(basename(folder), longestName) };
}

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
