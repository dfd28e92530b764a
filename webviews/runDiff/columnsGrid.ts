import { unknownCell, type PartId } from '../protocol/runDiff';
import { element } from '../shared/dom';
import { strokeOf } from '../shared/palette';
import { fillCell, longestText } from './cells';
import type { Place } from './cellKeys';
import { drawRunHead } from './columnHead';
import { idOf, type Grid, type GridActions, type GridView, type ShownRow } from './grid';
import { keepStop, stop, walkByKeys, type FocusModel } from './gridFocus';
import { createHeading, type Heading } from './heading';
import type { ShownPart } from './shownRows';
import { followRuns } from './pointing';
import { colorPlaceOf } from './runColor';
import { addOpener, fillTreeKey, openerOf } from './treeCells';

/** Wide enough for most values, and the same for all, so that five thousand columns need not be drawn to be placed. */
const columnWidth = 180;
/** Columns drawn to each side of what is in sight, and how far one may scroll before others are drawn. */
const margin = 6;
const step = 4;

/** The comparison with a row for each run, and a column for each key; of the columns, only those in sight are drawn. */
export class ColumnsGrid implements Grid {
  readonly element: HTMLElement;
  private readonly sheet = element('div', { class: 'sheet', role: 'presentation' });
  private readonly headings = new Map<PartId, Heading>();
  private readonly unfolded = new Set<string>();
  private view: GridView = { runs: [], baseline: 0, parts: [], hasColors: false };
  private marked: string | undefined;
  private from = 0;
  private isDrawing = false;
  /** What was drawn of each part, while it stays as it is. */
  private drawn = new Map<PartId, Drawn>();

  constructor(private readonly actions: GridActions) {
    this.element = element(
      'div',
      { class: 'grid columns-grid', role: 'grid', aria: { label: 'Comparison of runs, runs as rows' } },
      this.sheet,
    );
    this.sheet.style.setProperty('--column', `${columnWidth}px`);
    this.element.addEventListener('scroll', () => this.follow());
    this.element.addEventListener('click', ({ target }) => this.onClick(target));
    walkByKeys(this.element, () => this.focusModel());
    followRuns(this.element, runOf, actions.point.bind(actions));
  }

  mark(runId: string | undefined): void {
    this.marked = runId;
    for (const row of this.sheet.querySelectorAll('.row'))
      row.classList.toggle('is-marked', runId !== undefined && runOf(row) === runId);
  }

  update(view: GridView): void {
    this.view = view;
    // Of two runs, each value is the other one.
    this.sheet.classList.toggle('is-pair', view.runs.length === 2);
    this.drawn.clear();
    this.from = this.firstInSight();
    this.draw();
  }

  /** Draws other columns when the user has scrolled so far. */
  private follow(): void {
    const from = this.firstInSight();
    if (from === this.from || this.isDrawing) return;
    this.isDrawing = true;
    requestAnimationFrame(() => {
      this.isDrawing = false;
      this.from = this.firstInSight();
      this.draw();
    });
  }

  private firstInSight(): number {
    return Math.max(0, Math.floor(this.element.scrollLeft / columnWidth / step) * step - margin);
  }

  private draw(): void {
    const active = document.activeElement;
    const place = active && this.element.contains(active) ? this.placeOf(active) : undefined;
    const widest = Math.max(1, ...this.view.parts.map(({ rows, isOpen }) => (isOpen ? rows.length : 0)));
    this.sheet.style.setProperty('--columns', String(widest));
    this.element.setAttribute('aria-colcount', String(widest + 1));
    let line = 0;
    const parts = this.view.parts.map((part) => {
      const drawn = this.keepPart(part, line);
      line += part.isOpen && part.rows.length > 0 ? this.view.runs.length + 2 : 1;
      return drawn;
    });
    this.element.setAttribute('aria-rowcount', String(line));
    replaceIfOther(this.sheet, parts);
    if (place && !this.element.contains(document.activeElement))
      this.drawnAt(place)?.focus({ preventScroll: true });
    keepStop(this.element);
    this.mark(this.marked);
  }

