import type { ArtifactTarget, RunTarget } from '../manifest';
import type { Sessions } from '../session';
import { pickRuns } from '../ui/pickRuns';
import type { Report } from '../ui/report';
import { UserError } from '../ui/userError';

export interface RunDiffContext {
  readonly sessions: Sessions;
  readonly report: Pick<Report, 'info' | 'confirm'>;
  /** The Experiments view, whose selected rows are of whatever kind. */
  readonly tree: { readonly selection: readonly Row[] };
}

/** A row of a tree, or a target that was made for a command, which has no kind. */
type Row = { readonly kind?: string } & Partial<RunTarget> & Partial<ArtifactTarget>;

export interface HowMany {
  readonly least: number;
  readonly most: number;
  /** What the user is asked for, where too few are given. */
  readonly title: string;
}

/**
 * The runs to compare: those given, else those selected in the tree; where these are too few, the user picks, beginning with
 * them. Undefined when the user turns away; rejects where there are too many.
 */
export async function chooseRuns(
  { sessions, tree }: Pick<RunDiffContext, 'sessions' | 'tree'>,
  given: readonly (RunTarget | undefined)[],
  { least, most, title }: HowMany,
): Promise<readonly RunTarget[] | undefined> {
  const rows = given.filter((target) => target !== undefined);
  const runs = uniqueRuns(rows.length > 0 ? rows : tree.selection);
  if (runs.length > most) {
    throw new UserError(`${runs.length} runs are selected, but at most ${most} can be compared so.`);
  }
  return runs.length >= least ? runs : await pickRuns(sessions, { title, least, most, chosen: runs });
}

/** The same run may be selected in two places of the tree. */
function uniqueRuns(rows: readonly Row[]): readonly RunTarget[] {
  const ids = rows.flatMap(({ kind, runId }) =>
    runId !== undefined && (kind === undefined || kind === 'run') ? [runId] : [],
  );
  return [...new Set(ids)].map((runId) => ({ runId }));
}
