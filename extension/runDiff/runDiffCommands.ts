import type { RunTarget } from '../manifest';
import { demandSession } from '../ui/demandSession';
import { fewestRuns, mostRuns, type RunDiffSubject } from '../../webviews/protocol/runDiff';
import { chooseRuns, type RunDiffContext } from './chooseRuns';

/** What `mlflow.run.compare` compares: 2 to 20 runs, the first of which is the baseline. Undefined when the user turns away. */
export async function chooseSubject(
  context: RunDiffContext,
  given: readonly (RunTarget | undefined)[],
): Promise<RunDiffSubject | undefined> {
  const title = `Choose ${fewestRuns} to ${mostRuns} runs to compare`;
  const runs = await chooseRuns(context, given, { least: fewestRuns, most: mostRuns, title });
  const [first] = runs ?? [];
  if (!runs || !first) return undefined;
  const { connection } = await demandSession(context.sessions);
  return {
    runIds: runs.map(({ runId }) => runId),
    connectionUri: connection.uri,
    baselineId: first.runId,
  };
}

/** The one run that later ones are compared with. Undefined when the user turns away. */
export async function chooseOne(
  context: RunDiffContext,
  given: readonly (RunTarget | undefined)[],
  title: string,
): Promise<RunTarget | undefined> {
  return (await chooseRuns(context, given, { least: 1, most: 1, title }))?.[0];
}