  /** A part whose columns in sight are the same as before needs no drawing. */
  private keepPart(part: ShownPart<ShownRow>, line: number): HTMLElement {
    const from = Math.min(this.from, part.rows.length);
    const before = this.drawn.get(part.id);
    if (before?.from === from && before.line === line) return before.element;
    const made = this.drawPart(part, line);
    this.drawn.set(part.id, { from, line, element: made });
    return made;
  }

  private drawPart(part: ShownPart<ShownRow>, line: number): HTMLElement {
    let heading = this.headings.get(part.id);
    if (!heading) this.headings.set(part.id, (heading = createHeading(part.id, this.actions)));
    heading.update(part);
    heading.element.setAttribute('aria-rowindex', String(line + 1));
    const block = element('div', {
      class: `part part-${part.id}`,
      role: 'rowgroup',
      data: { part: part.id },
    });
    block.append(heading.element);
    if (!part.isOpen || part.rows.length === 0) return block;
    const from = Math.min(this.from, part.rows.length);
    const inSight = Math.ceil((this.element.clientWidth || 2000) / columnWidth);
    const rows = part.rows.slice(from, from + inSight + 2 * margin + step);
    block.append(this.drawKeys(rows, from, line + 1));
    for (const index of this.view.runs.keys()) {
      block.append(this.drawRun(part.id, rows, from, index, line + 2 + index));
    }
    return block;
  }

  private drawKeys(rows: readonly ShownRow[], from: number, line: number): HTMLElement {
    const cells = rows.map((row, index) => {
      const cell = stopElement('cell key-head', 'columnheader', from + index + 2);
      fillTreeKey(cell, row, true);
      if (row.tree) cell.dataset['path'] = row.tree.path;
      return cell;
    });
    const corner = stopElement('key corner', 'columnheader', 1);
    corner.textContent = 'Run';
    return lineElement('head', line, from, corner, cells);
  }

  private drawRun(
    part: PartId,
    rows: readonly ShownRow[],
    from: number,
    index: number,
    line: number,
  ): HTMLElement {
    const { runs, baseline, hasColors } = this.view;
    const run = runs[index];
    const cells = rows.map((row, offset) => {
      const cell = stopElement('cell', 'gridcell', from + offset + 2);
      cell.dataset['cell'] = JSON.stringify([part, idOf(row), run?.id]);
      const isUnfolded = this.unfolded.has(cell.dataset['cell']);
      fillCell(cell, row, index, { baseline, isUnfolded, longest: longestText(2) / 3 });
      addOpener(cell, row, row.cells[index] !== unknownCell);
      return cell;
    });
    const head = element('div', { class: 'key run-head', role: 'rowheader', aria: { colindex: '1' } });
    if (run) {
      const stroke = hasColors ? strokeOf(colorPlaceOf(run, index)) : undefined;
      head.append(
        ...drawRunHead(run, index === baseline, stroke, (anchor) => this.actions.openRunMenu(run, anchor)),
      );
    }
    return lineElement('row', line, from, head, cells);
  }

  private onClick(target: EventTarget | null): void {
    if (!(target instanceof Element)) return;
    const folder = target.closest('.key-head[aria-expanded]');
    if (folder instanceof HTMLElement) this.actions.toggleFolder(folder.dataset['path'] ?? '');
    const opener = openerOf(target);
    const cell = (opener ?? target.closest('.unfold'))?.closest<HTMLElement>('.cell');
    const id = cell?.dataset['cell'];
    if (!cell || id === undefined) return;
    if (opener) {
      this.openFileMenu(id, opener);
      return;
    }
    if (!this.unfolded.delete(id)) this.unfolded.add(id);
    cell.focus({ preventScroll: true });
    this.drawn.clear();
    this.draw();
  }

