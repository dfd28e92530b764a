import type { Direction, Extreme } from '../protocol/metrics';
import { button, element, replaceChildren } from '../shared/dom';
import { formatInteger, visibleText } from '../shared/text';
import { createChip } from './chip';
import type { DrawnLine } from './picture';
import {
  columns,
  formatExtreme,
  initialOrder,
  orderBy,
  sortRows,
  type ColumnId,
  type TableOrder,
} from './statistics';

/** The table behind a chart: every line's statistics, sorted by what the reader clicks. */
export class StatisticsTable {
  readonly element: HTMLElement;
  private readonly head = element('tr');
  private readonly body = element('tbody');
  private readonly caption = element('caption', { class: 'visually-hidden' });
  private order: TableOrder | undefined;
  private rows: readonly DrawnLine[] = [];
  private direction: Direction = 'lower';

  constructor(
    metric: string,
    private readonly openRun: (id: string) => void,
  ) {
    this.caption.textContent = `${metric}: values of the whole history, each with its step`;
    const table = element('table', {}, this.caption, element('thead', {}, this.head), this.body);
    this.element = element('div', { class: 'statistics', tabIndex: -1 }, table);
  }

  update(rows: readonly DrawnLine[], direction: Direction): void {
    this.rows = rows;
    this.direction = direction;
    this.draw();
  }

  private draw(): void {
    const order = this.order ?? initialOrder(this.direction);
    replaceChildren(this.head, ...columns.map(({ id, title }) => this.headCell(id, title, order)));
    replaceChildren(this.body, ...sortRows(this.rows, order).map((row) => this.rowOf(row)));
  }

  private headCell(id: ColumnId, title: string, order: TableOrder): HTMLElement {
    const isSorted = order.column === id;
    const direction = order.isDescending ? 'descending' : 'ascending';
    const sort = button(
      {
        class: 'sort',
        data: { focus: `sort ${id}` },
        onClick: () => {
          this.order = orderBy(order, id);
          this.draw();
        },
      },
      title,
      element('span', { aria: { hidden: 'true' } }, isSorted ? (order.isDescending ? ' ↓' : ' ↑') : ''),
    );
    const cell = element('th', { aria: { sort: isSorted ? direction : 'none' } }, sort);
    cell.scope = 'col';
    return cell;
  }

  private rowOf({ line, data: { statistics, total } }: DrawnLine): HTMLElement {
    const chip = createChip();
    chip.set(line.color);
    const name = visibleText(line.name);
    const open = () => {
      this.openRun(line.id);
    };
    const shown = line.isRun
      ? button(
          { class: 'link', title: `Open ${name}`, data: { focus: `run ${line.id}` }, onClick: open },
          name,
        )
      : name;
    const head = element('th', {}, element('span', { class: 'statistics-name' }, chip.element, shown));
    head.scope = 'row';
    const values = [statistics.last, statistics.best, statistics.min, statistics.max].map(extremeCell);
    return element('tr', {}, head, ...values, element('td', {}, formatInteger(total)));
  }
}

function extremeCell(extreme: Extreme | undefined): HTMLElement {
  const [value, step] = formatExtreme(extreme);
  const title = extreme ? `${String(extreme.value)} at step ${extreme.step}` : '';
  return element(
    'td',
    { title },
    value,
    step === '' ? undefined : element('span', { class: 'step quiet' }, step),
  );
}
