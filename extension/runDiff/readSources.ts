import type { Catalog } from '../catalog/catalog';
import { causeOf, isCancellation, TrackingError } from '../tracking/errors';
import type { LoggedModel } from '../tracking/model';
import type { RunSource } from './diffRuns';

/** Reads what is to be compared; what cannot be read of one run does not keep the others from being compared. */

/**
 * A run, or why there is none. A failure that may pass leaves what was known `before`. Rejects with what concerns all runs
 * alike, where nothing was known before: the server cannot be reached.
 */
export async function readRun(
  catalog: Pick<Catalog, 'run'>,
  id: string,
  before: RunSource | undefined,
): Promise<RunSource> {
  try {
    const run = await catalog.run(id);
    return { kind: 'run', run, experimentName: undefined, models: undefined };
  } catch (error) {
    if (isCancellation(error)) throw error;
    const name = before?.kind === 'run' ? before.run.name : (before?.name ?? '');
    const isAboutRun = !(error instanceof TrackingError) || aboutOneRun.has(error.kind);
    if (isAboutRun) return { kind: 'unknown', id, name, cause: causeOf(error) };
    if (!before) throw error;
    return before;
  }
}

const aboutOneRun: ReadonlySet<string> = new Set([
  'notFound',
  'rejected',
  'malformed',
  'tooLarge',
  'damaged',
]);

export interface ReadModels {
  /** By run; a run is missing whose models could not be read. */
  readonly models: ReadonlyMap<string, readonly LoggedModel[]>;
  readonly trouble: string | undefined;
}

/** The models that the runs logged, as far as they can be read. */
export async function readModels(
  catalog: Pick<Catalog, 'loggedModels'>,
  sources: readonly RunSource[],
): Promise<ReadModels> {
  const models = new Map<string, readonly LoggedModel[]>();
  let trouble: string | undefined;
  const readOf = async (source: RunSource) => {
    if (source.kind === 'unknown') return;
    try {
      models.set(source.run.id, await catalog.loggedModels(source.run));
    } catch (error) {
      trouble ??= isCancellation(error) ? 'Loading was stopped.' : causeOf(error);
    }
  };
  await Promise.all(sources.map(readOf));
  return { models, trouble };
}
