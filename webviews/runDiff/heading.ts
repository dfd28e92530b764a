import { button, element } from '../shared/dom';
import { icon } from '../shared/icons';
import { visibleText } from '../shared/text';
import { stop } from './gridFocus';
import { partTitles } from '../protocol/runDiff';
import { describeRows, type ShownPart } from './shownRows';
import type { PartId } from '../protocol/runDiff';

export interface HeadingActions {
  toggleOpen(id: PartId): void;
  toggleEqual(id: PartId): void;
}

/** The heading of a part: it folds the part, says what differs, and shows or hides what is equal. */
export interface Heading {
  readonly element: HTMLElement;
  readonly stops: readonly HTMLElement[];
  update(part: Omit<ShownPart, 'rows'>): void;
}

export function createHeading(id: PartId, actions: HeadingActions): Heading {
  const fold = button({ class: 'fold', tabIndex: -1, onClick: () => actions.toggleOpen(id) });
  fold.append(icon('chevron'), partTitles[id]);
  fold.setAttribute(stop, '');
  const count = element('span', { class: 'quiet count' });
  const equal = button({ class: 'link', tabIndex: -1, onClick: () => actions.toggleEqual(id) });
  equal.setAttribute(stop, '');
  const trouble = element('span', { class: 'stranger trouble' });
  const cell = element('div', { class: 'heading-cell', role: 'rowheader' }, fold, count, equal, trouble);
  const made = element('div', { class: 'heading', role: 'row', data: { part: id } }, cell);
  return {
    element: made,
    stops: [fold, equal],
    update: (part) => {
      fold.setAttribute('aria-expanded', String(part.isOpen));
      count.textContent = part.note ?? describeRows(id, part.count);
      equal.hidden = !(part.count.withEqual ? part.count.equal > 0 : part.count.hidden > 0);
      equal.textContent = part.count.withEqual ? 'Hide Equal' : 'Show';
      equal.ariaLabel = `${part.count.withEqual ? 'Hide' : 'Show'} equal ${partTitles[id].toLowerCase()}`;
      trouble.textContent = part.trouble === undefined ? '' : visibleText(part.trouble.slice(0, 300));
      trouble.hidden = part.trouble === undefined;
    },
  };
}
