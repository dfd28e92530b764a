import type { Catalog } from '../catalog/catalog';
import type { ArtifactTarget, RunTarget } from '../manifest';
import { demandSession } from '../ui/demandSession';
import { pickFrom } from '../ui/pick';
import { pickRuns } from '../ui/pickRuns';
import { UserError } from '../ui/userError';
import type { ArtifactPlace } from './artifactText';
import { chooseRuns, type RunDiffContext } from './chooseRuns';
import { diffArtifacts } from './diffArtifacts';
import { readFolder } from './readSources';

type Row = { readonly kind?: string } & Partial<ArtifactTarget>;
type Context = Pick<RunDiffContext, 'sessions' | 'tree'>;

/**
 * The two artifacts to compare: those given, else those selected in the tree. For one, the user picks the runs whose file at
 * that path is meant; for none, the path too. Undefined when the user turns away.
 */
export async function chooseArtifacts(
  context: Context,
  given: readonly (ArtifactTarget | undefined)[],
): Promise<readonly ArtifactPlace[] | undefined> {
  const places = placesOf(context, given);
  if (places.length > 2) throw new UserError(`${places.length} artifacts are selected; two can be compared.`);
  const [one, other] = places;
  if (one && other) return [one, other];
  const title = one
    ? `Choose two runs whose ${one.path} to compare`
    : 'Choose two runs whose artifacts to compare';
  const range = { least: 2, most: 2, title };
  const runs = one
    ? await pickRuns(context.sessions, { ...range, chosen: [{ runId: one.runId }] })
    : await chooseRuns(context, [], range);
  return runs && (await inRuns(context, runs, one?.path));
}

/** The one artifact given or selected in the tree, else what the user picks. Undefined when the user turns away. */
export async function chooseArtifact(
  context: Context,
  given: ArtifactTarget | undefined,
): Promise<ArtifactPlace | undefined> {
  const [one] = placesOf(context, [given]);
  if (one) return one;
  const title = 'Choose the run whose artifact to compare';
  const runs = await chooseRuns(context, [], { least: 1, most: 1, title });
  return runs && (await inRuns(context, runs, undefined))?.[0];
}

function placesOf(
  { tree }: Context,
  given: readonly (ArtifactTarget | undefined)[],
): readonly ArtifactPlace[] {
  const rows: readonly (Row | undefined)[] = given.some((row) => row !== undefined) ? given : tree.selection;
  return rows.flatMap((row) => {
    const { kind = 'artifact', runId, artifact } = row ?? {};
    return kind === 'artifact' && runId !== undefined && artifact ? [{ runId, path: artifact.path }] : [];
  });
}

async function inRuns(
  { sessions }: Context,
  runs: readonly RunTarget[],
  known: string | undefined,
): Promise<readonly ArtifactPlace[] | undefined> {
  const { catalog } = await demandSession(sessions);
  const path = known ?? (await pickPath(catalog, runs));
  return path === undefined ? undefined : runs.map(({ runId }) => ({ runId, path }));
}

interface Step {
  readonly path: string;
  readonly isFolder: boolean;
  readonly label: string;
}

/** Walks the folders of the runs' artifacts with the user, to a file that at least one of them has. */
async function pickPath(
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
      load: () => Promise.resolve({ items, hasMore: false, failure: undefined, moreFailure: undefined }),
      loadMore: () => Promise.resolve(),
      describe: ({ label, isFolder }) => ({ label: isFolder ? `${label}/` : label }),
    });
    if (!step?.isFolder) return step?.path;
    folder = step.path;
  }
}

async function listSteps(
  catalog: Pick<Catalog, 'artifacts'>,
  runs: readonly RunTarget[],
  folder: string,
): Promise<readonly Step[]> {
  const { rows, failures } = diffArtifacts(
    await Promise.all(runs.map(({ runId }) => readFolder(catalog, runId, folder))),
  );
  const failure = failures.find((cause) => cause !== null);
  if (rows.length === 0 && failure !== undefined) throw new UserError(failure);
  const steps = rows.map(({ path, key, isDirectory }) => ({ path, isFolder: isDirectory, label: key }));
  if (folder === '') return steps;
  const above = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  return [{ path: above, isFolder: true, label: '..' }, ...steps];
}
