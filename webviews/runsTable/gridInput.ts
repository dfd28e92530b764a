import type { RunAction } from '../protocol/runsTable';
import { openMenu } from '../shared/menu';
import { formatCount } from '../shared/text';
import type { RowHead } from './blockCache';
import { commandOf, type GridCommand, type Place } from './gridKeys';
import type { HeadInput } from './headInput';
import { nameOf } from './nameCell';
import { rowMenuItems } from './rowMenu';
import type { TableGrid } from './tableGrid';
import type { ArrangementChange } from './tableHost';
import { toggled } from './columnOrder';

export interface GridInputActions {
  arrange(change: ArrangementChange): void;
  act(action: RunAction, runIds: readonly string[]): void;
  findRow(prefix: string, from: number): Promise<number>;
  copy(text: string): void;
  /** Puts the shown columns of these runs on the clipboard. */
  copyRuns(runIds: readonly string[]): void;
  say(text: string): void;
}

/** How long typed letters belong together, in milliseconds. */
const typingPause = 900;

/** What the user does in the grid by keys and pointer. The keyboard's focus is the grid's own, whatever cell is active. */
export class GridInput {
  private typed = { text: '', at: -Infinity };

  constructor(
    private readonly grid: TableGrid,
    private readonly head: HeadInput,
    private readonly actions: GridInputActions,
  ) {
    const { element } = grid;
    element.addEventListener('keydown', (event) => this.pressKey(event));
    element.addEventListener('focusin', ({ target }) => {
      // Rows come and go under the focus: it stays where it is not lost.
      if (target !== element) element.focus({ preventScroll: true });
      else if (element.matches(':focus-visible') && !grid.cellAt(grid.active)) grid.setActive(grid.active);
    });
    element.addEventListener('click', (event) => this.click(event));
    element.addEventListener('dblclick', (event) => this.doubleClick(event));
    element.addEventListener('contextmenu', (event) => this.contextMenu(event));
    element.addEventListener('pointerover', ({ target }) => this.showTitle(target));
  }

