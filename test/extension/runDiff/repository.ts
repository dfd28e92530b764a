import { runToEnd } from '../../support/processes';

/** A git repository of a test's own, which knows nothing of the user's configuration. */
export interface Repository {
  /** Commits all there is; answers the commit's hash. */
  commit(message: string): Promise<string>;
  git(...args: readonly string[]): Promise<string>;
}

export async function makeRepository(folder: string): Promise<Repository> {
  const env = {
    ...process.env,
    ...{ GIT_CONFIG_GLOBAL: '', GIT_CONFIG_NOSYSTEM: '1' },
    ...{ GIT_AUTHOR_NAME: 'test', GIT_AUTHOR_EMAIL: 'test@localhost' },
    ...{ GIT_COMMITTER_NAME: 'test', GIT_COMMITTER_EMAIL: 'test@localhost' },
  };
  const git = (...args: readonly string[]) => runToEnd('git', ['-C', folder, ...args], { env });
  await git('init', '--quiet', '--initial-branch', 'main');
  return {
    git,
    commit: async (message) => {
      await git('add', '--all');
      await git('commit', '--quiet', '--message', message);
      return (await git('rev-parse', 'HEAD')).trim();
    },
  };
}
