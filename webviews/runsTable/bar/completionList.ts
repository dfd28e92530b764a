import type { Completion } from '../../protocol/runsTable';
import { element } from '../../shared/dom';
import { visibleText } from '../../shared/text';

/** More are not looked through; typing on narrows them down. */
const mostItems = 100;

/** What may be typed next, below the filter box. The box keeps the focus; `active` names the one that Enter would take. */
export class CompletionList {
  readonly element = element('div', {
    class: 'completions',
    id: 'completions',
    role: 'listbox',
    aria: { label: 'Suggestions' },
    hidden: true,
  });
  private items: readonly Completion[] = [];
  private active = -1;

  constructor(
    private readonly input: HTMLInputElement,
    choose: (item: Completion) => void,
  ) {
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', this.element.id);
    input.setAttribute('aria-expanded', 'false');
    // The box must not lose the focus to a click, or the list would be gone before it counts.
    this.element.addEventListener('pointerdown', (event) => event.preventDefault());
    this.element.addEventListener('click', (event) => {
      const row =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[role="option"]') : null;
      const item = row && this.items[Number(row.dataset['index'])];
      if (item) choose(item);
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  get activeItem(): Completion | undefined {
    return this.items[this.active];
  }

  show(items: readonly Completion[]): void {
    this.items = items.slice(0, mostItems);
    this.active = -1;
    this.element.replaceChildren(...this.items.map(drawItem));
    this.element.hidden = this.items.length === 0;
    this.element.scrollTop = 0;
    this.tell();
  }

  close(): void {
    this.show([]);
  }

  /** Goes up or down, round the ends. */
  move(by: 1 | -1): void {
    const count = this.items.length;
    if (count === 0) return;
    this.rowAt(this.active)?.setAttribute('aria-selected', 'false');
    this.active = this.active < 0 && by < 0 ? count - 1 : (this.active + by + count) % count;
    const row = this.rowAt(this.active);
    row?.setAttribute('aria-selected', 'true');
    row?.scrollIntoView({ block: 'nearest' });
    this.tell();
  }

  private rowAt(index: number): Element | undefined {
    return this.element.children[index];
  }

  private tell(): void {
    this.input.setAttribute('aria-expanded', String(this.isOpen));
    const id = this.rowAt(this.active)?.id;
    if (id === undefined) this.input.removeAttribute('aria-activedescendant');
    else this.input.setAttribute('aria-activedescendant', id);
  }
}

function drawItem({ label, detail }: Completion, index: number): HTMLElement {
  return element(
    'div',
    {
      class: 'completion',
      id: `completion-${index}`,
      role: 'option',
      aria: { selected: 'false' },
      data: { index: String(index) },
    },
    element('span', { class: 'completion-label stranger', title: visibleText(label) }, visibleText(label)),
    element('span', { class: 'quiet' }, detail),
  );
}
