import type { Catalog } from '../catalog/catalog';
import type { EditTarget } from '../manifest';
import type { Experiment, Run } from '../tracking/model';

/** An experiment or a run, as it is now. */
export type Thing =
  | { readonly kind: 'experiment'; readonly experiment: Experiment }
  | { readonly kind: 'run'; readonly run: Run };

/** Those of the rows that are experiments or runs; what lies below a run is neither, though it knows its run. */
export function onlyTargets(rows: readonly unknown[]): readonly EditTarget[] {
  return rows.filter(isTarget);
}

function isTarget(row: unknown): row is EditTarget {
  if (typeof row !== 'object' || row === null) return false;
  const { kind } = row as { readonly kind?: unknown };
  return (
    (kind === undefined || kind === 'experiment' || kind === 'run') &&
    ('runId' in row || 'experimentId' in row)
  );
}

/** The things as they are now, each once; experiments that are gone are left out. Rejects as the store does. */
export async function readThings(
  catalog: Pick<Catalog, 'experiments' | 'findExperiment' | 'run'>,
  targets: readonly EditTarget[],
): Promise<readonly Thing[]> {
  const runIds = new Set(targets.flatMap((target) => ('runId' in target ? target.runId : [])));
  const experimentIds = new Set(targets.flatMap((target) => ('runId' in target ? [] : target.experimentId)));
  if (experimentIds.size > 0) await catalog.experiments();
  const experiments = [...experimentIds].flatMap((id) => catalog.findExperiment(id) ?? []);
  const runs = await Promise.all([...runIds].map((id) => catalog.run(id)));
  return [
    ...experiments.map((experiment) => ({ kind: 'experiment', experiment }) as const),
    ...runs.map((run) => ({ kind: 'run', run }) as const),
  ];
}

export function lifecycleOf(thing: Thing) {
  return thing.kind === 'run' ? thing.run.lifecycle : thing.experiment.lifecycle;
}
