import type { CommandHandlers } from '../manifest';
import { artifactsOf } from '../ui/chooseArtifacts';
import { compareArtifacts, compareWithFile } from './compareCommands';
import { copyOf, locate, openArtifact, openAsFolder, type ArtifactContext } from './openCommands';
import { searchRun } from './searchCommands';

/** What the commands about artifacts as files do. */
export function artifactCommands(
  context: ArtifactContext,
): CommandHandlers<
  | 'mlflow.artifact.open'
  | 'mlflow.artifact.search'
  | 'mlflow.artifact.compare'
  | 'mlflow.artifact.compareWithFile'
  | 'mlflow.artifact.copyPath'
  | 'mlflow.artifact.copyUri'
  | 'mlflow.artifact.copyLocation'
  | 'mlflow.artifact.openAsFolder'
> {
  const opening = new Set<string>();
  return {
    'mlflow.artifact.open': async (one) => {
      // A double click on a row says it twice, and may not ask twice.
      const key = JSON.stringify(artifactsOf(one, undefined, context.selection()));
      if (opening.has(key)) return;
      opening.add(key);
      await openArtifact(context, one).finally(() => opening.delete(key));
    },
    'mlflow.artifact.search': (one) => searchRun(context, one),
    'mlflow.artifact.compare': (one, all) => compareArtifacts(context, one, all),
    'mlflow.artifact.compareWithFile': (one) => compareWithFile(context, one),
    'mlflow.artifact.copyPath': (one, all) => copyOf(context, one, all, 'path', ({ path }) => path),
    'mlflow.artifact.copyUri': (one, all) =>
      copyOf(context, one, all, 'runs:/ URI', ({ runId, path }) => `runs:/${runId}/${path}`),
    'mlflow.artifact.copyLocation': (one, all) =>
      copyOf(context, one, all, 'artifact URI', (place) => locate(context, place)),
    'mlflow.artifact.openAsFolder': (one) => openAsFolder(context, one),
  };
}
