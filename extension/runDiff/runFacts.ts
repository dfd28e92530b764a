import { parentRunIdOf, type LoggedModel, type Run } from '../tracking/model';
import { branchTags, commitTags, firstOf, readBranch, readCommit } from '../tracking/runSource';

/** What a run's own fields and MLflow's tags say about where it comes from. */

/**
 * Whether a run says that it ran with changes that were not committed. MLflow's own git versioning notes that on the models
 * that a run logs; users and other tools set the same tags on the run.
 */
export function isDirty(run: Pick<Run, 'tags'>, models: readonly Pick<LoggedModel, 'tags'>[]): boolean {
  return [run, ...models].some(
    ({ tags }) =>
      tags.get('mlflow.source.git.dirty')?.toLowerCase() === 'true' ||
      (tags.get('mlflow.source.git.diff') ?? '').trim() !== '',
  );
}

export interface Detail {
  readonly label: string;
  readonly format?: 'time' | 'duration';
  readonly read: (run: Run, experimentName: string | undefined) => string | number | undefined;
}

/** In reading order. A detail that a run does not have, or that is empty, is missing. */
export const details: readonly Detail[] = [
  { label: 'Name', read: (run) => run.name },
  { label: 'Status', read: (run) => run.status },
  { label: 'Lifecycle', read: (run) => run.lifecycle },
  { label: 'Experiment', read: (run, experimentName) => experimentName ?? run.experimentId },
  { label: 'User', read: (run) => (run.userId === '' ? run.tags.get('mlflow.user') : run.userId) },
  { label: 'Started', format: 'time', read: (run) => run.startedAt },
  { label: 'Ended', format: 'time', read: (run) => run.endedAt },
  { label: 'Duration', format: 'duration', read: durationOf },
  { label: 'Source', read: ({ tags }) => tags.get('mlflow.source.name') },
  { label: 'Source type', read: ({ tags }) => tags.get('mlflow.source.type') },
  { label: 'Entry point', read: ({ tags }) => tags.get('mlflow.project.entryPoint') },
  { label: 'Git commit', read: readCommit },
  { label: 'Git branch', read: readBranch },
  {
    label: 'Git repository',
    read: ({ tags }) => firstOf(tags, ['mlflow.source.git.repoURL', 'mlflow.gitRepoURL']),
  },
  { label: 'Uncommitted changes', read: ({ tags }) => tags.get('mlflow.source.git.dirty') },
  { label: 'Parent run', read: parentRunIdOf },
];

/** Tags that the details say, and one that repeats what the models say. */
const saidElsewhere: ReadonlySet<string> = new Set([
  ...[
    'mlflow.runName',
    'mlflow.user',
    'mlflow.source.name',
    'mlflow.source.type',
    'mlflow.project.entryPoint',
  ],
  ...[...commitTags, ...branchTags],
  ...['mlflow.source.git.repoURL', 'mlflow.gitRepoURL', 'mlflow.source.git.dirty'],
  ...['mlflow.parentRunId', 'mlflow.log-model.history'],
]);

/** The tags of a run that nothing else of it says. */
export function readTags({ tags }: Pick<Run, 'tags'>): ReadonlyMap<string, string> {
  return new Map([...tags].filter(([key]) => !saidElsewhere.has(key)));
}

function durationOf({ startedAt, endedAt }: Run): number | undefined {
  return startedAt === undefined || endedAt === undefined ? undefined : endedAt - startedAt;
}
