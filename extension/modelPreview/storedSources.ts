import type { Catalog } from '../catalog/catalog';
import { causeOf, isCancellation } from '../tracking/errors';
import type { ModelVersion } from '../tracking/model';
import { listMetricRows } from '../ui/metricRows';
import { UserError } from '../ui/userError';
import type { SourceRun } from '../../webviews/protocol/modelPreview';

/** A version of a registered model, from whichever page of the versions it is on. Rejects where there is none. */
export async function findModelVersion(
  catalog: Pick<Catalog, 'versions' | 'findVersion' | 'loadMore'>,
  modelName: string,
  version: string,
): Promise<ModelVersion> {
  for (let isFirst = true; ; isFirst = false) {
    const listing = await catalog.versions(modelName);
    const found = catalog.findVersion(modelName, version);
    if (found) return found;
    const failure = isFirst ? listing.failure : (listing.moreFailure ?? listing.failure);
    if (failure !== undefined) throw failure as Error;
    if (!listing.hasMore) throw new UserError(`There is no version ${version} of ${modelName}.`);
    await catalog.loadMore({ kind: 'versions', modelName });
  }
}

/** The run that made a model, with its last values. Never rejects: what cannot be read says why. */
export async function readSourceRun(
  catalog: Pick<Catalog, 'run' | 'findExperiment' | 'experiments'>,
  runId: string,
): Promise<SourceRun> {
  try {
    const run = await catalog.run(runId);
    if (!catalog.findExperiment(run.experimentId)) await catalog.experiments();
    const experiment = catalog.findExperiment(run.experimentId);
    return {
      id: runId,
      name: run.name,
      metrics: listMetricRows(run),
      ...(experiment ? { experimentName: experiment.name } : {}),
    };
  } catch (error) {
    return { id: runId, problem: sayWhy(error) };
  }
}

export function sayWhy(error: unknown): string {
  return isCancellation(error) ? 'Loading was stopped.' : causeOf(error);
}
