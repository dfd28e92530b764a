import type { Experiment, Lifecycle } from '../../model';
import { readOptionalText, readPairs, readText, readTimestamp, type Fields } from './fields';

/** An `Experiment` message (reference/REST.md §2); undefined without an id. */
export function decodeExperiment(fields: Fields): Experiment | undefined {
  const id = readOptionalText(fields, 'experiment_id');
  if (id === undefined) return undefined;
  return {
    id,
    name: readText(fields, 'name'),
    lifecycle: decodeLifecycle(fields),
    artifactLocation: readText(fields, 'artifact_location'),
    createdAt: readTimestamp(fields, 'creation_time'),
    updatedAt: readTimestamp(fields, 'last_update_time'),
    tags: readPairs(fields, 'tags'),
  };
}

/** The `lifecycle_stage` of an experiment or run; whatever is not said to be deleted is active. */
export function decodeLifecycle(fields: Fields): Lifecycle {
  return readText(fields, 'lifecycle_stage').toLowerCase() === 'deleted' ? 'deleted' : 'active';
}
