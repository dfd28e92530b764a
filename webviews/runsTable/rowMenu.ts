import type { RunAction } from '../protocol/runsTable';
import type { MenuItem } from '../shared/menu';
import { formatCount } from '../shared/text';
import type { RowHead } from './blockCache';

/** What can be done with a row. */
export interface RowMenuContext {
  readonly head: RowHead;
  /** What the actions are for: the selected runs where the row is one of them, else the row's own. */
  readonly runIds: readonly string[];
  /** What the cell holds as it is in the store; undefined where it holds nothing. */
  readonly cellValue: string | undefined;
  readonly pinnedRuns: readonly string[];
  readonly act: (action: RunAction, runIds: readonly string[]) => void;
  readonly pin: (pinnedRuns: readonly string[]) => void;
  readonly fold: (id: string) => void;
  readonly copy: (text: string) => void;
}

const separator: MenuItem = { kind: 'separator' };

export function rowMenuItems(context: RowMenuContext): readonly MenuItem[] {
  const { head } = context;
  const items = head.kind === 'group' ? [] : [...runItems(context), separator, ...editItems(context)];
  const fold: readonly MenuItem[] =
    head.fold === undefined
      ? []
      : [action(head.fold === 'open' ? 'Collapse' : 'Expand', () => context.fold(head.id))];
  const copy = copyItems(context);
  return [...fold, ...items, ...(items.length > 0 ? [separator] : []), ...copy];
}

function runItems({ runIds, pinnedRuns, act, pin }: RowMenuContext): readonly MenuItem[] {
  const count = runIds.length;
  const isMany = count > 1;
  const arePinned = runIds.every((id) => pinnedRuns.includes(id));
  const others = pinnedRuns.filter((id) => !runIds.includes(id));
  return [
    ...(isMany
      ? [action(`Compare ${formatCount(count, 'Run')}`, () => act('compare', runIds))]
      : [action('Open Run', () => act('open', runIds))]),
    action(isMany ? `Chart ${formatCount(count, 'Run')}` : 'Chart Metrics', () => act('chart', runIds)),
    ...(isMany ? [] : [action('Open in Browser', () => act('openInBrowser', runIds))]),
    arePinned
      ? action(isMany ? 'Unpin Runs' : 'Unpin Run', () => pin(others))
      : action(isMany ? 'Pin Runs to the Top' : 'Pin Run to the Top', () => pin([...others, ...runIds])),
  ];
}

function editItems({ runIds, act }: RowMenuContext): readonly MenuItem[] {
  const isMany = runIds.length > 1;
  return [
    ...(isMany ? [] : [action('Rename…', () => act('rename', runIds))]),
    action('Edit Tags…', () => act('editTags', runIds)),
    action(isMany ? `Delete ${formatCount(runIds.length, 'Run')}` : 'Delete Run', () =>
      act('delete', runIds),
    ),
  ];
}

function copyItems({ head, runIds, cellValue, act, copy }: RowMenuContext): readonly MenuItem[] {
  const ids =
    head.kind === 'group'
      ? []
      : [action(runIds.length > 1 ? 'Copy Run IDs' : 'Copy Run ID', () => act('copyIds', runIds))];
  const value = cellValue === undefined ? [] : [action('Copy Value', () => copy(cellValue))];
  return [...ids, ...value];
}

function action(label: string, run: () => void): MenuItem {
  return { kind: 'action', label, run };
}
