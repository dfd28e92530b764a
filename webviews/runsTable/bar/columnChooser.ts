import type { Arrangement, ColumnId } from '../../protocol/arrangement';
import type { Column } from '../../protocol/runsTable';
import { iconButton, textBox } from '../../shared/controls';
import { button, element } from '../../shared/dom';
import { icon } from '../../shared/icons';
import { formatCount, formatInteger } from '../../shared/text';
import { labelOf } from '../columnLabel';
import type { TableHost } from '../tableHost';
import { groupColumns, showColumns, type ColumnGroup } from './columnChoice';
import { openPopover, type Popover } from './popover';

/** Rows that are drawn of a kind; a search finds the others. */
const mostRows = 200;

/** Where columns are looked for, shown and hidden, one by one or all that were found. */
export class ColumnChooser {
  private popover: Popover | undefined;
  private all: readonly Column[] = [];
  private shown: ReadonlySet<ColumnId> = new Set();
  private query = '';
  private readonly body = element('div', { class: 'chooser-body' });

  constructor(
    private readonly host: TableHost,
    private readonly anchor: HTMLElement,
    private readonly failed: (error: unknown) => void,
  ) {}

  async open(): Promise<void> {
    if (this.popover) return;
    this.query = '';
    const popover = openPopover(this.anchor, 'Columns', 'chooser', () => (this.popover = undefined));
    this.popover = popover;
    const box = textBox('Find columns', 'Find columns', (text) => this.find(text), icon('search'));
    const close = iconButton('Close (Esc)', icon('clear'), () => popover.close());
    popover.element.append(
      element('div', { class: 'chooser-head' }, box.element, close),
      this.switches(),
      this.body,
    );
    this.body.replaceChildren(element('p', { class: 'quiet chooser-note' }, 'Loading…'));
    box.input.focus();
    await this.load();
  }

  /** Reads what there is and what is shown, as after each change. */
  async load(): Promise<void> {
    if (!this.popover) return;
    try {
      const [all, shown] = await Promise.all([this.host.loadAllColumns(), this.host.loadColumns()]);
      this.all = all;
      this.shown = new Set(shown.map(({ id }) => id));
      this.draw();
    } catch (error) {
      this.failed(error);
    }
  }

  private find(query: string): void {
    this.query = query;
    this.body.scrollTop = 0;
    this.draw();
  }

  private switches(): HTMLElement {
    const { arrangement } = this.host;
    return element(
      'div',
      { class: 'chooser-switches' },
      checkbox('Only columns that differ', arrangement.onlyDiffering, (onlyDiffering) =>
        this.host.arrange({ onlyDiffering }),
      ),
      checkbox('Only columns with values', arrangement.onlyWithValues, (onlyWithValues) =>
        this.host.arrange({ onlyWithValues }),
      ),
    );
  }

  private draw(): void {
    const groups = groupColumns(this.all, this.query);
    if (groups.length > 0) this.body.replaceChildren(...groups.map((group) => this.drawGroup(group)));
    else
      this.body.replaceChildren(element('p', { class: 'quiet chooser-note' }, 'No column has such a name.'));
  }

  private drawGroup({ label, columns }: ColumnGroup): HTMLElement {
    const ids = columns.map(({ id }) => id);
    const shownCount = ids.filter((id) => this.shown.has(id)).length;
    const more = columns.length - mostRows;
    return element(
      'fieldset',
      { class: 'chooser-group' },
      element(
        'legend',
        { class: 'chooser-legend' },
        element('span', { class: 'chooser-title' }, label),
        element(
          'span',
          { class: 'quiet' },
          `${formatInteger(shownCount)} of ${formatInteger(columns.length)}`,
        ),
        button(
          { class: 'link', aria: { label: `Show all: ${label}` }, onClick: () => this.set(ids, true) },
          'Show All',
        ),
        button(
          { class: 'link', aria: { label: `Hide all: ${label}` }, onClick: () => this.set(ids, false) },
          'Hide All',
        ),
      ),
      ...columns.slice(0, mostRows).map((column) => this.drawColumn(column)),
      more > 0
        ? element(
            'p',
            { class: 'quiet chooser-note' },
            `${formatCount(more, 'more column')}: find them by name.`,
          )
        : undefined,
    );
  }

  private drawColumn(column: Column): HTMLElement {
    const note = column.valueCount === 0 ? 'no values' : column.differs ? '' : 'all alike';
    return checkbox(
      labelOf(column),
      this.shown.has(column.id),
      (isShown) => this.set([column.id], isShown),
      element('span', { class: 'quiet' }, note),
    );
  }

  private set(ids: readonly ColumnId[], isShown: boolean): void {
    const next = new Set(this.shown);
    for (const id of ids) {
      if (isShown) next.add(id);
      else next.delete(id);
    }
    this.shown = next;
    const change: Partial<Arrangement> = showColumns(this.host.arrangement, ids, isShown);
    this.host.arrange(change);
    if (ids.length > 1) this.draw();
  }
}

function checkbox(
  label: string,
  isChecked: boolean,
  change: (isChecked: boolean) => void,
  ...after: readonly HTMLElement[]
): HTMLElement {
  const input = element('input');
  input.type = 'checkbox';
  input.checked = isChecked;
  input.addEventListener('change', () => change(input.checked));
  const text = element('span', { class: 'check-label stranger', title: label }, label);
  return element('label', { class: 'check' }, input, text, ...after);
}
