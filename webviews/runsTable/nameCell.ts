import type { RunStatus } from '../protocol/runSummary';
import { strokeOf } from '../shared/palette';
import { element } from '../shared/dom';
import { icon, type IconName } from '../shared/icons';
import { formatCount, visibleText } from '../shared/text';
import type { RowHead } from './blockCache';
import { statusWord } from './cellText';
import { mayOverflow } from './cellView';

const statusIcons: Readonly<Record<RunStatus, IconName>> = {
  RUNNING: 'running',
  SCHEDULED: 'scheduled',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
  UNKNOWN: 'unknown',
};

/** Deeper than this, rows are not moved further in: the name needs the room. */
const deepest = 8;
const longestName = 300;
/** What stands beside the name, and how far a level is moved in, in CSS pixels. */
const [besideName, indent] = [130, 14];
const longestTitle = 2000;

/** The cell that names a row: a box for the selection, its state, its colour, and what folds it. */
export class NameCell {
  private readonly box = icon('check');
  private readonly twistie = icon('chevron');
  private readonly state = element('span', { class: 'state', role: 'img' });
  private readonly chip = element('span', { class: 'stroke', aria: { hidden: 'true' } });
  private readonly name = element('span', { class: 'name' });
  private readonly note = element('span', { class: 'note' });
  readonly element = element(
    'div',
    { class: 'cell row-name', role: 'rowheader', aria: { colindex: '1' } },
    this.box,
    this.twistie,
    this.state,
    this.chip,
    this.name,
    this.note,
  );
  private head: RowHead | undefined;
  private width = -1;
  private isShown = false;

  constructor() {
    this.box.classList.add('box');
    this.twistie.classList.add('twistie');
  }

  show(head: RowHead | undefined, width: number): void {
    if (this.isShown && head === this.head && width === this.width) return;
    if (width !== this.width) this.element.style.width = `${width}px`;
    this.width = width;
    this.isShown = true;
    this.head = head;
    const depth = head?.kind === 'run' ? Math.min(head.depth, deepest) : 0;
    this.element.style.setProperty('--depth', String(depth));
    this.element.classList.toggle('is-pending', !head);
    if (this.element.title !== '') this.element.title = '';
    this.showFold(head);
    const name = nameOf(head);
    this.name.textContent = name;
    this.name.classList.toggle('is-long', mayOverflow(name, width - besideName - depth * indent));
    this.name.classList.toggle('quiet', head?.kind === 'group' && head.value === null);
    this.showState(head);
    this.showNote(head);
  }

  /** All there is to say of the row, as a tooltip. */
  showTitle(): void {
    const { head } = this;
    if (!head) return;
    const lines =
      head.kind === 'group'
        ? [head.value ?? 'no value', formatCount(head.runCount, 'run')]
        : [
            head.name,
            `Run ${head.id}`,
            statusWord(head.status),
            head.isDeleted ? 'Deleted' : '',
            head.problem ?? '',
          ];
    this.element.title = visibleText(
      lines
        .filter((line) => line !== '')
        .join('\n')
        .slice(0, longestTitle),
    );
  }

  private showFold(head: RowHead | undefined): void {
    this.twistie.classList.toggle('is-none', head?.fold === undefined);
    this.twistie.classList.toggle('is-open', head?.fold === 'open');
    if (head?.fold === undefined) this.element.removeAttribute('aria-expanded');
    else this.element.setAttribute('aria-expanded', String(head.fold === 'open'));
    const isNested = head?.kind === 'run' && head.depth > 0;
    if (isNested) this.element.setAttribute('aria-description', `nested, level ${head.depth + 1}`);
    else this.element.removeAttribute('aria-description');
  }

  private showState(head: RowHead | undefined): void {
    const run = head?.kind === 'run' ? head : undefined;
    this.state.hidden = !run;
    this.chip.hidden = !run;
    this.box.classList.toggle('is-none', !run);
    if (!run) return;
    const name = run.problem === undefined ? statusIcons[run.status] : 'warning';
    this.state.className = `state icon icon-${name} status-${name}`;
    this.state.setAttribute('aria-label', run.problem === undefined ? statusWord(run.status) : 'Damaged');
    this.chip.style.background = strokeOf(run.color);
  }

  private showNote(head: RowHead | undefined): void {
    const isPinned = head?.kind === 'run' && head.isPinned;
    const count = head?.kind === 'group' ? formatCount(head.runCount, 'run') : '';
    this.note.className = isPinned ? 'note icon icon-pinned' : 'note';
    this.note.textContent = count;
    this.note.hidden = !isPinned && count === '';
    if (isPinned) this.note.setAttribute('aria-label', 'Pinned');
    else this.note.removeAttribute('aria-label');
  }
}

/** What a row is called. */
export function nameOf(head: RowHead | undefined): string {
  if (!head) return '';
  if (head.kind === 'group') return visibleText((head.value ?? 'no value').slice(0, longestName));
  return visibleText((head.name || head.id).slice(0, longestName));
}
