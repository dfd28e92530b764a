import type { Completion, Completions, FilterCheck } from '../../protocol/runsTable';
import { iconButton, textBox } from '../../shared/controls';
import { element } from '../../shared/dom';
import { icon } from '../../shared/icons';
import { visibleText } from '../../shared/text';
import { CompletionList } from './completionList';

export interface FilterActions {
  check(text: string): Promise<FilterCheck>;
  complete(text: string, offset: number): Promise<Completions>;
  /** Searches for it from now on. */
  apply(text: string): void;
  leave(): void;
}

/** The box for MLflow's filters: says what is wrong and offers what may come next while one types, and searches on Enter. */
export class FilterBox {
  readonly element: HTMLElement;
  private readonly box;
  private readonly list: CompletionList;
  private readonly trouble = element('p', {
    class: 'filter-trouble stranger',
    id: 'filter-trouble',
    hidden: true,
  });
  private readonly clear = iconButton('Clear Filter (Esc)', icon('clear'), () => this.empty());
  private completions: Completions = { from: 0, to: 0, items: [] };
  /** What is searched for; the box may hold a text that is not applied yet. */
  private applied = '';
  /** Counts what was typed, so that a late answer is told from the last one. */
  private turn = 0;

  constructor(private readonly actions: FilterActions) {
    this.box = textBox(
      'Filter runs ( / )',
      'Filter: metrics.loss < 0.5 and params.lr = "0.1", or a part of the name',
      () => void this.follow(),
      icon('search'),
      this.clear,
    );
    const { input } = this.box;
    input.setAttribute('aria-describedby', this.trouble.id);
    this.list = new CompletionList(input, (item) => this.accept(item));
    input.addEventListener('keydown', (event) => {
      if (!event.isComposing && this.handleKey(event)) event.preventDefault();
    });
    input.addEventListener('blur', () => this.list.close());
    input.addEventListener('click', () => {
      if (input.value === '') void this.follow();
    });
    this.clear.hidden = true;
    this.element = element(
      'div',
      { class: 'filter-box', role: 'search' },
      this.box.element,
      element('div', { class: 'filter-below' }, this.trouble, this.list.element),
    );
  }

  /** Shows what is searched for, unless somebody is typing something else. */
  show(text: string): void {
    const { input } = this.box;
    const isUntouched = input.value.trim() === this.applied;
    this.applied = text;
    if (isUntouched && input.value.trim() !== text) input.value = text;
    this.clear.hidden = input.value === '';
    this.box.element.classList.toggle('is-pending', input.value.trim() !== this.applied);
  }

  focus(): void {
    this.box.input.focus();
    this.box.input.select();
  }

  /** Puts the beginning of a filter into the box, behind what is there, for the user to finish. */
  propose(beginning: string): void {
    const { input } = this.box;
    const before = input.value.trim();
    input.value = before === '' ? beginning : `${before} and ${beginning}`;
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
    void this.follow();
  }

  private handleKey(event: KeyboardEvent): boolean {
    const { list } = this;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (list.isOpen) list.move(event.key === 'ArrowDown' ? 1 : -1);
        else if (event.key === 'ArrowDown') void this.follow();
        return true;
      case ' ':
        if (event.ctrlKey) void this.follow();
        return event.ctrlKey;
      case 'Tab':
      case 'Enter':
        if (list.activeItem) {
          this.accept(list.activeItem);
          return true;
        }
        if (event.key === 'Enter') void this.apply();
        return event.key === 'Enter';
      case 'Escape':
        return this.escape();
      default:
        return false;
    }
  }

  /** First the suggestions go, then the text, then the focus. */
  private escape(): boolean {
    if (this.list.isOpen) this.list.close();
    else if (this.box.input.value !== '') this.empty();
    else this.actions.leave();
    return true;
  }

  private empty(): void {
    const { input } = this.box;
    input.value = '';
    input.focus();
    void this.apply();
  }

  private accept({ insert }: Completion): void {
    const { input } = this.box;
    const { from, to } = this.completions;
    input.setRangeText(insert, from, to, 'end');
    void this.follow();
  }

  /** Says what is wrong with the text so far, and what may come next. */
  private async follow(): Promise<void> {
    const { input } = this.box;
    const text = input.value;
    const turn = ++this.turn;
    this.clear.hidden = text === '';
    this.box.element.classList.toggle('is-pending', text.trim() !== this.applied);
    const [check, completions] = await Promise.all([
      this.actions.check(text),
      this.actions.complete(text, input.selectionStart ?? text.length),
    ]);
    if (turn !== this.turn || document.activeElement !== input) return;
    this.completions = completions;
    this.list.show(completions.items);
    this.tell(check);
  }

  private async apply(): Promise<void> {
    const { input } = this.box;
    const text = input.value;
    const turn = ++this.turn;
    this.list.close();
    const check = await this.actions.check(text);
    if (turn !== this.turn) return;
    this.tell(check);
    if (check.kind === 'invalid') {
      input.setSelectionRange(check.offset, check.offset + check.length);
      return;
    }
    this.applied = text.trim();
    this.clear.hidden = text === '';
    this.box.element.classList.remove('is-pending');
    this.actions.apply(this.applied);
  }

  private tell(check: FilterCheck): void {
    const isWrong = check.kind === 'invalid';
    const text = isWrong ? `At character ${check.offset + 1}: ${visibleText(check.message)}` : '';
    this.box.element.classList.toggle('is-invalid', isWrong);
    this.box.input.setAttribute('aria-invalid', String(isWrong));
    this.trouble.hidden = !isWrong;
    if (this.trouble.textContent !== text) this.trouble.textContent = text;
  }
}
