import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { ArtifactTarget } from '../manifest';
import type { Session } from '../session';
import { demandSession } from '../ui/demandSession';
import { pickFrom } from '../ui/pick';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { readArtifacts, type ArtifactFile, type ArtifactPlace } from './artifactText';
import { chooseArtifact, chooseArtifacts } from './chooseArtifacts';
import { openDiff, toSide, type DocumentContext, type Side } from './documentCommands';

/** Artifacts of runs as documents that VS Code itself compares. */

/** `mlflow.artifact.compare`: a file of two runs; one that is missing is empty. Answers their URIs, to be read again. */
export async function compareArtifacts(
  context: DocumentContext,
  given: readonly (ArtifactTarget | undefined)[],
): Promise<readonly vscode.Uri[]> {
  const places = await chooseArtifacts(context, given);
  if (!places) return [];
  const session = await demandSession(context.sessions);
  const read = await readAll(context, session, places);
  if (!read) return [];
  if (read.every(({ text }) => text === undefined))
    throw new UserError(`Neither of the runs has ${describe(places)}.`);
  const [one, other] = read.map((side) => sideOf(context, session, side));
  return one && other ? await openDiff(one, other, describe(places)) : [];
}

/** `mlflow.artifact.compareWithFile`: a run's file with one of the workspace. Answers its URI, to be read again. */
export async function compareWithFile(
  context: DocumentContext,
  given: ArtifactTarget | undefined,
): Promise<readonly vscode.Uri[]> {
  const place = await chooseArtifact(context, given);
  if (!place) return [];
  const file = await pickFile(place.path);
  if (!file) return [];
  const session = await demandSession(context.sessions);
  const [read] = (await readAll(context, session, [place])) ?? [];
  if (!read) return [];
  if (read.text === undefined) throw new UserError(`The run has no ${place.path}.`);
  const local = { name: vscode.workspace.asRelativePath(file), uri: file };
  const [uri] = await openDiff(sideOf(context, session, read), local, place.path);
  return uri ? [uri] : [];
}

/** The path that is compared, or both. */
function describe(places: readonly ArtifactPlace[]): string {
  return [...new Set(places.map(({ path }) => path))].join(' ↔ ');
}

function sideOf(
  context: DocumentContext,
  { connection }: Session,
  { runId, path, runName, text }: ArtifactFile,
): Side {
  const side = toSide(
    context,
    { kind: 'artifact', connectionUri: connection.uri, runId, path },
    runName,
    text ?? '',
  );
  return text === undefined ? { ...side, name: `${plainText(runName, 30)} (missing)` } : side;
}

/** Reads the files, after a question where they are large; undefined when the user turns away. */
async function readAll(
  { report }: DocumentContext,
  { catalog }: Session,
  places: readonly ArtifactPlace[],
): Promise<readonly ArtifactFile[] | undefined> {
  return await readArtifacts(catalog, places, (size) =>
    report.confirm(`Compare artifacts of ${size}?`, 'Large files take time to load and compare.', 'Compare'),
  );
}

/** Of the workspace's files to choose from. */
const mostFiles = 20_000;

/** Has the user pick a file of the workspace; those that are called alike come first. */
async function pickFile(path: string): Promise<vscode.Uri | undefined> {
  if (!vscode.workspace.workspaceFolders?.length)
    throw new UserError('No folder is open whose files could be compared.');
  const name = posix.basename(path);
  const load = async () => {
    const files = await vscode.workspace.findFiles('**/*', undefined, mostFiles);
    const isOther = (file: vscode.Uri) => Number(posix.basename(file.path) !== name);
    const items = files.sort(
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
