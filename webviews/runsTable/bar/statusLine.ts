import type { Arrangement } from '../../protocol/arrangement';
import type { TableFacts } from '../../protocol/runsTable';
import { button, element } from '../../shared/dom';
import { icon } from '../../shared/icons';
import { formatCount, visibleText } from '../../shared/text';

export interface StatusActions {
  readAll(): void;
  stopReading(): void;
}

/** How many runs there are, what is being read, and what went wrong. */
export function createStatusLine(actions: StatusActions) {
  const count = element('span', { class: 'status-count', role: 'status' });
  const more = button({ class: 'link', hidden: true, onClick: () => actions.readAll() }, 'Load All');
  const stop = button({ class: 'link', hidden: true, onClick: () => actions.stopReading() }, 'Stop');
  const notes = element('span', { class: 'stranger trouble', hidden: true });
  const trouble = element('span', { class: 'stranger trouble', role: 'alert', hidden: true });
  const progress = element(
    'div',
    { class: 'progress', hidden: true, aria: { hidden: 'true' } },
    element('div', { class: 'progress-bit' }),
  );
  return {
    element: element('div', { class: 'status-line' }, progress, count, more, stop, notes, trouble),
    show: (facts: TableFacts, arrangement: Arrangement) => {
      count.textContent = describe(facts, arrangement);
      const isReadingAll = facts.reading?.all === true;
      more.hidden = !facts.hasMore || isReadingAll;
      stop.hidden = !isReadingAll;
      progress.hidden = facts.reading === undefined;
      fill(notes, facts.notes.map(visibleText).join(' '));
    },
    setTrouble: (text: string | undefined) => fill(trouble, visibleText(text ?? '')),
  };
}

/** `1,000 runs, more to load`; `Sorting: 12,000 runs read…` */
function describe({ runCount, hasMore, reading }: TableFacts, { search }: Arrangement): string {
  const runs = formatCount(runCount, 'run');
  if (reading?.all === true) return `${visibleText(reading.why)} ${runs} read so far…`;
  const isNarrowed = Object.values(search).some(
    (value) => value !== undefined && value !== '' && value !== false,
  );
  return `${runs}${isNarrowed ? ' found' : ''}${hasMore ? ', more to load' : ''}`;
}

function fill(place: HTMLElement, text: string): void {
  if (text !== '' && place.textContent === text) return;
  place.hidden = text === '';
  place.replaceChildren(...(text === '' ? [] : [icon('warning'), text]));
}
