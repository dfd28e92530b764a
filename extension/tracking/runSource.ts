import type { Run, Tags } from './model';

/** Where a run's code comes from, as MLflow's tags say it: names changed over the years, and the first that is there counts. */

/** The git commit that a run says it ran from. */
export function readCommit({ tags }: Pick<Run, 'tags'>): string | undefined {
  return firstOf(tags, commitTags);
}

export function readBranch({ tags }: Pick<Run, 'tags'>): string | undefined {
  return firstOf(tags, branchTags);
}

export const commitTags = ['mlflow.source.git.commit', 'mlflow.gitCommit'];

export const branchTags = [
  'mlflow.source.git.branch',
  'mlflow.source.git.branchName',
  'mlflow.gitBranchName',
];

/** What the first of the tags says that says anything. */
export function firstOf(tags: Tags, keys: readonly string[]): string | undefined {
  return keys.map((key) => tags.get(key)).find((value) => value !== undefined && value !== '');
}
