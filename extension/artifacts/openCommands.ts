import * as vscode from 'vscode';
import type { RunTarget } from '../manifest';
import type { Session, Sessions } from '../session';
import { explainUnsafePath } from '../tracking/artifactPath';
import type { Artifact } from '../tracking/model';
import { readArtifactUri, splitPath, toArtifactUri, type ArtifactPlace } from '../ui/artifactUri';
import { artifactsOf, pickArtifact, type GivenArtifact } from '../ui/chooseArtifacts';
import { copyTexts } from '../ui/copyText';
import { demandSession } from '../ui/demandSession';
import { formatSize } from '../ui/numbers';
import { pickRun } from '../ui/pickRun';
import type { Report } from '../ui/report';
import { plainText } from '../ui/text';
import { findArtifact } from '../ui/readArtifactFolder';
import { UserError } from '../ui/userError';

export interface ArtifactContext {
  readonly sessions: Sessions;
  readonly report: Pick<Report, 'confirm' | 'info'>;
  /** What is selected in the tree. */
  readonly selection: () => readonly unknown[];
}

/** In bytes: a larger file is opened or compared when the user says so. */
const askAbove = 20 * 2 ** 20;

/** `mlflow.artifact.open`: a file in whatever editor VS Code has for it; a large one when the user says so. */
export async function openArtifact(
  context: ArtifactContext,
  given: GivenArtifact | undefined,
): Promise<void> {
  const [place] = await chooseArtifacts(context, given, undefined);
  if (!place) return;
  const session = await demandSession(context.sessions);
  const { artifact, uri } = await look(session, place);
  if (!artifact) throw new UserError(`The run has no ${plainText(place.path)}.`);
  if (artifact.isDirectory) throw new UserError(`${plainText(place.path)} is a folder.`);
  if (await confirmSize(context, 'Open', [artifact]))
    await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
}

/** The artifacts that a command is about: those given or selected, else one that the user picks; none when they turn away. */
export async function chooseArtifacts(
  { sessions, selection }: ArtifactContext,
  one: GivenArtifact | undefined,
  all: unknown,
): Promise<readonly ArtifactPlace[]> {
  const places = artifactsOf(one, all, selection());
  if (places.length > 0) return places;
  const picked = await pickArtifact(sessions);
  return picked ? [picked] : [];
}

/** Where an artifact lies as a file, and what its folder's listing says of it. Rejects for a path that leads elsewhere. */
export async function look(
  { catalog, connection }: Session,
  place: ArtifactPlace,
): Promise<{ readonly uri: vscode.Uri; readonly artifact: Artifact | undefined }> {
  const unsafe = explainUnsafePath(place.path);
  if (unsafe !== undefined) throw new UserError(`${plainText(place.path, 80)} is refused. ${unsafe}`);
  return {
    uri: vscode.Uri.from(toArtifactUri(connection, place)),
    artifact: await findArtifact(catalog, place),
  };
}

/** Asks before large files are read; true for small ones at once. */
export async function confirmSize(
  { report }: Pick<ArtifactContext, 'report'>,
  verb: string,
  artifacts: readonly (Artifact | undefined)[],
): Promise<boolean> {
  const largest = Math.max(0, ...artifacts.map((artifact) => artifact?.size ?? 0));
  if (largest <= askAbove) return true;
  const question = `${verb} ${artifacts.length > 1 ? 'artifacts' : 'an artifact'} of ${formatSize(largest)}?`;
  return await report.confirm(question, 'Large files take time to load.', verb);
}

/** Copies a fact of artifacts. */
export async function copyOf(
  context: ArtifactContext,
  one: GivenArtifact | undefined,
  all: unknown,
  noun: string,
  read: (place: ArtifactPlace) => string | Promise<string>,
): Promise<void> {
  const places = await chooseArtifacts(context, one, all);
  await copyTexts(await Promise.all(places.map(async (place) => read(place))), noun);
}

/** Where the store itself keeps an artifact: below the run's `artifact_uri`. */
export async function locate({ sessions }: ArtifactContext, { runId, path }: ArtifactPlace): Promise<string> {
  const { catalog } = await demandSession(sessions);
  const { artifactUri } = await catalog.run(runId);
  return `${artifactUri.replace(/\/+$/, '')}/${path}`;
}

/** `mlflow.artifact.openAsFolder`: adds the artifacts of a run, or a folder among them, to the workspace, after a question. */
export async function openAsFolder(
  { sessions, report, selection }: ArtifactContext,
  given: unknown,
): Promise<void> {
  const place = folderOf(given ?? selection()[0]) ?? (await pickRun(sessions));
  if (!place) return;
  const { runId, path = '' }: RunTarget & Partial<ArtifactPlace> = place;
  const { catalog, connection } = await demandSession(sessions);
  const run = await catalog.run(runId);
  const name = plainText(`${run.name || run.id}${path === '' ? '' : `/${path}`}`, 80);
  const uri = vscode.Uri.from(toArtifactUri(connection, { runId: run.id, path }));
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.some((folder) => folder.uri.toString() === uri.toString()))
    throw new UserError(`The artifacts of ${name} are a folder of this workspace already.`);
  const detail = vscode.workspace.workspaceFile
    ? 'They are only read.'
    : 'They are only read. VS Code makes a workspace of several folders for it, and starts extensions anew.';
  if (await report.confirm(`Add the artifacts of ${name} to the workspace?`, detail, 'Add Folder'))
    vscode.workspace.updateWorkspaceFolders(folders.length, 0, { uri, name: `${name} (artifacts)` });
}

/** The folder that a row stands for: a run's root, or where an artifact lies. */
function folderOf(row: unknown): ArtifactPlace | undefined {
  if (isUri(row)) return readArtifactUri(row);
  const runId = runIdOf(row);
  if (runId === undefined) return undefined;
  const { artifact } = row as { readonly artifact?: Artifact };
  if (!artifact) return { runId, path: '' };
  return { runId, path: artifact.isDirectory ? artifact.path : splitPath(artifact.path).folder };
}

/** The run of a row, a target or an artifact's URI. */
export function runIdOf(row: unknown): string | undefined {
  return isUri(row) ? readArtifactUri(row)?.runId : (row as Partial<RunTarget> | undefined)?.runId;
}

/** The runs among rows and targets; the same may be selected in two places of the tree. */
export function runsIn(rows: readonly unknown[]): readonly RunTarget[] {
  const runs = (rows as readonly ({ readonly kind?: string } & Partial<RunTarget>)[]).filter(
    ({ kind = 'run' }) => kind === 'run',
  );
  return [...new Set(runs.map(({ runId }) => runId))].flatMap((runId) =>
    runId === undefined ? [] : [{ runId }],
  );
}

function isUri(row: unknown): row is vscode.Uri {
  return row instanceof vscode.Uri;
}
