import { element, onChangeOf } from '../shared/dom';
import { strokeOf } from '../shared/palette';
import type { Place } from './cellKeys';
import { drawRunHead } from './columnHead';
import type { Grid, GridActions, GridView } from './grid';
import { keepStop, stop, walkByKeys, type FocusModel } from './gridFocus';
import { PartBlock } from './partBlock';
import { followRuns } from './pointing';
import { colorPlaceOf } from './runColor';
import type { PartId } from '../protocol/runDiff';

/** The comparison with a column for each run, and a row for each key. */
export class RowsGrid implements Grid {
  readonly element: HTMLElement;
  private readonly head = element('div', { class: 'head', role: 'row', aria: { rowindex: '1' } });
  private readonly sheet = element('div', { class: 'sheet', role: 'presentation' });
  private readonly blocks = new Map<PartId, PartBlock>();
  private readonly renderHead: (view: HeadView) => void;
  /** Lies over the column of the run that stands out. */
  private readonly strip = element('div', { class: 'strip', role: 'presentation', hidden: true });
  private shown: readonly PartId[] = [];
  private runs: GridView['runs'] = [];
  private marked: string | undefined;

  constructor(private readonly actions: GridActions) {
    this.element = element(
      'div',
      { class: 'grid rows-grid', role: 'grid', aria: { label: 'Comparison of runs' } },
      this.sheet,
    );
    this.sheet.append(this.head);
    this.renderHead = onChangeOf((view) => this.drawHead(view));
    walkByKeys(this.element, () => this.focusModel());
    followRuns(this.element, (target) => this.runOf(target), actions.point.bind(actions));
  }

  mark(runId: string | undefined): void {
    this.marked = runId;
    const index = this.runs.findIndex(({ id }) => id === runId);
    this.strip.hidden = index === -1;
    this.strip.style.setProperty('--index', String(index));
    for (const [column, cell] of [...this.head.children].entries())
      cell.classList.toggle('is-marked', index !== -1 && column === index + 1);
  }

  private runOf(target: Element): string | undefined {
    const column = target.closest('.cell')?.getAttribute('aria-colindex');
    return column ? this.runs[Number(column) - 2]?.id : undefined;
  }

  update(view: GridView): void {
    const { runs, baseline, parts, hasColors } = view;
    this.runs = runs;
    this.sheet.style.setProperty('--runs', String(runs.length));
    // Of two runs, each value is the other one.
    this.sheet.classList.toggle('is-pair', runs.length === 2);
    this.element.setAttribute('aria-colcount', String(runs.length + 1));
    this.renderHead({ runs, baseline, hasColors });
    this.shown = parts.map(({ id }) => id);
    let line = 1;
    for (const part of parts) {
      const block = this.blockOf(part.id);
      block.update(part, { runs, baseline }, line);
      line += 1 + block.lineCount;
    }
    const wanted = [this.head, ...parts.map(({ id }) => this.blockOf(id).element), this.strip];
    const isSame = wanted.every((one, index) => this.sheet.children[index] === one);
    if (!isSame || this.sheet.children.length !== wanted.length) this.sheet.replaceChildren(...wanted);
    this.element.setAttribute('aria-rowcount', String(line));
    keepStop(this.element);
    this.mark(this.marked);
  }

  private blockOf(id: PartId): PartBlock {
    let block = this.blocks.get(id);
    if (!block) this.blocks.set(id, (block = new PartBlock(id, this.actions, this.element)));
    return block;
  }

  private drawHead({ runs, baseline, hasColors }: HeadView): void {
    const focused = this.head.contains(document.activeElement) ? document.activeElement : undefined;
    const focusedRun = focused instanceof HTMLElement ? focused.dataset['run'] : undefined;
    const corner = element(
      'div',
      { class: 'key corner', role: 'columnheader', aria: { colindex: '1' } },
      'Run',
    );
    const heads = runs.map((run, index) => {
      const isGone = run.trouble !== undefined;
      const aria = { colindex: String(index + 2) };
      const cell = element('div', {
        class: `cell run-head${isGone ? ' is-gone' : ''}`,
        role: 'columnheader',
        aria,
      });
      const stroke = hasColors ? strokeOf(colorPlaceOf(run, index)) : undefined;
      cell.append(
        ...drawRunHead(run, index === baseline, stroke, (anchor) => this.actions.openRunMenu(run, anchor)),
      );
      return cell;
    });
    this.head.replaceChildren(corner, ...heads);
    const again = [...this.head.querySelectorAll<HTMLElement>(`[${stop}]`)].find(
      (one) => focusedRun !== undefined && one.dataset['run'] === focusedRun,
    );
    again?.focus({ preventScroll: true });
  }

  private focusModel(): FocusModel {
    const lines = this.lines();
    return {
      lines: lines.length,
      columnsOf: (line) => lines[line]?.columns ?? 0,
      elementAt: ({ line, column }) => lines[line]?.elementAt(column),
      placeOf: (one) => this.placeOf(one, lines),
      isHeading: (line) => lines[line]?.isHeading === true,
    };
  }

  private lines(): readonly Line[] {
    const heads = [...this.head.querySelectorAll<HTMLElement>(`[${stop}]`)];
    // The corner is no stop: the first run stands over the first run's values.
    const lines: Line[] = [
      { columns: heads.length + 1, elementAt: (column) => heads[Math.max(0, column - 1)] },
    ];
    const columns = heads.length + 1;
    for (const id of this.shown) {
      const block = this.blockOf(id);
      const stops = block.heading.stops.filter((one) => !one.hidden);
      lines.push({ part: id, isHeading: true, columns: stops.length, elementAt: (column) => stops[column] });
      for (let index = 0; index < block.lineCount; index++) {
        lines.push({ part: id, columns, elementAt: (column) => block.elementAt(index, column) });
      }
    }
    return lines;
  }

  private placeOf(one: Element, lines: readonly Line[]): Place | undefined {
    const column = Number(one.closest('[aria-colindex]')?.getAttribute('aria-colindex') ?? 1) - 1;
    if (this.head.contains(one)) return { line: 0, column };
    const part = one.closest<HTMLElement>('.part')?.dataset['part'];
    const heading = lines.findIndex((line) => line.part === part);
    if (part === undefined || heading === -1) return undefined;
    const row = one.closest<HTMLElement>('.row');
    if (row) return { line: heading + 1 + Number(row.dataset['index']), column };
    const stops = this.blockOf(part as PartId).heading.stops.filter((other) => !other.hidden);
    return {
      line: heading,
      column: Math.max(
        0,
        stops.findIndex((other) => other === one),
      ),
    };
  }
}

type HeadView = Pick<GridView, 'runs' | 'baseline' | 'hasColors'>;

interface Line {
  readonly part?: PartId;
  readonly isHeading?: boolean;
  readonly columns: number;
  readonly elementAt: (column: number) => HTMLElement | undefined;
}
