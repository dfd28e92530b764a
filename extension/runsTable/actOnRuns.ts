import type { RunTarget } from '../manifest';
import { UserError } from '../ui/userError';
import { fewestRuns, mostRuns } from '../../webviews/protocol/runDiff';
import type { RunAction } from '../../webviews/protocol/runsTable';

/** What can be done with runs elsewhere. */
export interface RunCommands {
  readonly open: (run: RunTarget) => unknown;
  readonly compare: (runs: readonly RunTarget[]) => unknown;
  readonly showCharts: (runs: readonly RunTarget[]) => unknown;
  readonly openInBrowser: (run: RunTarget) => unknown;
  readonly rename: (run: RunTarget) => unknown;
  readonly editTags: (runs: readonly RunTarget[]) => unknown;
  readonly delete: (runs: readonly RunTarget[]) => unknown;
  readonly copyIds: (runIds: readonly string[]) => unknown;
  /** Asks before something that is not easily undone. */
  readonly confirm: (question: string, detail: string, action: string) => Promise<boolean>;
}

/** Pages that the browser opens without asking. */
const mostPages = 5;

/** Does something with runs of a table. Rejects with a UserError where it cannot be done with so many. */
export async function actOnRuns(
  action: RunAction,
  runIds: readonly string[],
  commands: RunCommands,
): Promise<void> {
  const runs = [...new Set(runIds)].map((runId) => ({ runId }));
  const [first] = runs;
  if (!first) throw new UserError('No run is selected.');
  switch (action) {
    case 'open':
      await commands.open(first);
      break;
    case 'compare':
      if (runs.length < fewestRuns || runs.length > mostRuns)
        throw new UserError(`${fewestRuns} to ${mostRuns} runs can be compared, not ${runs.length}.`);
      await commands.compare(runs);
      break;
    case 'chart':
      await commands.showCharts(runs);
      break;
    case 'openInBrowser':
      if (runs.length > mostPages && !(await confirmPages(runs.length, commands))) return;
      for (const run of runs) await commands.openInBrowser(run);
      break;
    case 'rename':
      await commands.rename(first);
      break;
    case 'editTags':
      await commands.editTags(runs);
      break;
    case 'delete':
      await commands.delete(runs);
      break;
    case 'copyIds':
      await commands.copyIds(runs.map(({ runId }) => runId));
  }
}

async function confirmPages(count: number, { confirm }: RunCommands): Promise<boolean> {
  return await confirm(`Open ${count} pages in the browser?`, 'Each run has a page of its own.', 'Open');
}