  private openFileMenu(cell: string, anchor: HTMLElement): void {
    const [part, id, runId] = JSON.parse(cell) as readonly string[];
    const rows = this.view.parts.find((one) => one.id === part)?.rows ?? [];
    const row = rows.find((one) => idOf(one) === id);
    const index = this.view.runs.findIndex((run) => run.id === runId);
    if (row) this.actions.openFileMenu(row, index, anchor);
  }

  private focusModel(): FocusModel {
    const lines = this.lines();
    return {
      lines: lines.length,
      columnsOf: (line) => lines[line] ?? 0,
      elementAt: (place) => this.bringToSight(place),
      placeOf: (one) => this.placeOf(one),
      isHeading: (line) =>
        this.sheet.querySelector(`[aria-rowindex="${line + 1}"]`)?.classList.contains('heading') === true,
    };
  }

  /** How many cells each line has. */
  private lines(): readonly number[] {
    return this.view.parts.flatMap(({ id, rows, isOpen }) => {
      const stops = this.headings.get(id)?.stops.filter((one) => !one.hidden).length ?? 1;
      const body =
        isOpen && rows.length > 0 ? Array<number>(this.view.runs.length + 1).fill(rows.length + 1) : [];
      return [stops, ...body];
    });
  }

  private bringToSight(place: Place): HTMLElement | undefined {
    const drawn = this.drawnAt(place);
    if (drawn || place.column === 0) return drawn;
    this.element.scrollLeft = (place.column - 1) * columnWidth;
    this.from = this.firstInSight();
    this.draw();
    return this.drawnAt(place);
  }

  private drawnAt({ line, column }: Place): HTMLElement | undefined {
    const row = this.sheet.querySelector(`[aria-rowindex="${line + 1}"]`);
    if (row?.classList.contains('heading')) return row.querySelectorAll<HTMLElement>(`[${stop}]`)[column];
    const cell = row?.querySelector(`[aria-colindex="${column + 1}"]`);
    if (!(cell instanceof HTMLElement)) return undefined;
    return cell.hasAttribute(stop) ? cell : (cell.querySelector<HTMLElement>(`[${stop}]`) ?? undefined);
  }

  private placeOf(one: Element): Place | undefined {
    const row = one.closest('[aria-rowindex]');
    if (!row) return undefined;
    const line = Number(row.getAttribute('aria-rowindex')) - 1;
    const index = one.closest('[aria-colindex]')?.getAttribute('aria-colindex');
    if (index) return { line, column: Number(index) - 1 };
    return { line, column: Math.max(0, [...row.querySelectorAll(`[${stop}]`)].indexOf(one)) };
  }
}

/** The run whose row an element is in. */
function runOf(target: Element): string | undefined {
  return target.closest('.row')?.querySelector<HTMLElement>('.run-name')?.dataset['run'];
}

interface Drawn {
  readonly from: number;
  readonly line: number;
  readonly element: HTMLElement;
}

function lineElement(
  kind: string,
  line: number,
  from: number,
  first: HTMLElement,
  cells: readonly HTMLElement[],
): HTMLElement {
  const gap = element('div', { class: 'gap', role: 'presentation' });
  gap.style.width = `${from * columnWidth}px`;
  const aria = { rowindex: String(line + 1) };
  return element('div', { class: kind, role: 'row', aria }, first, gap, ...cells);
}

/** Replaces only what is another element: whatever is taken out of a page loses the focus. */
function replaceIfOther(parent: HTMLElement, wanted: readonly HTMLElement[]): void {
  for (const [index, one] of wanted.entries()) {
    const present = parent.children[index];
    if (!present) parent.append(one);
    else if (present !== one) present.replaceWith(one);
  }
  while (parent.children.length > wanted.length) parent.lastElementChild?.remove();
}

function stopElement(kind: string, role: string, column: number): HTMLElement {
  const made = element('div', { class: kind, role, tabIndex: -1, aria: { colindex: String(column) } });
  made.setAttribute(stop, '');
  return made;
}
