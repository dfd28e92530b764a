import { button, element } from '../dom';
import { clampText, formatCount, visibleText } from '../text';

/** A description as it was written, the beginning of a long one first. */
export function noteOf(text: string): HTMLElement {
  const clamped = clampText(text, 1200, 12);
  const content = element('p', { class: 'note-text stranger' }, visibleText(clamped.text));
  const show = button(
    { class: 'link', aria: { expanded: 'false' }, hidden: !clamped.isClamped },
    `Show all ${formatCount(text.length, 'character')}`,
  );
  show.addEventListener('click', () => {
    content.textContent = visibleText(text);
    show.hidden = true;
  });
  return element('div', { class: 'note', role: 'note', aria: { label: 'Description' } }, content, show);
}
