import type { Session } from '../session';
import type { Run } from '../tracking/model';
import { demandSession } from '../ui/demandSession';
import { formatCount, formatSize } from '../ui/numbers';
import { pickRun } from '../ui/pickRun';
import { plainText } from '../ui/text';
import { UserError } from '../ui/userError';
import { withCancel } from '../ui/withCancel';
import type { TransferContext, TransferPlace } from './transferContext';
import { TransferPythons } from './transferPythonDialog';
import { askReplacing, askSources, confirmTransfer, pickArtifact } from './transferDialog';
import { composeFailure } from './transferFailures';
import { TransferMeter } from './transferMeter';
import { findTransferSource, findUpload } from './transferSource';
import { uploadFiles } from './uploadFiles';
import { findPresent, planUpload, type PlannedUpload } from './uploadPlan';

/** `mlflow.artifact.upload`: files or a folder of this machine, to a folder among a run's artifacts. */
export async function uploadArtifacts(
  context: TransferContext,
  given: TransferPlace | undefined,
): Promise<void> {
  const session = await demandSession(context.sessions);
  const ending = new AbortController();
  const pythons = new TransferPythons(context, ending.signal);
  try {
    const place = given ?? (await pickPlace(context, session, pythons));
    if (place) await uploadTo(context, session, place, pythons);
  } finally {
    ending.abort();
    pythons.dispose();
  }
}

async function uploadTo(
  context: TransferContext,
  session: Session,
  place: TransferPlace,
  pythons: TransferPythons,
): Promise<void> {
  const sources = await askSources();
  if (sources.length === 0) return;
  const plan = await withCancel('Looking at what is to be uploaded', (signal) =>
    planUpload(sources, place.path, signal),
  );
  const size = sizeOf(plan.files);
  const asked = { count: plan.files.length, size, leftOut: plan.leftOut };
  if (!(await confirmTransfer(context.report, 'Upload', asked))) return;
  if (plan.files.length === 0) throw new UserError('There are no files to upload.');
  const run = await session.catalog.run(place.runId);
  try {
    const files = await settlePresent(session, run, plan.files, pythons);
    if (files && files.length > 0) await upload(context, session, run, files, pythons);
  } finally {
    session.catalog.refreshContents(run.experimentId, run.id);
  }
}

async function pickPlace(
  { sessions }: TransferContext,
  { catalog, store }: Session,
  pythons: TransferPythons,
): Promise<TransferPlace | undefined> {
  const run = await pickRun(sessions);
  if (!run) return undefined;
  const purpose = { title: 'Choose the folder to upload to', isFolder: true };
  const path = await pickArtifact(pythons.lister(store, await catalog.run(run.runId)), purpose);
  return path === undefined ? undefined : { runId: run.runId, path };
}

/** Asks what becomes of artifacts that are there already; undefined when the user turns away. */
async function settlePresent(
  { store }: Session,
  run: Run,
  files: readonly PlannedUpload[],
  pythons: TransferPythons,
): Promise<readonly PlannedUpload[] | undefined> {
  const present = await withCancel('Looking at the artifacts of the run', async (signal) => {
    const source = await findTransferSource(store, run, (place) => pythons.open(place), signal);
    return await findPresent(
      files.map(({ path }) => path),
      (folder) => source.list(folder, signal),
    );
  });
  if (present.size === 0) return files;
  const choice = await askReplacing([...present]);
  return choice === 'skip' ? files.filter(({ path }) => !present.has(path)) : choice && files;
}

async function upload(
  { report }: TransferContext,
  { store }: Session,
  run: Run,
  files: readonly PlannedUpload[],
  pythons: TransferPythons,
): Promise<void> {
  const size = sizeOf(files);
  const what = files.length === 1 ? plainText(files[0]?.path ?? '', 60) : formatCount(files.length, 'file');
  const outcome = await withCancel(`Uploading ${what}`, async (signal, advance) => {
    const meter = new TransferMeter(size);
    const send = await findUpload(store, run, (place) => pythons.open(place), signal);
    const onBytes = (count: number): void => {
      if (meter.add(count)) advance(meter.describe(), meter.percent);
    };
    return await uploadFiles(files, send, onBytes, signal);
  });
  const failure = composeFailure(outcome, files.length, 'uploaded');
  if (failure) throw failure;
  report.info(`Uploaded ${what} (${formatSize(size)}) to ${plainText(run.name || run.id, 60)}.`);
}

function sizeOf(files: readonly PlannedUpload[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
