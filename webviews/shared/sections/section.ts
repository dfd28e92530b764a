import { button, element } from '../dom';
import { icon } from '../icons';
import { describeCount, type SectionCount, type Words } from './arrangement';

export interface Section {
  readonly element: HTMLElement;
  /** What the section holds goes in here. */
  readonly body: HTMLElement;
  setCount(count: SectionCount | undefined, words: Words): void;
  setOpen(isOpen: boolean): void;
  /** Brings the section to the top and the focus to its heading. */
  reveal(): void;
}

/** A part of the page under a heading that folds it. */
export function createSection(id: string, title: string, onToggle: () => void): Section {
  const count = element('span', { class: 'count' });
  const body = element('div', { class: 'section-body', id: `${id}-body` });
  const toggle = button(
    { class: 'section-toggle', aria: { controls: body.id }, onClick: onToggle },
    icon('chevron'),
    element('span', {}, title),
    count,
  );
  const heading = element('h2', { id: `${id}-title` }, toggle);
  const section = element(
    'section',
    { id, class: 'section', aria: { labelledby: heading.id } },
    heading,
    body,
  );
  return {
    element: section,
    body,
    setCount: (value, words) => {
      count.textContent = value ? describeCount(value, words) : '';
    },
    setOpen: (isOpen) => {
      toggle.setAttribute('aria-expanded', String(isOpen));
      body.hidden = !isOpen;
    },
    reveal: () => {
      section.scrollIntoView({ block: 'start' });
      toggle.focus({ preventScroll: true });
    },
  };
}
