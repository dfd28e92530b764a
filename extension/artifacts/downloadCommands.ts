import * as vscode from 'vscode';
import type { Session } from '../session';
import { demandSession } from '../ui/demandSession';
import { formatCount, formatSize } from '../ui/numbers';
import { pickRun } from '../ui/pickRun';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { withCancel } from '../ui/withCancel';
import { downloadFiles, sizeOfAll } from './downloadFiles';
import { planDownload, type DownloadPlan, type DownloadRoot, type PlannedFile } from './downloadPlan';
import { findFreeName, settleCollisions } from './downloadTarget';
import { toFileName } from './safeName';
import type { TransferContext, TransferPlace } from './transferContext';
import { TransferPythons } from './transferPythonDialog';
import { askCollision, askFile, askFolder, confirmTransfer, pickArtifact } from './transferDialog';
import { composeFailure, type TransferOutcome } from './transferFailures';
import { TransferMeter } from './transferMeter';
import { findTransferSource, type TransferSource } from './transferSource';

/** `mlflow.artifact.download`: files and folders of runs, to a place on this machine that the user chooses. */
export async function downloadArtifacts(
  context: TransferContext,
  given: readonly TransferPlace[],
): Promise<void> {
  const session = await demandSession(context.sessions);
  const ending = new AbortController();
  const pythons = new TransferPythons(context, ending.signal);
  try {
    const places = given.length > 0 ? withoutNested(given) : await pickPlaces(context, session, pythons);
    if (places.length === 0) return;
    const plan = await withCancel('Looking for what is to be downloaded', async (signal) =>
      planDownload(await findRoots(session, places, pythons, signal), signal),
    );
    const target = await chooseTarget(context, plan);
    if (target && target.files.length > 0) await download(context, session, target);
  } finally {
    ending.abort();
    pythons.dispose();
  }
}

/** What lies in a folder that is downloaded too comes with that. */
function withoutNested(places: readonly TransferPlace[]): readonly TransferPlace[] {
  const holds = (one: TransferPlace, { runId, path }: TransferPlace): boolean =>
    one.runId === runId && one.path !== path && (one.path === '' || path.startsWith(`${one.path}/`));
  return places.filter((place) => !places.some((one) => holds(one, place)));
}

async function pickPlaces(
  { sessions }: TransferContext,
  session: Session,
  pythons: TransferPythons,
): Promise<readonly TransferPlace[]> {
  const run = await pickRun(sessions);
  if (!run) return [];
  const list = pythons.lister(session.store, await session.catalog.run(run.runId));
  const path = await pickArtifact(list, { title: 'Choose what to download', isFolder: false });
  return path === undefined ? [] : [{ runId: run.runId, path }];
}

/** Each gets a name of its own below the target. */
async function findRoots(
  { catalog, store }: Session,
  places: readonly TransferPlace[],
  pythons: TransferPythons,
  signal: AbortSignal,
): Promise<readonly DownloadRoot[]> {
  const sources = new Map<string, TransferSource>();
  const roots: DownloadRoot[] = [];
  for (const { runId, path } of places) {
    const run = await catalog.run(runId);
    const openPython = (place: string) => pythons.open(place);
    const source = sources.get(runId) ?? (await findTransferSource(store, run, openPython, signal));
    sources.set(runId, source);
    const artifact = await findArtifact(source, path, signal);
    const wished = path === '' ? toFileName(run.name || run.id) : path.slice(path.lastIndexOf('/') + 1);
    const name = findFreeName(wished, (one) => roots.some((root) => root.name === one));
    roots.push({ runId, source, artifact, name });
  }
  return roots;
}

/** As it is listed now. */
async function findArtifact(source: TransferSource, path: string, signal: AbortSignal) {
  if (path === '') return { path, isDirectory: true, size: undefined };
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const found = (await source.list(folder, signal)).find((artifact) => artifact.path === path);
  if (found) return found;
  throw new UserError(`${plainText(path)} is not there any more.`);
}

interface Target {
  readonly folder: string;
  readonly files: readonly PlannedFile[];
}

/** Asks what has to be asked; undefined when the user turns away. */
async function chooseTarget(
  { report }: TransferContext,
  { files, leftOut }: DownloadPlan,
): Promise<Target | undefined> {
  const size = sizeOfAll(files) ?? 0;
  if (!(await confirmTransfer(report, 'Download', { count: files.length, size, leftOut }))) return undefined;
  const [only] = files;
  if (!only) throw new UserError('There are no files to download.');
  if (files.length === 1 && !only.root.artifact.isDirectory) {
    const chosen = await askFile(only.place);
    return chosen && { folder: chosen.folder, files: [{ ...only, place: chosen.name }] };
  }
  const folder = await askFolder();
  const settled = folder === undefined ? undefined : await settleCollisions(folder, files, askCollision);
  return folder === undefined || !settled ? undefined : { folder, files: settled };
}

async function download(
  { report }: TransferContext,
  { connection }: Session,
  { folder, files }: Target,
): Promise<void> {
  const size = sizeOfAll(files);
  const [first] = files;
  const what = files.length === 1 ? plainText(first?.place ?? '', 60) : formatCount(files.length, 'file');
  const outcome = await withCancel(`Downloading ${what}`, async (signal, advance) => {
    const meter = new TransferMeter(size);
    const onBytes = (count: number, isNew: boolean): void => {
      if (meter.add(count, isNew)) advance(meter.describe(), meter.percent);
    };
    return await downloadFiles(files, { folder, connectionUri: connection.uri, onBytes }, signal);
  });
  const failure = composeFailure(outcome, files.length, 'downloaded');
  if (failure) throw failure;
  void tellDone(report, folder, what, size, outcome);
}

async function tellDone(
  report: TransferContext['report'],
  folder: string,
  what: string,
  size: number | undefined,
  { done }: TransferOutcome,
): Promise<void> {
  const [only] = done;
  const sized = size === undefined ? '' : ` (${formatSize(size)})`;
  const isSingle = done.length === 1 && only !== undefined;
  const choice = await report.offer(
    'info',
    `Downloaded ${what}${sized} to ${folder}.`,
    ...(isSingle ? ['Open'] : []),
  );
  if (choice !== undefined && isSingle)
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(only));
}
