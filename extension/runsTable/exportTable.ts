import { nextOf } from '../catalog/emitter';
import { formatCount } from '../ui/numbers';
import { UserError } from '../ui/userError';
import type { Column, ExportFormat, RunsExport } from '../../webviews/protocol/runsTable';
import { chooseColumns, renderRuns } from './renderRuns';
import type { ExportedRun, TableModel } from './tableModel';

/** Where a text can go to. */
export interface ExportPlaces {
  /** Asks where to, and writes what comes; false when the user turns away or stops it. */
  readonly save: (file: {
    readonly name: string;
    readonly ending: string;
    readonly title: string;
    readonly write: (signal: AbortSignal, advance: (percent: number) => void) => AsyncIterable<string>;
  }) => Promise<boolean>;
  readonly copy: (text: string) => Thenable<unknown>;
  /** Says that the text is too large for the clipboard; true when the user would rather have a file. */
  readonly offerFile: (message: string) => Promise<boolean>;
}

const endings: Readonly<Record<ExportFormat, string>> = { csv: 'csv', json: 'json', markdown: 'md' };

/** In characters: more makes other programs stall that watch the clipboard. */
const mostToCopy = 5 * 2 ** 20;

/** The runs that are wanted of a table, with their columns. */
interface Selection {
  readonly model: TableModel;
  readonly runIds: readonly string[];
  readonly columns: readonly Column[];
}

/**
 * Exports runs of a table; all that are found, reading them first, if none is named. Tells how many, or null when the user
 * turned away. `name` is what the file is called at first.
 */
export async function exportTable(
  model: TableModel,
  { format, to, runIds, columns }: RunsExport,
  {
    name,
    places,
    signal,
  }: { readonly name: string; readonly places: ExportPlaces; readonly signal: AbortSignal },
): Promise<{ readonly runCount: number } | null> {
  const selection = {
    model,
    runIds,
    columns: chooseColumns(columns === 'all' ? model.allColumns() : model.columns()),
  };
  if (to === 'clipboard') {
    const runCount = await copyRuns(selection, format, places, signal);
    if (runCount !== undefined) return { runCount };
    const message = 'The runs are more than 5 MB of text, which is too much for the clipboard.';
    if (!(await places.offerFile(message))) return null;
  }
  return await saveRuns(selection, format, name, places);
}

/** How many were copied; undefined if they are too much. */
async function copyRuns(
  selection: Selection,
  format: ExportFormat,
  { copy }: ExportPlaces,
  signal: AbortSignal,
): Promise<number | undefined> {
  const counter = new Counter(() => undefined);
  let text = '';
  for await (const piece of renderRuns(
    format,
    selection.columns,
    counter.count(readRuns(selection, signal)),
  )) {
    text += piece;
    if (text.length > mostToCopy) return undefined;
  }
  await copy(text);
  return counter.runCount;
}

async function saveRuns(
  selection: Selection,
  format: ExportFormat,
  name: string,
  { save }: ExportPlaces,
): Promise<{ readonly runCount: number } | null> {
  let runCount = 0;
  const total = selection.runIds.length || countRuns(selection.model);
  const isSaved = await save({
    name,
    ending: endings[format],
    title: `Exporting ${formatCount(total, 'run')}`,
    write: async function* (signal, advance) {
      const counter = new Counter((count) => advance((100 * count) / Math.max(1, total)));
      yield* renderRuns(format, selection.columns, counter.count(readRuns(selection, signal)));
      runCount = counter.runCount;
    },
  });
  return isSaved ? { runCount } : null;
}

/** Counts runs as they pass. */
class Counter {
  runCount = 0;

  constructor(private readonly onCount: (count: number) => void) {}

  async *count(batches: AsyncIterable<readonly ExportedRun[]>): AsyncGenerator<readonly ExportedRun[]> {
    for await (const batch of batches) {
      yield batch;
      this.runCount += batch.length;
      this.onCount(batch.length);
    }
  }
}

async function* readRuns(
  { model, runIds, columns }: Selection,
  signal: AbortSignal,
): AsyncGenerator<readonly ExportedRun[]> {
  if (runIds.length === 0) await readAll(model, signal);
  yield* model.exportRows(
    runIds,
    columns.map(({ id }) => id),
    signal,
  );
}

/** Has all runs read. Rejects if that ended before the last one, or with the signal's reason. */
async function readAll(model: TableModel, signal: AbortSignal): Promise<void> {
  if (hasMore(model)) model.readAll();
  try {
    for (let hasBegun = false; hasMore(model);) {
      const isReading = model.state.kind === 'ready' && model.state.reading?.all === true;
      if (hasBegun && !isReading) throw new UserError('Not all runs were read, so none was exported.');
      hasBegun ||= isReading;
      await nextOf(model.onDidChange, signal);
    }
  } finally {
    if (signal.aborted) model.stopReading();
  }
}

function hasMore({ state }: TableModel): boolean {
  return state.kind === 'ready' && state.hasMore;
}

function countRuns({ state }: TableModel): number {
  return state.kind === 'ready' ? state.runCount : 0;
}
