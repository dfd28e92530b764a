import type { LoggedModel, Run } from '../tracking/model';
import { readCommit } from '../tracking/runSource';
import type { DiffRow, DiffSection, RunColumn, RunDiff, SectionId } from '../../webviews/protocol/runDiff';
import { diffMetrics, type DirectionOf } from './diffMetrics';
import { rowsByKey, toRow } from './diffRows';
import { flattenParams } from './flatten';
import { details, isDirty, readTags } from './runFacts';
import { readDatasets, readModels } from './runParts';

/** One of the runs to compare, as far as it is known. */
export type RunSource =
  | {
      readonly kind: 'run';
      readonly run: Run;
      readonly experimentName: string | undefined;
      /** Undefined while they are not read. */
      readonly models: readonly LoggedModel[] | undefined;
    }
  /** It was deleted for good, or cannot be read: its column says why, the others stay. */
  | { readonly kind: 'unknown'; readonly id: string; readonly name: string; readonly cause: string };

export interface DiffOptions {
  /** The place of the run that metrics are measured against. */
  readonly baseline: number;
  readonly directionOf: DirectionOf;
  /** The colours of the runs, in their order; they are told apart by their places where it is absent. */
  readonly colors?: readonly number[];
  /** What could not be read of the models. */
  readonly modelTrouble?: string;
}

/** Compares runs: JSON only, rows in reading order, each text bounded. */
export function diffRuns(sources: readonly RunSource[], options: DiffOptions): RunDiff {
  const { baseline, directionOf, colors, modelTrouble } = options;
  const runs = sources.map((source) => (source.kind === 'run' ? source.run : undefined));
  const models = sources.map((source) =>
    source.kind === 'run' && source.models ? readModels(source.run, source.models) : undefined,
  );
  const sections = [
    toSection('details', diffDetails(sources)),
    toSection('params', rowsByKey(runs.map((run) => run && flattenParams(run.params)))),
    toSection(
      'metrics',
      diffMetrics(
        runs.map((run) => run?.metrics),
        baseline,
        directionOf,
      ),
    ),
    toSection('tags', rowsByKey(runs.map((run) => run && readTags(run)))),
    toSection('datasets', rowsByKey(runs.map((run) => run && readDatasets(run)))),
    {
      ...toSection('models', rowsByKey(models)),
      ...(modelTrouble === undefined ? {} : { trouble: modelTrouble }),
    },
  ];
  const columns = sources.map((source, index): RunColumn => {
    const color = colors?.[index];
    return { ...toColumn(source), ...(color === undefined ? {} : { color }) };
  });
  return { runs: columns, baseline, sections };
}

function toSection(id: SectionId, rows: readonly DiffRow[]): DiffSection {
  return { id, rows, equal: rows.filter(({ state }) => state === 'equal').length };
}

function diffDetails(sources: readonly RunSource[]): readonly DiffRow[] {
  const rows = details.map(({ label, format, read }) => {
    const cells = sources.map((source) => {
      if (source.kind === 'unknown') return null;
      const value = read(source.run, source.experimentName);
      return value === undefined || value === '' ? undefined : String(value);
    });
    return toRow(label, cells, format && { format });
  });
  return rows.filter(({ values }) => values.length > 0);
}

function toColumn(source: RunSource): RunColumn {
  if (source.kind === 'unknown') {
    const { id, name, cause } = source;
    return { id, name, status: 'UNKNOWN', isDeleted: false, trouble: cause };
  }
  const { run, experimentName, models } = source;
  const { id, name, status, lifecycle, problem } = run;
  const commit = readCommit(run);
  return {
    ...{ id, name, status, isDeleted: lifecycle === 'deleted' },
    ...(experimentName === undefined ? {} : { experimentName }),
    ...(problem === undefined ? {} : { problem }),
    ...(commit === undefined ? {} : { commit }),
    ...(isDirty(run, models ?? []) ? { isDirty: true } : {}),
  };
}
