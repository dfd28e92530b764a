import type { Catalog } from '../catalog/catalog';
import { asFound, nestRuns, type RunForest } from '../catalog/runForest';
import { causeOf, TrackingError } from '../tracking/errors';
import type { Run } from '../tracking/model';
import type { MetricsSubject } from '../../webviews/protocol/metrics';

/** The runs of a panel as they are now. */
export interface ShownRuns {
  /** In the order of the tree, or as they were chosen. */
  readonly runs: readonly Run[];
  readonly hasMore: boolean;
  /** What could not be shown, in one sentence each. */
  readonly notes: readonly string[];
}

type RunsCatalog = Pick<Catalog, 'run' | 'runs' | 'findRun' | 'renewRuns'>;

/** Reads the runs that a panel is about, from what is loaded where it is. Rejects where none can be read. */
export async function readShownRuns(
  catalog: RunsCatalog,
  { experimentId, runIds }: MetricsSubject,
  signal: AbortSignal,
): Promise<ShownRuns> {
  return runIds.length === 0
    ? await readExperiment(catalog, experimentId)
    : await readEach(catalog, [...new Set(runIds)], signal);
}

/** As the tree lists them, nested ones after their parents. */
async function readExperiment(catalog: RunsCatalog, experimentId: string): Promise<ShownRuns> {
  const listing = await catalog.runs(experimentId);
  if (listing.items.length === 0 && listing.failure !== undefined) throw listing.failure as Error;
  const forest = listing.search ? asFound(listing.items) : nestRuns(listing.items);
  const failures = [listing.failure, listing.moreFailure].filter((failure) => failure !== undefined);
  return { runs: flatten(forest), hasMore: listing.hasMore, notes: failures.map(causeOf) };
}

function flatten(forest: RunForest): readonly Run[] {
  const listed: Run[] = [];
  const rest = [...forest.roots].reverse();
  for (let run = rest.pop(); run; run = rest.pop()) {
    listed.push(run);
    rest.push(...[...forest.childrenOf(run.id)].reverse());
  }
  return listed;
}

/**
 * Runs by id. Those of one experiment are read in one request as soon as one of them has told which it is; a run that cannot
 * be read is noted, unless none can.
 */
async function readEach(
  catalog: RunsCatalog,
  runIds: readonly string[],
  signal: AbortSignal,
): Promise<ShownRuns> {
  const runs: Run[] = [];
  const failures: { readonly runId: string; readonly error: unknown }[] = [];
  const asked = new Set<string>();
  for (const [index, runId] of runIds.entries()) {
    try {
      const run = await catalog.run(runId);
      runs.push(run);
      const missing = runIds.slice(index + 1).filter((id) => catalog.findRun(id) === undefined);
      if (missing.length < 2 || asked.has(run.experimentId)) continue;
      asked.add(run.experimentId);
      await catalog.renewRuns(run.experimentId, missing, signal);
    } catch (error) {
      failures.push({ runId, error });
    }
  }
  const [first] = failures;
  if (first && runs.length === 0) throw first.error as Error;
  return { runs, hasMore: false, notes: failures.map(({ runId, error }) => explain(runId, error)) };
}

function explain(runId: string, error: unknown): string {
  const isGone = error instanceof TrackingError && error.kind === 'notFound';
  return isGone ? `Run ${runId} is gone.` : `Run ${runId} cannot be read: ${causeOf(error)}`;
}
