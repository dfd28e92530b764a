import { event, request } from './channel';
import { isArrayOf, isBoolean, isOneOf, isRecordOf, isText } from './guards';
import type { RunStatus } from './runSummary';

/** The comparison of 2 to 20 runs. All values are JSON, and all text in them is a stranger's. */

/** Fewer are nothing to compare, more do not fit a screen. */
export const fewestRuns = 2;
export const mostRuns = 20;

/** Which runs of which connection; this is what survives a restart of VS Code. */
export interface RunDiffSubject {
  /** In the order of their columns. */
  readonly runIds: readonly string[];
  readonly connectionUri: string;
  /** The run that metrics are measured against. */
  readonly baselineId: string;
}

const isRunIds = isArrayOf(isText);

export const isRunDiffSubject = isRecordOf<RunDiffSubject>({
  runIds: (value): value is readonly string[] =>
    isRunIds(value) && value.length >= fewestRuns && value.length <= mostRuns,
  connectionUri: isText,
  baselineId: isText,
});

export type RunDiffSnapshot =
  | { readonly kind: 'loading'; readonly subject: RunDiffSubject }
  | { readonly kind: 'failed'; readonly subject: RunDiffSubject; readonly cause: string }
  | { readonly kind: 'ready'; readonly subject: RunDiffSubject; readonly diff: RunDiff };

export interface RunDiff {
  readonly runs: readonly RunColumn[];
  /** The place of the baseline among the runs. */
  readonly baseline: number;
  readonly sections: readonly DiffSection[];
}

/** A run as the head of its column. */
export interface RunColumn {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly isDeleted: boolean;
  readonly experimentName?: string;
  /** Why there is nothing of the run to compare: it is gone, or cannot be read. Its cells say nothing then. */
  readonly trouble?: string;
  /** What is wrong with the run as it lies in the store. */
  readonly problem?: string;
  /** Its place in the palette of the charts; by its order among the runs where that is not known. */
  readonly color?: number;
  /** The git commit that it ran from. */
  readonly commit?: string;
  /** It ran with changes that were not committed. */
  readonly isDirty?: boolean;
}

export const sectionIds = ['details', 'params', 'metrics', 'tags', 'datasets', 'models'] as const;
export type SectionId = (typeof sectionIds)[number];
export const partIds = [...sectionIds, 'artifacts'] as const;
/** A section, or the artifacts, which are read as they are looked at. */
export type PartId = (typeof partIds)[number];

/** What the parts are called, on the page and in copies. */
export const partTitles: Readonly<Record<PartId, string>> = {
  details: 'Details',
  params: 'Parameters',
  metrics: 'Metrics',
  tags: 'Tags',
  datasets: 'Datasets',
  models: 'Models',
  artifacts: 'Artifacts',
};

export interface DiffSection {
  readonly id: SectionId;
  /** In reading order. */
  readonly rows: readonly DiffRow[];
  /** How many of the rows are equal. */
  readonly equal: number;
  /** What of the section could not be read. */
  readonly trouble?: string;
}

/**
 * How the values of a row compare, over all runs that could be read. `type` and `space` say that they mean the same and are
 * written otherwise: as another type, or with other white space. `missing`: those that have it agree, some have none.
 */
export type RowState = 'equal' | 'type' | 'space' | 'missing' | 'differs';

/** The cell of a run that has no such value, and that of a run which could not be read. */
export const missingCell = -1;
export const unknownCell = -2;

export interface DiffRow {
  readonly key: string;
  readonly state: RowState;
  /** The values, each once, in the order of the runs. */
  readonly values: readonly string[];
  /** For each run, which of the values it has; or `missingCell`, or `unknownCell`. */
  readonly cells: readonly number[];
  /** What the values are, where they are not to be shown as they are. Times are milliseconds since the epoch. */
  readonly format?: 'time' | 'duration' | 'size' | 'number';
  /** Of a metric: how each run's value compares with the baseline's; null where there is nothing to compare. */
  readonly changes?: readonly (Change | null)[];
}

/** A metric against the baseline's. Numbers are text: NaN and infinities have no place in JSON. */
export interface Change {
  readonly delta: string;
  /** Of the baseline's size, in percent; absent where the baseline is 0 or not finite. */
  readonly percent?: string;
  /** `neutral`: what the machine did is neither better nor worse. */
  readonly verdict: 'better' | 'worse' | 'same' | 'neutral';
}

/** Extension → view: all there is to show, replacing what was there. */
export const show = event<RunDiffSnapshot>('runDiff/show');

/** View → extension: read the runs again, or try again after a failure. Settles when the new state was sent. */
export const refresh = request<null, null>('runDiff/refresh', (value): value is null => value === null);

export interface ArtifactRow extends DiffRow {
  /** Relative to the runs' artifact roots; `key` is its last part. */
  readonly path: string;
  /** It is a folder in every run that has it. */
  readonly isDirectory: boolean;
}

export interface ArtifactDiff {
  /** Folders first. Values are sizes in bytes, `folder`, or empty where the store does not say. */
  readonly rows: readonly ArtifactRow[];
  /** For each run why its folder could not be read, or null. */
  readonly failures: readonly (string | null)[];
}

/** View → extension: what lies directly in a folder of the runs' artifacts, `''` being the root, by path and size. */
export const loadArtifacts = request<{ readonly path: string }, ArtifactDiff>(
  'runDiff/loadArtifacts',
  isRecordOf({ path: isText }),
);

const actions = ['open', 'remove', 'setBaseline', 'compareInDiffEditor', 'compareSource'] as const;
export type ColumnAction = (typeof actions)[number];

/** View → extension: do this with a run; the comparing actions take the baseline for the other one. */
export const columnAction = event<{ readonly action: ColumnAction; readonly runId: string }>(
  'runDiff/columnAction',
  isRecordOf({ action: isOneOf(...actions), runId: isText }),
);

/** View → extension: compare a file of these runs in the editor's diff, or that of one run with a file of the workspace. */
export const compareArtifact = event<{ readonly path: string; readonly runIds: readonly string[] }>(
  'runDiff/compareArtifact',
  isRecordOf({
    path: isText,
    runIds: (value): value is readonly string[] =>
      isRunIds(value) && (value.length === 1 || value.length === 2),
  }),
);

/** What of the rows is wanted. */
export interface RowChoice {
  readonly query: string;
  /** Parts whose equal rows are wanted too. */
  readonly withEqual: readonly PartId[];
}

export interface DiffCopy extends RowChoice {
  readonly format: (typeof formats)[number];
  readonly isTransposed: boolean;
  /** The folders of artifacts that are shown. */
  readonly folders: readonly string[];
}

const formats = ['markdown', 'csv'] as const;

/** View → extension: put the chosen rows on the clipboard. Settles when they are there. */
export const copyDiff = request<DiffCopy, null>(
  'runDiff/copyDiff',
  isRecordOf<DiffCopy>({
    query: isText,
    withEqual: isArrayOf(isOneOf(...partIds)),
    folders: isArrayOf(isText),
    format: isOneOf(...formats),
    isTransposed: isBoolean,
  }),
);

/** The words of a query: all must be found in a row, in any order and case. */
export function wordsOf(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Whether the filter lets the row through. */
export function matchesWords(
  { key, values }: Pick<DiffRow, 'key' | 'values'>,
  words: readonly string[],
): boolean {
  if (words.length === 0) return true;
  const haystack = [key, ...values].join('\n').toLowerCase();
  return words.every((word) => haystack.includes(word));
}
