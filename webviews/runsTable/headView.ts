import type { SortKey } from '../protocol/arrangement';
import { element } from '../shared/dom';
import { kindLabels } from './columnLabel';
import { bandsOf, type Band, type ColumnLayout } from './columnLayout';
import { HeadCell } from './headCell';
import { Recycled, type Drawn } from './recycled';
import { cellId } from './rowView';
import type { IndexRange } from './viewport';

/** The head of the grid: the kinds of columns in a thin band, and below it their names. */
export class HeadView {
  private readonly pinned = element('div', { class: 'pinned', role: 'presentation' });
  private readonly row = element(
    'div',
    { class: 'row head-row', role: 'row', aria: { rowindex: '1' } },
    this.pinned,
  );
  private readonly stuckBands = element('div', { class: 'pinned', role: 'presentation' });
  private readonly bandRow = element(
    'div',
    { class: 'band-row', role: 'presentation', aria: { hidden: 'true' } },
    this.stuckBands,
  );
  readonly elements: readonly HTMLElement[] = [this.bandRow, this.row];
  private readonly stuck = new Recycled(this.pinned, () => new HeadCell());
  private readonly cells = new Recycled(this.row, () => new HeadCell());
  private readonly bands = {
    stuck: new Recycled(this.stuckBands, () => new BandView()),
    others: new Recycled(this.bandRow, () => new BandView()),
  };
  private active: HTMLElement | undefined;

  show(layout: ColumnLayout, columns: IndexRange, sort: readonly SortKey[], activeColumn: number): void {
    this.stuck.fit(0, layout.stuckCount);
    this.cells.fit(columns.from, columns.to);
    for (const views of [this.stuck, this.cells]) {
      for (const [place, cell] of views.all.entries()) {
        const laid = layout.columns[views.first + place];
        if (laid) cell.show(views.first + place, laid, sort);
      }
    }
    showBands(this.bands.stuck, bandsOf(layout, 0, layout.stuckCount));
    // Bands are as wide as their columns, in sight or not, so that their names stay where they are.
    showBands(this.bands.others, bandsNear(layout, columns));
    this.setActive(activeColumn);
  }

  cellAt(column: number): HTMLElement | undefined {
    return (this.stuck.at(column) ?? this.cells.at(column))?.element;
  }

  private setActive(column: number): void {
    const cell = column === -1 ? undefined : this.cellAt(column);
    const id = cellId(-1, column);
    if (cell === this.active && (!cell || cell.id === id)) return;
    this.active?.removeAttribute('id');
    delete this.active?.dataset['active'];
    this.active = cell;
    if (!cell) return;
    cell.id = id;
    cell.dataset['active'] = '';
  }
}

/** The bands of the columns in sight, and as much of them as lies beyond. */
function bandsNear(layout: ColumnLayout, { from, to }: IndexRange): readonly Band[] {
  const { columns, stuckCount } = layout;
  let [first, last] = [from, to];
  while (first > stuckCount && columns[first - 1]?.column?.kind === columns[from]?.column?.kind) first--;
  while (last < columns.length && columns[last]?.column?.kind === columns[to - 1]?.column?.kind) last++;
  return bandsOf(layout, first, last);
}

function showBands(views: Recycled<BandView>, bands: readonly Band[]): void {
  views.fit(0, bands.length);
  for (const [index, band] of bands.entries()) views.at(index)?.show(band);
}

class BandView implements Drawn {
  private readonly label = element('span', { class: 'band-label' });
  readonly element = element('div', { class: 'band' }, this.label);

  show({ kind, left, width }: Band): void {
    this.element.style.left = `${left}px`;
    this.element.style.width = `${width}px`;
    if (this.label.textContent !== kindLabels[kind]) this.label.textContent = kindLabels[kind];
  }
}
