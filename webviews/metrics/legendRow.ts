import type { RunStatus } from '../protocol/runSummary';
import { button, element } from '../shared/dom';
import { icon, type IconName } from '../shared/icons';
import { visibleText } from '../shared/text';
import { createChip } from './chip';
import { iconButton } from '../shared/controls';
import type { ChartLine } from './lines';

export interface LegendRowActions {
  setDrawn(id: string, isDrawn: boolean): void;
  isolate(id: string): void;
  openRun(id: string): void;
  /** The line under the pointer or the focus; undefined when it left. */
  readonly emphasize: (id: string | undefined) => void;
}

export interface LegendRow {
  readonly element: HTMLElement;
  update(line: ChartLine, isIsolated: boolean): void;
}

const statuses: Readonly<Partial<Record<RunStatus, { readonly glyph: IconName; readonly label: string }>>> = {
  RUNNING: { glyph: 'running', label: 'Running' },
  SCHEDULED: { glyph: 'scheduled', label: 'Scheduled' },
  FAILED: { glyph: 'failed', label: 'Failed' },
  KILLED: { glyph: 'killed', label: 'Killed' },
};

/** A line of the charts: its stroke, its name, and what can be done with it. */
export function createLegendRow(id: string, actions: LegendRowActions): LegendRow {
  const box = element('input', { class: 'line-stop', tabIndex: -1 });
  box.type = 'checkbox';
  box.addEventListener('change', () => {
    actions.setDrawn(id, box.checked);
  });
  const chip = createChip();
  const name = element('span', { class: 'line-name' });
  const status = element('span', { class: 'line-status' });
  const only = button({ class: 'only line-stop', tabIndex: -1, onClick: () => actions.isolate(id) }, 'Only');
  const open = iconButton('Open run', icon('external'), () => {
    actions.openRun(id);
  });
  open.classList.add('line-stop');
  open.tabIndex = -1;
  const label = element('label', { class: 'line-label' }, box, chip.element, name, status);
  const row = element('li', { class: 'line' }, label, only, open);
  listen(row, id, actions);
  let last: { readonly line: ChartLine; readonly isIsolated: boolean } | undefined;
  const update = (line: ChartLine, isIsolated: boolean) => {
    if (last && isSame(last.line, line) && last.isIsolated === isIsolated) return;
    last = { line, isIsolated };
    const text = visibleText(line.name);
    name.textContent = text;
    label.title = line.isRun ? text : `${text}: ${line.runIds.length} runs`;
    box.checked = line.isDrawn;
    row.classList.toggle('is-hidden', !line.isDrawn);
    chip.set(line.color);
    showStatus(status, line.status);
    only.setAttribute('aria-pressed', String(isIsolated));
    only.setAttribute('aria-label', `Show only ${text}`);
    only.title = isIsolated ? 'Show the others again' : 'Show only this';
    open.hidden = !line.isRun;
    open.setAttribute('aria-label', `Open ${text}`);
  };
  return { element: row, update };
}

function listen(row: HTMLElement, id: string, { emphasize }: LegendRowActions): void {
  const begin = () => {
    emphasize(id);
  };
  const end = () => {
    emphasize(undefined);
  };
  row.addEventListener('pointerenter', begin);
  row.addEventListener('pointerleave', end);
  row.addEventListener('focusin', begin);
  row.addEventListener('focusout', end);
}

function isSame(a: ChartLine, b: ChartLine): boolean {
  const isAlike = a.name === b.name && a.color === b.color && a.status === b.status;
  return isAlike && a.isDrawn === b.isDrawn && a.runIds.length === b.runIds.length;
}

function showStatus(place: HTMLElement, status: RunStatus | undefined): void {
  const shown = status && statuses[status];
  place.className = `line-status status-${shown?.glyph ?? 'none'}`;
  place.title = shown?.label ?? '';
  place.replaceChildren(
    ...(shown ? [icon(shown.glyph), element('span', { class: 'visually-hidden' }, shown.label)] : []),
  );
}
