import type { GridImage, ImageColumn, ImageGrid, ImageRow } from '../protocol/imageGrid';
import { button, element, replaceChildren } from '../shared/dom';
import { createTrouble, refreshButton, refreshPage } from '../shared/sections/pageHeader';
import { formatCount, visibleText } from '../shared/text';
import { ImageCell, type CellActions } from './imageCell';
import { LazyImages } from './lazyImages';

export interface GridActions extends CellActions {
  readonly openRun: (runId: string) => void;
  readonly refresh: () => Promise<unknown>;
}

/** The grid of images: a row for each run, a column for each image. Arrow keys move through it, Enter opens. */
export class GridPage {
  private readonly count = element('p', { class: 'quiet', role: 'status' });
  private readonly scrolled = element('div', { class: 'scrolled', data: { focus: 'grid' } });
  private readonly images: LazyImages;
  readonly element: HTMLElement;

  constructor(private readonly actions: GridActions) {
    const trouble = createTrouble();
    const again = refreshButton(() => void refreshPage(actions.refresh, trouble, () => undefined));
    const bar = element('header', { class: 'bar' }, this.count, again);
    this.element = element('div', { class: 'page', tabIndex: -1 }, bar, trouble.element, this.scrolled);
    this.images = new LazyImages(this.scrolled);
    this.scrolled.addEventListener('keydown', (event) => {
      this.move(event);
    });
  }

  show({ columns, rows, isCut }: ImageGrid): void {
    this.images.clear();
    const images = rows.flatMap((row) => row.images.filter((image) => image !== null)).length;
    const more = isCut ? ', and there are more' : '';
    this.count.textContent = `${formatCount(images, 'image')} of ${formatCount(rows.length, 'run')}${more}`;
    if (columns.length === 0 && rows.every(({ failure }) => failure === undefined))
      replaceChildren(
        this.scrolled,
        element(
          'p',
          { class: 'empty quiet' },
          'These runs have no PNG, JPEG, GIF or WebP files among their artifacts.',
        ),
      );
    else replaceChildren(this.scrolled, this.drawTable(columns, rows));
    this.stops()[0]?.setAttribute('tabindex', '0');
  }

  private drawTable(columns: readonly ImageColumn[], rows: readonly ImageRow[]): HTMLElement {
    const table = element('table', { role: 'grid', aria: { label: 'Images by run' } });
    const head = element('tr', {}, element('th', { class: 'corner' }, 'Run'), ...columns.map(drawHead));
    table.append(element('thead', {}, head));
    table.append(element('tbody', {}, ...rows.map((row) => this.drawRow(row, columns))));
    return table;
  }

  private drawRow({ runId, name, failure, images }: ImageRow, columns: readonly ImageColumn[]): HTMLElement {
    const open = button(
      {
        class: 'link stranger',
        tabIndex: -1,
        title: visibleText(name),
        onClick: () => {
          this.actions.openRun(runId);
        },
      },
      visibleText(name),
    );
    const why =
      failure === undefined ? undefined : element('p', { class: 'quiet stranger' }, visibleText(failure));
    const head = element('th', { class: 'run' }, open, why);
    const cells = images.map((image, index) => {
      const column = columns[index];
      return element(
        'td',
        {},
        image && column
          ? this.drawImage(runId, image, `${titleOf(column)}, ${visibleText(name)}`)
          : element('span', { class: 'none quiet', aria: { label: 'no image' } }, '–'),
      );
    });
    return element('tr', {}, head, ...cells);
  }

  private drawImage(runId: string, image: GridImage, label: string): HTMLElement {
    const cell = new ImageCell(runId, image, label, this.actions);
    this.images.add(cell);
    return cell.element;
  }

  /** What the focus stops at, row by row. */
  private stops(): readonly HTMLElement[] {
    return [...this.scrolled.querySelectorAll<HTMLElement>('tbody button')];
  }

  private move(event: KeyboardEvent): void {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = this.findNext(target, key);
    if (!next) return;
    event.preventDefault();
    target.setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  }

  private findNext(from: HTMLElement, key: string): HTMLElement | undefined {
    const stops = this.stops();
    const index = stops.indexOf(from);
    const cell = from.closest('td, th');
    const row = cell?.closest('tr');
    if (index < 0 || !row || !cell) return undefined;
    const inRow = stops.filter((stop) => stop.closest('tr') === row);
    switch (key) {
      case 'ArrowRight':
        return stops[index + 1];
      case 'ArrowLeft':
        return stops[index - 1];
      case 'Home':
        return inRow[0];
      case 'End':
        return inRow.at(-1);
      case 'ArrowDown':
      case 'ArrowUp': {
        const other = key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
        const place = [...row.children].indexOf(cell);
        const below = other?.children[place]?.querySelector<HTMLElement>('button');
        return below ?? other?.querySelector<HTMLElement>('button') ?? undefined;
      }
      default:
        return undefined;
    }
  }
}

function drawHead(column: ImageColumn): HTMLElement {
  const step =
    column.step === undefined ? undefined : element('span', { class: 'step quiet' }, `step ${column.step}`);
  const name = element(
    'span',
    { class: 'stranger', title: visibleText(column.name) },
    visibleText(column.name),
  );
  return element('th', { class: 'image-head' }, name, step);
}

function titleOf({ name, step }: ImageColumn): string {
  return step === undefined ? visibleText(name) : `${visibleText(name)} step ${step}`;
}
