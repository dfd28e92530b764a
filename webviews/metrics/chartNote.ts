import { button, element } from '../shared/dom';
import { icon } from '../shared/icons';
import { visibleText } from '../shared/text';
import type { Picture } from './picture';

/** What stands in a chart's place while there is nothing to draw. */
export type NoteState =
  | { readonly kind: 'none' | 'loading' | 'noLines' }
  | { readonly kind: 'empty'; readonly reason: (Picture & { readonly kind: 'empty' })['reason'] }
  | { readonly kind: 'failed'; readonly cause: string };

const texts = {
  noPoints: 'No points yet',
  outOfRange: 'No points in this range',
  notPositive: 'A log axis shows values above 0 only, and there are none here',
} as const;

export function createNote(reset: () => void, retry: () => void) {
  const note = element('div', { class: 'chart-note', hidden: true });
  let shown = '';
  return {
    element: note,
    show: (state: NoteState) => {
      const text = JSON.stringify(state);
      if (text === shown) return;
      shown = text;
      note.hidden = state.kind === 'none';
      note.className = `chart-note is-${state.kind}`;
      note.replaceChildren(...contentOf(state, reset, retry));
    },
  };
}

function contentOf(state: NoteState, reset: () => void, retry: () => void): readonly HTMLElement[] {
  switch (state.kind) {
    case 'none':
      return [];
    case 'loading':
      return [
        element('div', { class: 'chart-bones', aria: { hidden: 'true' } }),
        element('span', { class: 'visually-hidden' }, 'Loading'),
      ];
    case 'noLines':
      return [element('p', { class: 'quiet' }, 'All runs are hidden')];
    case 'empty':
      return [
        element('p', { class: 'quiet' }, texts[state.reason]),
        ...(state.reason === 'outOfRange'
          ? [button({ class: 'button secondary', onClick: reset }, 'Reset')]
          : []),
      ];
    case 'failed':
      return [
        element('p', { class: 'cause stranger', role: 'alert' }, icon('failed'), visibleText(state.cause)),
        button({ class: 'button secondary', onClick: retry }, icon('refresh'), 'Retry'),
      ];
  }
}
