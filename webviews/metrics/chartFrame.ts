import { button, element, onChangeOf } from '../shared/dom';
import { icon } from '../shared/icons';
import { formatInteger, visibleText } from '../shared/text';
import { iconButton, toggleButton } from '../shared/controls';
import { splitName } from './layout';

export interface FrameActions {
  readonly togglePin: () => void;
  readonly toggleFullSize: () => void;
  readonly toggleTable: () => void;
  readonly resetZoom: () => void;
  readonly openMenu: (anchor: HTMLElement) => void;
}

export interface FrameState {
  readonly isPinned: boolean;
  readonly isFullSize: boolean;
  readonly isTableShown: boolean;
  readonly isZoomed: boolean;
  readonly isPreview: boolean;
  /** How many of the runs are still being read. */
  readonly pending: number;
  readonly runCount: number;
  /** One sentence each. */
  readonly failures: readonly string[];
}

const previewHelp = 'Drawn from a sample of the server, and from every point as soon as all are read';

/** The head of a chart: its metric, the state of its points, and what can be done with it. */
export function createFrameHead(metric: string, actions: FrameActions) {
  const [prefix, name] = splitName(metric).map(visibleText);
  const title = element(
    'h3',
    { class: 'chart-name', title: visibleText(metric) },
    element('span', { class: 'prefix' }, prefix),
    element('span', { class: 'stranger' }, name),
  );
  const preview = element('span', { class: 'badge', title: previewHelp, hidden: true }, 'preview');
  const pending = element('span', { class: 'pending quiet', hidden: true });
  const failures = element(
    'span',
    { class: 'failures', role: 'img', tabIndex: 0, hidden: true },
    icon('warning'),
  );
  const reset = iconButton('Reset zoom (0)', icon('zoomOut'), actions.resetZoom);
  const table = toggleButton('Show table (T)', actions.toggleTable, icon('table'));
  const pinGlyph = icon('pin');
  const pin = toggleButton('Pin to the top', actions.togglePin, pinGlyph);
  const sizeGlyph = icon('screenFull');
  const size = toggleButton('Full size (F)', actions.toggleFullSize, sizeGlyph);
  const menu = button(
    {
      class: 'icon-button',
      title: 'More actions',
      aria: { label: 'More actions', haspopup: 'menu', expanded: 'false' },
      onClick: () => actions.openMenu(menu),
    },
    icon('ellipsis'),
  );
  const tools = element(
    'div',
    { class: 'chart-tools' },
    reset,
    table.element,
    pin.element,
    size.element,
    menu,
  );
  return {
    element: element('header', { class: 'chart-head' }, title, preview, pending, failures, tools),
    menu,
    update: onChangeOf((state: FrameState) => {
      reset.hidden = !state.isZoomed;
      table.set(state.isTableShown);
      pin.set(state.isPinned);
      pinGlyph.className = `icon icon-${state.isPinned ? 'pinned' : 'pin'}`;
      size.set(state.isFullSize);
      sizeGlyph.className = `icon icon-${state.isFullSize ? 'screenNormal' : 'screenFull'}`;
      preview.hidden = !state.isPreview;
      pending.hidden = state.pending === 0;
      pending.textContent = describePending(state);
      failures.hidden = state.failures.length === 0;
      const told = state.failures.join('\n');
      failures.title = told;
      failures.setAttribute('aria-label', told);
    }),
  };
}

function describePending({ pending, runCount }: FrameState): string {
  return runCount <= 1 ? 'reading…' : `reading ${formatInteger(pending)} of ${formatInteger(runCount)} runs…`;
}
