import type { Experiment, Page } from '../model';
import type { ExperimentQuery } from '../store';
import { Findings, readRequiredText, readText, readTimestamp, type Row } from './cells';
import type { Reading } from './database';
import { toPage, toSlice } from '../local/pageTokens';
import { toLifecycle, withProblem } from './runRows';
import { readTags, toTags } from './tagRows';

const columns = [
  'experiment_id',
  'name',
  'lifecycle_stage',
  'artifact_location',
  'creation_time',
  'last_update_time',
];

/** Of all workspaces, newest first, those without a creation time last (reference/STORES.md §4). */
export function searchExperiments(reading: Reading, query: ExperimentQuery): Page<Experiment> {
  const { schema } = reading;
  const slice = toSlice(query);
  const stage = schema.column('experiments', 'e', 'lifecycle_stage');
  const conditions = { active: `${stage} IS NOT 'deleted'`, deleted: `${stage} = 'deleted'`, all: '1' };
  const created = schema.column('experiments', 'e', 'creation_time');
  const rows = reading.rows(
    `SELECT ${schema.pick('experiments', 'e', columns)} FROM experiments e WHERE ${conditions[query.view]}
     ORDER BY ${created} DESC NULLS LAST, e.experiment_id LIMIT ? OFFSET ?`,
    slice.limit,
    slice.offset,
  );
  const tags = schema.has('experiment_tags')
    ? readTags(
        reading,
        'SELECT experiment_id, key, value FROM experiment_tags WHERE experiment_id IN (SELECT value FROM json_each(?))',
        JSON.stringify(rows.map(([id]) => Number(id))),
      )
    : new Map<string, readonly Row[]>();
  return toPage(
    rows.map((row) => toExperiment(row, tags.get(String(row[0])) ?? [])),
    slice,
  );
}

function toExperiment(row: Row, tagRows: readonly Row[]): Experiment {
  const [id, name, stage, artifactLocation, createdAt, updatedAt] = row;
  const findings = new Findings();
  const experiment: Experiment = {
    id: String(id),
    name: readRequiredText(name, 'name', findings),
    lifecycle: toLifecycle(readText(stage, 'lifecycle stage', findings)),
    artifactLocation: readText(artifactLocation, 'artifact location', findings),
    createdAt: readTimestamp(createdAt, 'creation time', findings),
    updatedAt: readTimestamp(updatedAt, 'update time', findings),
    tags: toTags(tagRows, findings),
  };
  return withProblem(experiment, findings);
}
