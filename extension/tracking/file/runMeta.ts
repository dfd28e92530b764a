import { basename, dirname } from 'node:path';
import type { Lifecycle, RunStatus, Timestamp } from '../model';
import { firstProblem } from './damage';
import { optionalTextOf, textOf, timeOf, type MetaFields } from './metaFields';
import { describeLack, type Meta } from './metaFiles';

/** What a run's meta.yaml says of it (reference/STORES.md §2). */
export interface RunMeta {
  /** May be empty: then the tag `mlflow.runName` has it. */
  readonly name: string;
  readonly status: RunStatus;
  readonly lifecycle: Lifecycle;
  readonly startedAt: Timestamp | undefined;
  readonly endedAt: Timestamp | undefined;
  readonly userId: string;
  readonly artifactUri: string;
  readonly problem: string | undefined;
}

/** As MLflow numbers them; what has none is running. */
const statuses: ReadonlyMap<unknown, RunStatus> = new Map([
  [1, 'RUNNING'],
  [2, 'SCHEDULED'],
  [3, 'FINISHED'],
  [4, 'FAILED'],
  [5, 'KILLED'],
]);

/** Of a run whose folder is there but tells nothing. */
export function unknownRun(problem: string): RunMeta {
  return {
    name: '',
    status: 'UNKNOWN',
    lifecycle: 'active',
    startedAt: undefined,
    endedAt: undefined,
    userId: '',
    artifactUri: '',
    problem,
  };
}

/** Decodes the meta.yaml of a run's folder. The folder says which run of which experiment it is, whatever the file says. */
export function decodeRunMeta(meta: Meta, folder: string): RunMeta {
  const { fields, problem } = meta;
  if (!fields) return unknownRun(problem ?? 'meta.yaml is missing');
  const status = fields.has('status') ? statuses.get(fields.get('status')) : 'RUNNING';
  return {
    name: textOf(fields, 'run_name') ?? '',
    status: status ?? 'UNKNOWN',
    lifecycle: lifecycleOf(fields),
    startedAt: timeOf(fields, 'start_time'),
    endedAt: timeOf(fields, 'end_time'),
    userId: textOf(fields, 'user_id') ?? '',
    artifactUri: textOf(fields, 'artifact_uri') ?? '',
    problem: findProblem(meta, fields, folder),
  };
}

/** Whatever is not said to be deleted is active. */
export function lifecycleOf(fields: MetaFields): Lifecycle {
  return textOf(fields, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active';
}

const required = ['run_id', 'experiment_id', 'start_time', 'user_id'];

/** What keeps MLflow from reading the file, or what it holds against it. */
function findProblem(meta: Meta, fields: MetaFields, folder: string): string | undefined {
  const lacking = required.find((key) => (fields.get(key) ?? legacyValue(fields, key)) === undefined);
  const run = optionalTextOf(fields, 'run_id') ?? optionalTextOf(fields, 'run_uuid');
  const experiment = optionalTextOf(fields, 'experiment_id');
  const stranger = 'meta.yaml belongs to';
  return firstProblem(
    lacking && describeLack(meta, lacking),
    timeOf(fields, 'start_time') === undefined ? 'meta.yaml has no valid start_time' : undefined,
    fields.has('status') && !statuses.has(fields.get('status')) ? 'meta.yaml has no valid status' : undefined,
    run === undefined || run === basename(folder) ? undefined : `${stranger} another run, ${run}`,
    experiment === undefined || experiment === basename(dirname(folder))
      ? undefined
      : `${stranger} another experiment, ${experiment}`,
  );
}

/** MLflow called a run's id `run_uuid` before 1.0. */
function legacyValue(fields: MetaFields, key: string): unknown {
  return key === 'run_id' ? fields.get('run_uuid') : undefined;
}
