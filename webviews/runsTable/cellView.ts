import type { Column } from '../protocol/runsTable';
import { cssColorOf } from '../shared/palette';
import { element } from '../shared/dom';
import { cellText, cellTitle, isNumeric, isTrend, type CellValue } from './cellText';
import type { LaidColumn } from './columnLayout';
import { createSparkline, type Sparkline } from './sparkline';

/** What a cell shows; `undefined` while that is not read. */
export interface CellContent {
  readonly value: CellValue | undefined;
  /** 0 for none. */
  readonly shade: number;
  /** The run's; for sparklines. */
  readonly color: number;
}

/** A cell that stands for one value after the other. It touches the document only where something is another. */
export class CellView {
  private readonly text = document.createTextNode('');
  readonly element = element('div', { class: 'cell', role: 'gridcell' }, this.text);
  private index = -1;
  private laid: LaidColumn | undefined;
  private column: Column | undefined;
  private value: CellValue | undefined;
  private shade = -1;
  private width = 0;
  private className = '';
  private label = '';
  private sparkline: Sparkline | undefined;

  place(index: number, laid: LaidColumn): void {
    if (index !== this.index) this.element.setAttribute('aria-colindex', String(index + 1));
    this.index = index;
    if (laid === this.laid) return;
    if (laid.left !== this.laid?.left) this.element.style.left = `${laid.left}px`;
    if (laid.width !== this.laid?.width) this.element.style.width = `${laid.width}px`;
    this.laid = laid;
  }

  show(column: Column, { value, shade, color }: CellContent): void {
    const width = this.laid?.width ?? 0;
    const isSame = value === this.value && column === this.column && shade === this.shade;
    if (isSame && width === this.width) return;
    [this.value, this.column, this.shade, this.width] = [value, column, shade, width];
    const trend = column.statistic === 'trend' && isTrend(value) ? value : undefined;
    const text = value === undefined || trend ? '' : cellText(column, value);
    this.setClass(classOf(column, value, shade) + (mayOverflow(text, this.width) ? ' is-long' : ''));
    if (text !== this.text.data) this.text.data = text;
    this.setLabel(
      trend ? `trend: ${cellTitle(column, trend)}` : value !== undefined && text === '' ? 'no value' : '',
    );
    if (this.element.title !== '') this.element.title = '';
    if (trend) {
      this.sparkline ??= createSparkline();
      this.element.append(this.sparkline.element);
      this.sparkline.draw(trend.points, cssColorOf(color));
    } else this.sparkline?.element.remove();
  }

  /** What the cell leaves out, as a tooltip: only for the one below the pointer, since each would cost. */
  showTitle(): void {
    if (!this.column || this.value === undefined) return;
    this.element.title = cellTitle(this.column, this.value);
  }

  private setClass(name: string): void {
    if (name === this.className) return;
    this.className = name;
    this.element.className = name;
  }

  private setLabel(label: string): void {
    if (label === this.label) return;
    this.label = label;
    if (label === '') this.element.removeAttribute('aria-label');
    else this.element.setAttribute('aria-label', label);
  }
}

/** Cell padding, and what letters take at most in the middle: a clip costs, and few texts need one. */
const [padding, widestLetter] = [18, 9];

/** Whether the text may be wider than so many CSS pixels. */
export function mayOverflow(text: string, width: number): boolean {
  return text.length * widestLetter > width - padding || !/^[ -~…±]*$/.test(text);
}

function classOf(column: Column, value: CellValue | undefined, shade: number): string {
  if (value === undefined) return 'cell is-pending';
  const name = isNumeric(column) ? 'cell is-number' : 'cell';
  return shade > 0 ? `${name} shade-${shade}` : name;
}
