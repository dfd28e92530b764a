import type { Edit } from '../editing/edit';
import type { Editing } from '../editing/editing';
import { nameThing } from '../editing/tagTargets';
import type { Session } from '../session';
import { isUnfinished, type Run } from '../tracking/model';

/** A sweep has no more; one that has is marked in parts. */
const mostNested = 1000;

/**
 * Marks a run and those nested in it KILLED, where they have not ended, by the store's own editor. False where it has none, and
 * nothing was done.
 */
export async function markKilled(
  session: Session,
  editing: Pick<Editing, 'run'>,
  run: Run,
  signal: AbortSignal,
): Promise<boolean> {
  if (!(await session.store.editor?.('runs', signal))) return false;
  const nested = await findNested(session, run, signal);
  const edits = [...nested, run].filter(isUnfinished).map((one) => endAsKilled(one, Date.now()));
  await editing.run(session, `mark ${nameThing('run', run.name || run.id)} as killed`, edits);
  return true;
}

async function findNested({ catalog }: Session, { id, experimentId }: Run, signal: AbortSignal) {
  // Ids of runs come from the store; one with a quote in it is none of MLflow's.
  if (id.includes("'")) return [];
  const filter = `tags.\`mlflow.parentRunId\` = '${id}'`;
  const query = { experimentIds: [experimentId], view: 'active', filter, pageSize: mostNested } as const;
  return (await catalog.searchRuns(query, signal)).items;
}

/** There is no way back: a run that is RUNNING again would claim that something works on it. */
function endAsKilled({ id, name, experimentId }: Run, endedAt: number): Edit {
  return {
    part: 'runs',
    label: `mark ${nameThing('run', name || id)} as killed`,
    apply: (editor, signal) => editor.endRun(id, 'KILLED', endedAt, signal),
    changes: [{ kind: 'runs', experimentId }],
    preview: { kind: 'run', id, change: (it) => ({ ...it, status: 'KILLED', endedAt }) },
  };
}
