import type { Run } from '../tracking/model';

/** What one of MLflow's own tags says about a run, in people's words. */
export interface SystemFact {
  readonly label: string;
  /** The tag that says so. */
  readonly key: string;
  /** The whole value. */
  readonly value: string;
  /** The value at a glance. */
  readonly brief: string;
  /** Codicon. */
  readonly icon: string;
}

interface Meaning {
  readonly label: string;
  readonly icon: string;
  /** The first that is there counts: names changed over the years. */
  readonly keys: readonly string[];
  readonly shorten?: (value: string) => string;
}

const meanings: readonly Meaning[] = [
  { label: 'Note', icon: 'note', keys: ['mlflow.note.content'], shorten: firstLine },
  { label: 'Source', icon: 'file-code', keys: ['mlflow.source.name'], shorten: lastSegment },
  { label: 'Notebook', icon: 'notebook', keys: ['mlflow.databricks.notebookPath'], shorten: lastSegment },
  { label: 'Entry point', icon: 'play', keys: ['mlflow.project.entryPoint'] },
  { label: 'User', icon: 'account', keys: ['mlflow.user'] },
  {
    label: 'Commit',
    icon: 'git-commit',
    keys: ['mlflow.source.git.commit', 'mlflow.gitCommit'],
    shorten: (commit) => (/^[0-9a-f]{12,}$/i.test(commit) ? commit.slice(0, 7) : commit),
  },
  {
    label: 'Branch',
    icon: 'git-branch',
    keys: ['mlflow.source.git.branch', 'mlflow.source.git.branchName', 'mlflow.gitBranchName'],
  },
  { label: 'Repository', icon: 'repo', keys: ['mlflow.source.git.repoURL', 'mlflow.gitRepoURL'] },
  { label: 'Project environment', icon: 'vm', keys: ['mlflow.project.env'] },
  { label: 'Project backend', icon: 'server', keys: ['mlflow.project.backend'] },
  {
    label: 'Docker image',
    icon: 'vm-outline',
    keys: ['mlflow.docker.image.uri', 'mlflow.docker.image.name', 'mlflow.docker.image.id'],
  },
  { label: 'Autologging', icon: 'record', keys: ['mlflow.autologging'] },
];

const parentKey = 'mlflow.parentRunId';

/** What MLflow's own tags say about a run; those that say nothing to people are left out. */
export function readSystemTags({ tags, userId }: Pick<Run, 'tags' | 'userId'>): readonly SystemFact[] {
  const all = tags.has('mlflow.user') || userId === '' ? tags : new Map([...tags, ['mlflow.user', userId]]);
  return meanings.flatMap(({ label, icon, keys, shorten }) => {
    const key = keys.find((candidate) => (all.get(candidate) ?? '') !== '');
    const value = key === undefined ? undefined : all.get(key);
    if (key === undefined || value === undefined) return [];
    return [{ label, key, value, brief: shorten?.(value) ?? value, icon }];
  });
}

/** The run that this one says it is nested in, by name where that is known. */
export function readParentTag(
  run: Pick<Run, 'tags'>,
  nameRun: (runId: string) => string | undefined,
): SystemFact | undefined {
  const value = run.tags.get(parentKey);
  if (value === undefined || value === '') return undefined;
  const brief = nameRun(value) ?? value;
  return { label: 'Parent run', key: parentKey, value, brief, icon: 'type-hierarchy-super' };
}

/** Whether MLflow sets the tag by itself. */
export function isSystemTag(key: string): boolean {
  return key.startsWith('mlflow.');
}

function firstLine(text: string): string {
  return text.trim().split(/\r?\n/, 1)[0] ?? '';
}

function lastSegment(path: string): string {
  return path.split(/[\\/]/).findLast((segment) => segment !== '') ?? path;
}
