import { element } from '../shared/dom';
import { icon } from '../shared/icons';
import { visibleText } from '../shared/text';
import { iconButton } from '../shared/controls';

/** Sentences above the charts: what could not be shown of the runs, and what the user asked for in vain. */
export function createNotices() {
  const notes = element('div', { class: 'notes' });
  const trouble = element('div', { class: 'notice is-failed', role: 'alert', hidden: true });
  let shown = '';
  return {
    element: element('div', { class: 'notices' }, trouble, notes),
    setNotes: (sentences: readonly string[]) => {
      const text = JSON.stringify(sentences);
      if (text === shown) return;
      shown = text;
      notes.replaceChildren(
        ...sentences.map((sentence) =>
          element(
            'div',
            { class: 'notice' },
            icon('warning'),
            element('span', { class: 'stranger' }, visibleText(sentence)),
          ),
        ),
      );
    },
    report: (cause: string) => {
      const dismiss = iconButton('Dismiss', icon('clear'), () => {
        trouble.hidden = true;
      });
      trouble.hidden = false;
      trouble.replaceChildren(
        icon('failed'),
        element('span', { class: 'stranger' }, visibleText(cause.slice(0, 2000))),
        dismiss,
      );
    },
  };
}
