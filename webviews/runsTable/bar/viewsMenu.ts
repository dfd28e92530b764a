import type { SavedView, TableFacts } from '../../protocol/runsTable';
import { button, element } from '../../shared/dom';
import { openMenu, type MenuItem } from '../../shared/menu';
import { clampText, visibleText } from '../../shared/text';
import { plainArrangement } from '../../protocol/arrangement';
import type { TableHost } from '../tableHost';
import { openPopover } from './popover';

export interface ViewsActions {
  readonly host: TableHost;
  readonly attempt: (step: () => Promise<unknown>) => void;
}

/** The saved views: to open one, save the present arrangement, delete one, or begin anew. */
export function openViewsMenu(
  anchor: HTMLElement,
  { views, sharing }: Pick<TableFacts, 'views' | 'sharing'>,
  actions: ViewsActions,
): void {
  const { host, attempt } = actions;
  const reset: MenuItem = {
    kind: 'action',
    label: 'Reset View',
    run: () => host.arrange({ ...plainArrangement, groupBy: undefined }),
  };
  const save: MenuItem = {
    kind: 'action',
    label: 'Save View…',
    run: () => openSaveDialog(anchor, sharing, actions),
  };
  const remove: MenuItem = {
    kind: 'action',
    label: 'Delete View…',
    icon: 'trash',
    run: () =>
      openMenu(
        anchor,
        'Delete View',
        views.map((view) => viewItem(view, () => attempt(() => host.actOnView(view, 'delete')))),
      ),
  };
  const open = views.map((view) => viewItem(view, () => attempt(() => host.actOnView(view, 'open'))));
  openMenu(anchor, 'Views', [
    ...open,
    ...(open.length > 0 ? [{ kind: 'separator' } as const] : []),
    save,
    ...(open.length > 0 ? [remove] : []),
    reset,
  ]);
}

function viewItem(view: SavedView, run: () => void): MenuItem {
  const name = clampText(visibleText(view.name), 60, 1).text;
  return { kind: 'action', label: view.isShared ? `${name} (shared)` : name, run };
}

function openSaveDialog(
  anchor: HTMLElement,
  sharing: TableFacts['sharing'],
  { host, attempt }: ViewsActions,
): void {
  const popover = openPopover(anchor, 'Save View', 'save-view', () => undefined);
  const name = element('input', { class: 'field', aria: { label: 'Name of the view' } });
  name.type = 'text';
  name.maxLength = 100;
  name.placeholder = 'Name of the view';
  const share = element('input');
  share.type = 'checkbox';
  share.disabled = !sharing.isPossible;
  const why = sharing.isPossible
    ? 'As a tag of the experiment, for all who see it'
    : visibleText(sharing.why ?? 'Not possible here');
  const save = () => {
    const chosen = name.value.trim();
    if (chosen === '') return;
    popover.close();
    attempt(() => host.actOnView({ name: chosen, isShared: share.checked }, 'save'));
  };
  popover.element.addEventListener('keydown', ({ key, isComposing, target }) => {
    if (key === 'Enter' && !isComposing && target instanceof HTMLInputElement) save();
  });
  popover.element.append(
    name,
    element('label', { class: 'check' }, share, element('span', {}, 'Share')),
    element('p', { class: 'quiet stranger' }, why),
    button({ class: 'button primary', onClick: save }, 'Save'),
  );
  name.focus();
}
