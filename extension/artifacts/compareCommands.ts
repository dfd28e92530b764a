import { posix } from 'node:path';
import * as vscode from 'vscode';
import { findFiles } from '../connections/workspaceFolders';
import type { Session } from '../session';
import type { ArtifactPlace } from '../ui/artifactUri';
import { artifactsOf, pickArtifactPath, type GivenArtifact } from '../ui/chooseArtifacts';
import { demandSession } from '../ui/demandSession';
import { pickFrom } from '../ui/pick';
import { pickRuns } from '../ui/pickRuns';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { chooseArtifacts, confirmSize, look, runsIn, type ArtifactContext } from './openCommands';

/** Artifacts in VS Code's own diff editors. */

/** `mlflow.artifact.compare`: a file of two runs; one that is missing is empty. */
export async function compareArtifacts(
  context: ArtifactContext,
  one: GivenArtifact | undefined,
  all: unknown,
): Promise<void> {
  const places = await choosePair(context, artifactsOf(one, all, context.selection()));
  if (!places) return;
  const session = await demandSession(context.sessions);
  const sides = await Promise.all(places.map((place) => lookAt(session, place)));
  const subject = [...new Set(places.map(({ path }) => plainText(path, 60)))].join(' ↔ ');
  if (sides.every(({ artifact }) => !artifact)) throw new UserError(`Neither of the runs has ${subject}.`);
  if (
    !(await confirmSize(
      context,
      'Compare',
      sides.map(({ artifact }) => artifact),
    ))
  )
    return;
  const [before, after] = sides;
  if (before && after) await openDiff(before, after, subject);
}

/** `mlflow.artifact.compareWithFile`: a run's file with one of the workspace. */
export async function compareWithFile(
  context: ArtifactContext,
  given: GivenArtifact | undefined,
): Promise<void> {
  const [place] = await chooseArtifacts(context, given, undefined);
  if (!place) return;
  const file = await pickFile(place.path);
  if (!file) return;
  const side = await lookAt(await demandSession(context.sessions), place);
  const subject = plainText(place.path, 60);
  if (!side.artifact) throw new UserError(`The run has no ${subject}.`);
  if (!(await confirmSize(context, 'Compare', [side.artifact]))) return;
  await openDiff(side, { name: vscode.workspace.asRelativePath(file), uri: file }, subject);
}

/**
 * The two artifacts to compare. For one, the user picks the runs whose file at that path is meant; for none, the path too, in
 * the runs that are selected. Undefined when the user turns away.
 */
async function choosePair(
  { sessions, selection }: ArtifactContext,
  places: readonly ArtifactPlace[],
): Promise<readonly ArtifactPlace[] | undefined> {
  if (places.length > 2) throw new UserError(`${places.length} artifacts are selected; two can be compared.`);
  const [one, other] = places;
  if (one && other) return places;
  const chosen = one ? [one] : runsIn(selection());
  const what = one ? plainText(one.path, 60) : 'artifacts';
  const title = `Choose two runs whose ${what} to compare`;
  const runs = chosen.length === 2 ? chosen : await pickRuns(sessions, { title, least: 2, most: 2, chosen });
  if (!runs) return undefined;
  const path = one?.path ?? (await pickArtifactPath((await demandSession(sessions)).catalog, runs));
  return path === undefined ? undefined : runs.map(({ runId }) => ({ runId, path }));
}

interface Side {
  /** What the title calls it; a stranger's. */
  readonly name: string;
  readonly uri: vscode.Uri;
}

async function lookAt(
  session: Session,
  place: ArtifactPlace,
): Promise<Side & Awaited<ReturnType<typeof look>>> {
  const { name, id } = await session.catalog.run(place.runId);
  const { artifact, uri } = await look(session, place);
  if (artifact?.isDirectory)
    throw new UserError(`${plainText(place.path, 60)} is a folder; only files are compared.`);
  const runName = plainText(name || id, 30);
  if (artifact) return { name: runName, uri, artifact };
  // Where there is no file, one with this query is empty.
  return { name: `${runName} (missing)`, uri: uri.with({ query: 'missing' }), artifact };
}

async function openDiff(one: Side, other: Side, subject: string): Promise<void> {
  const names = [one, other].map(({ name }) => plainText(name, 40));
  await vscode.commands.executeCommand('vscode.diff', one.uri, other.uri, `${subject}: ${names.join(' ↔ ')}`);
}

/** Of the workspace's files to choose from. */
const mostFiles = 20_000;

/** Has the user pick a file of the workspace; those that are called alike come first. */
async function pickFile(path: string): Promise<vscode.Uri | undefined> {
  if (!vscode.workspace.workspaceFolders?.length)
    throw new UserError('No folder is open whose files could be compared.');
  const name = posix.basename(path);
  const load = async () => {
    const files = await findFiles('**/*', undefined, mostFiles);
    const isOther = (file: vscode.Uri) => Number(posix.basename(file.path) !== name);
    const items = files.toSorted(
      (one, other) => isOther(one) - isOther(other) || (one.path < other.path ? -1 : 1),
    );
    return { items, hasMore: false, failure: undefined, moreFailure: undefined };
  };
  return await pickFrom<vscode.Uri>({
    title: `Choose the file to compare ${plainText(path, 60)} with`,
    placeholder: 'Type a part of its name or path',
    load,
    loadMore: () => Promise.resolve(),
    describe: (file) => ({
      label: posix.basename(file.path),
      description: vscode.workspace.asRelativePath(file),
    }),
  });
}
