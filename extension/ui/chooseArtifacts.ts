import type { Catalog } from '../catalog/catalog';
import type { ArtifactTarget, RunTarget } from '../manifest';
import type { Sessions } from '../session';
import { readArtifactUri, splitPath, type ArtifactPlace } from './artifactUri';
import { demandSession } from './demandSession';
import { readArtifactFolder } from './readArtifactFolder';
import { pickFrom, wholeList } from './pick';
import { pickRun } from './pickRun';
import { UserError } from './userError';

/** What VS Code gives a command about artifacts: a row of the tree, a target made for it, the file of an editor. */
export type GivenArtifact =
  ({ readonly kind?: string } & Partial<ArtifactTarget>) | { readonly scheme: string; readonly path: string };

/** The artifacts among what a command was given, else among what is selected in the tree. */
export function artifactsOf(
  given: unknown,
  others: unknown,
  selection: readonly unknown[],
): readonly ArtifactPlace[] {
  // From a menu over several rows or files come all of them; from an editor's, what tells the editor.
  const rows = Array.isArray(others) ? others : given === undefined ? selection : [given];
  return rows.flatMap((row) => readRow(row as GivenArtifact) ?? []);
}

function readRow(row: GivenArtifact): ArtifactPlace | undefined {
  if ('scheme' in row) return readArtifactUri(row);
  const { kind = 'artifact', runId, artifact } = row;
  return kind === 'artifact' && runId !== undefined && artifact ? { runId, path: artifact.path } : undefined;
}

/** Asks for a run, then for one of its files; undefined when the user turns away. */
export async function pickArtifact(sessions: Sessions): Promise<ArtifactPlace | undefined> {
  const run = await pickRun(sessions);
  if (!run) return undefined;
  const { catalog } = await demandSession(sessions);
  const path = await pickArtifactPath(catalog, [run]);
  return path === undefined ? undefined : { ...run, path };
}

interface Step {
  readonly path: string;
  readonly isFolder: boolean;
  readonly label: string;
}

/** Walks the folders of the runs' artifacts with the user, to a file that at least one of them has. */
export async function pickArtifactPath(
  catalog: Pick<Catalog, 'artifacts'>,
  runs: readonly RunTarget[],
): Promise<string | undefined> {
  let folder = '';
  for (;;) {
    const items = await listSteps(catalog, runs, folder);
    if (items.length === 0) throw new UserError('There are no artifacts.');
    const step: Step | undefined = await pickFrom<Step>({
      title: folder === '' ? 'Choose an artifact' : `Choose an artifact in ${folder}`,
      placeholder: 'Type a part of its name',
      ...wholeList(items),
      describe: ({ label, isFolder }) => ({ label: isFolder ? `${label}/` : label }),
    });
    if (!step?.isFolder) return step?.path;
    folder = step.path;
  }
}

const names = new Intl.Collator(undefined, { numeric: true });

async function listSteps(
  catalog: Pick<Catalog, 'artifacts'>,
  runs: readonly RunTarget[],
  folder: string,
): Promise<readonly Step[]> {
  const folders = await Promise.all(runs.map(({ runId }) => readArtifactFolder(catalog, runId, folder)));
  const found = new Map(
    folders.flatMap((listed) => ('failure' in listed ? [] : listed.map((one) => [one.path, one]))),
  );
  const failure = folders.find((listed) => 'failure' in listed);
  if (found.size === 0 && failure && 'failure' in failure) throw new UserError(failure.failure);
  const steps = [...found.values()]
    .sort(
      (one, other) =>
        Number(other.isDirectory) - Number(one.isDirectory) || names.compare(one.path, other.path),
    )
    .map(({ path, isDirectory }) => ({ path, isFolder: isDirectory, label: splitPath(path).name }));
  if (folder === '') return steps;
  return [{ path: splitPath(folder).folder, isFolder: true, label: '..' }, ...steps];
}