  private pressKey(event: KeyboardEvent): void {
    const { grid } = this;
    const head = grid.headAt(grid.active.row);
    const isTyping = event.timeStamp - this.typed.at < typingPause && this.typed.text !== '';
    const isLetter = event.key === ' ' && isTyping && !event.ctrlKey && !event.shiftKey;
    const command: GridCommand | undefined = isLetter
      ? { kind: 'find', letter: ' ' }
      : commandOf(event, grid.active, grid.shape, head?.fold);
    if (!command || !this.perform(command, event.timeStamp)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** False where there is nothing to do, and the key is somebody else's. */
  private perform(command: GridCommand, now: number): boolean {
    const { grid } = this;
    const { row, column } = grid.active;
    const head = grid.headAt(row);
    switch (command.kind) {
      case 'move':
        this.move(command.to, command.isRange);
        return true;
      case 'fold':
        if (head) this.fold(head.id);
        return true;
      case 'toggle':
        if (head?.kind === 'run') this.toggle(row, head.id);
        return true;
      case 'range':
        this.selectTo(row, false);
        return true;
      case 'selectAll':
        void grid.selection.all(grid.shape.rows).then(() => this.tellSelection());
        return true;
      case 'clear':
        if (grid.selection.count === 0) return false;
        grid.selection.clear();
        this.tellSelection();
        return true;
      case 'open':
        this.open(head);
        return true;
      case 'menu':
        if (row === -1) this.head.openMenu(column);
        else this.openRowMenu();
        return true;
      case 'copy':
        this.copy();
        return true;
      case 'sort':
        this.head.sort(column, command.isAdded);
        return true;
      case 'moveColumn':
        this.head.move(column, command.by);
        return true;
      case 'resize':
        this.head.resize(column, command.by);
        return true;
      case 'find':
        void this.find(command.letter, now);
        return true;
    }
  }

  private move(to: Place, isRange: boolean): void {
    this.grid.setActive(to);
    if (isRange) this.selectTo(to.row, false);
    else if (to.row >= 0) this.grid.selection.anchorAt(to.row);
  }

  private selectTo(row: number, isAdded: boolean): void {
    void this.grid.selection.range(row, isAdded).then(() => this.tellSelection());
  }

  private toggle(row: number, id: string): void {
    this.grid.selection.toggle(row, id);
    this.tellSelection();
  }

  private tellSelection(): void {
    const { count } = this.grid.selection;
    this.actions.say(count === 0 ? 'Nothing selected' : `${formatCount(count, 'run')} selected`);
  }

  private fold(id: string): void {
    this.actions.arrange({ open: toggled(this.grid.arrangement.open, id) });
  }

  private open(head: RowHead | undefined): void {
    if (head?.kind === 'run') this.actions.act('open', [head.id]);
    else if (head) this.fold(head.id);
  }

  private copy(): void {
    const { selection, active } = this.grid;
    if (selection.count > 0) this.actions.copyRuns(selection.ids);
    else {
      const value = this.grid.valueAt(active);
      if (value !== undefined) this.actions.copy(value);
    }
  }

  private async find(letter: string, now: number): Promise<void> {
    const isNew = now - this.typed.at >= typingPause;
    const text = isNew ? letter : this.typed.text + letter;
    this.typed = { text, at: now };
    const { row, column } = this.grid.active;
    const found = await this.actions.findRow(text, isNew ? row + 1 : Math.max(0, row));
    if (this.typed.text !== text) return;
    if (found < 0) this.actions.say(`No run begins with ${text}`);
    else this.move({ row: found, column }, false);
  }

  private click(event: MouseEvent): void {
    const place = placeOf(event.target);
    if (!place || place.row < 0 || !(event.target instanceof Element)) return;
    const { grid } = this;
    const head = grid.headAt(place.row);
    grid.setActive(place, false);
    if (head && event.target.closest('.twistie:not(.is-none)')) this.fold(head.id);
    else if (event.shiftKey) this.selectTo(place.row, event.ctrlKey || event.metaKey);
    else if (head?.kind !== 'run') grid.selection.anchorAt(place.row);
    else if (event.ctrlKey || event.metaKey || event.target.closest('.box')) this.toggle(place.row, head.id);
    else grid.selection.only(place.row, head.id);
  }

  private doubleClick({ target, ctrlKey, shiftKey, metaKey }: MouseEvent): void {
    const place = placeOf(target);
    const isOwn = target instanceof Element && target.closest('.twistie:not(.is-none), .box');
    if (!place || place.row < 0 || isOwn || ctrlKey || shiftKey || metaKey) return;
    this.open(this.grid.headAt(place.row));
  }

  private contextMenu(event: MouseEvent): void {
    const place = placeOf(event.target);
    if (!place) return;
    event.preventDefault();
    // A key opens it too: then there is no pointer.
    const point = event.button === 2 ? { x: event.clientX, y: event.clientY } : undefined;
    this.grid.setActive(place, false);
    if (place.row === -1) this.head.openMenu(place.column, point);
    else this.openRowMenu(point);
  }

  private openRowMenu(point?: { readonly x: number; readonly y: number }): void {
    const { grid, actions } = this;
    const { active, selection, arrangement } = grid;
    const head = grid.headAt(active.row);
    const cell = grid.cellAt(active);
    if (!head || !cell) return;
    if (head.kind === 'run' && !selection.has(head.id)) selection.only(active.row, head.id);
    const items = rowMenuItems({
      head,
      runIds: selection.ids,
      cellValue: grid.valueAt(active),
      pinnedRuns: arrangement.pinnedRuns,
      act: (action, runIds) => actions.act(action, runIds),
      pin: (pinnedRuns) => actions.arrange({ pinnedRuns }),
      fold: (id) => this.fold(id),
      copy: (text) => actions.copy(text),
    });
    cell.tabIndex = -1;
    openMenu(cell, nameOf(head), items, point);
  }

  private showTitle(target: EventTarget | null): void {
    const place = placeOf(target);
    if (place && place.row >= 0) this.grid.rowViewAt(place.row)?.showTitle(place.column);
  }
}

/** The cell of an element, by the counts that assistive technology goes by. */
function placeOf(target: EventTarget | null): Place | undefined {
  const cell = target instanceof Element ? target.closest('[aria-colindex]') : null;
  const row = cell?.closest('[aria-rowindex]');
  if (!cell || !row) return undefined;
  return {
    row: Number(row.getAttribute('aria-rowindex')) - 2,
    column: Number(cell.getAttribute('aria-colindex')) - 1,
  };
}
