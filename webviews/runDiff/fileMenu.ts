import type { RunColumn, RunDiff } from '../protocol/runDiff';
import type { MenuItem } from '../shared/menu';
import { clampText, visibleText } from '../shared/text';

/** What can be done with a run's file: `compare` is given the runs whose files at the path are meant. */
export function fileMenuItems(
  { runs, baseline }: Pick<RunDiff, 'runs' | 'baseline'>,
  run: RunColumn,
  hasFile: boolean,
  compare: (runIds: readonly string[]) => void,
): readonly MenuItem[] {
  const base = runs[baseline];
  const isThere = (one: RunColumn) => one.trouble === undefined;
  const others =
    run === base ? runs.filter((one) => one !== run && isThere(one)) : base && isThere(base) ? [base] : [];
  const nameOf = ({ name, id }: RunColumn) => visibleText(clampText(name || id, 40, 1).text);
  return [
    ...others.map((other) => ({
      kind: 'action' as const,
      label: `Compare with ${nameOf(other)}`,
      run: () => compare(run === base ? [run.id, other.id] : [other.id, run.id]),
    })),
    {
      kind: 'action',
      label: 'Compare with Workspace File…',
      isDisabled: !hasFile,
      run: () => compare([run.id]),
    },
  ];
}
