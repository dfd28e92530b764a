import type { Catalog } from '../catalog/catalog';
import { causeOf, isCancellation } from '../tracking/errors';
import { listMetricRows } from '../ui/metricRows';
import type { SourceRun } from '../../webviews/protocol/modelPreview';

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
