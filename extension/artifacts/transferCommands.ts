import type { ArtifactTarget, CommandHandlers, RunTarget } from '../manifest';
import { downloadArtifacts } from './downloadCommands';
import type { TransferContext, TransferPlace } from './transferContext';
import { uploadArtifacts } from './uploadCommands';

/** A row of the tree, or what stands for one: an artifact, or all those of a run. */
export type TransferTarget = RunTarget & Partial<ArtifactTarget>;

/** What each command of transfers does. */
export function transferCommands(
  context: TransferContext,
): CommandHandlers<'mlflow.artifact.download' | 'mlflow.artifact.upload'> {
  return {
    'mlflow.artifact.download': (one, all) =>
      downloadArtifacts(
        context,
        placesOf(context, all ?? [one], ({ path }) => path),
      ),
    'mlflow.artifact.upload': (target) => uploadArtifacts(context, placesOf(context, [target], folderOf)[0]),
  };
}

/** A row of the tree, as far as it matters here. */
interface Row extends Partial<RunTarget> {
  readonly kind?: string;
  readonly name?: string;
  readonly artifact?: RowArtifact;
}

interface RowArtifact {
  readonly path: string;
  readonly isDirectory?: boolean;
}

/** The places of the rows given, else of those selected. */
function placesOf(
  { selection }: TransferContext,
  given: readonly (TransferTarget | undefined)[],
  toPath: (artifact: RowArtifact) => string,
): readonly TransferPlace[] {
  const isGiven = given.some((row) => row !== undefined);
  const rows = (isGiven ? given : selection()) as readonly (Row | undefined)[];
  return rows.flatMap((row) => {
    const { kind = 'run', name, runId, artifact } = row ?? {};
    if (runId === undefined) return [];
    if (artifact) return [{ runId, path: toPath(artifact) }];
    return kind === 'run' || (kind === 'section' && name === 'artifacts') ? [{ runId, path: '' }] : [];
  });
}

/** Beside a file, or in a folder. */
function folderOf({ path, isDirectory }: RowArtifact): string {
  return isDirectory === false ? path.slice(0, Math.max(0, path.lastIndexOf('/'))) : path;
}
