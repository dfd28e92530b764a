import { element } from '../shared/dom';
import { placeAt } from '../shared/placing';
import { visibleText } from '../shared/text';
import { createChip } from './chip';
import { formatReal, formatStepText } from './formatX';
import type { RankedPoint } from './ranking';

export interface TooltipContent {
  /** The x, as text. */
  readonly place: string;
  readonly ranked: readonly RankedPoint[];
  readonly nearId: string | undefined;
  /** Whether all values are of the step that the place names. */
  readonly isOneStep: boolean;
}

/** So many lines are written; of more, those around the nearest. */
const mostRows = 60;
/** Between the pointer and the box, in CSS pixels. */
const distance = 16;

/** All lines' values beside the pointer, best first; the nearest one stands out and is always in sight. */
export function createTooltip() {
  const place = element('div', { class: 'tooltip-place' });
  const body = element('tbody');
  const rest = element('div', { class: 'tooltip-rest quiet' });
  const scroller = element('div', { class: 'tooltip-rows' }, element('table', {}, body));
  const box = element(
    'div',
    { class: 'tooltip', aria: { hidden: 'true' }, hidden: true },
    place,
    scroller,
    rest,
  );
  const rows: TooltipRow[] = [];
  return {
    element: box,
    hide: () => {
      box.hidden = true;
    },
    show: ({ place: text, ranked, nearId, isOneStep }: TooltipContent, x: number, y: number) => {
      box.hidden = ranked.length === 0;
      if (box.hidden) return;
      place.textContent = text;
      box.classList.toggle('is-one-step', isOneStep);
      const near = ranked.findIndex(({ line }) => line.id === nearId);
      const from = Math.max(0, Math.min(near - mostRows / 2, ranked.length - mostRows));
      const shown = ranked.slice(from, from + mostRows);
      while (rows.length < shown.length) rows.push(createRow());
      shown.forEach((one, index) => rows[index]?.show(one, one.line.id === nearId));
      const elements = rows.slice(0, shown.length).map((row) => row.element);
      if (body.childElementCount !== elements.length) body.replaceChildren(...elements);
      const left = ranked.length - shown.length;
      rest.textContent = `${left} more`;
      rest.hidden = left === 0;
      placeAt(box, x, y, distance);
      const nearRow = elements[near - from];
      if (nearRow) scroller.scrollTop = nearRow.offsetTop - scroller.clientHeight / 2;
    },
  };
}

interface TooltipRow {
  readonly element: HTMLElement;
  show(ranked: RankedPoint, isNear: boolean): void;
}

function createRow(): TooltipRow {
  const chip = createChip();
  const name = element('td', { class: 'tooltip-name' });
  const value = element('td', { class: 'tooltip-value' });
  const step = element('td', { class: 'tooltip-step quiet' });
  const row = element('tr', {}, element('td', {}, chip.element), name, value, step);
  return {
    element: row,
    show: ({ line, point }, isNear) => {
      row.classList.toggle('is-near', isNear);
      chip.set(line.color);
      name.textContent = visibleText(line.name);
      value.textContent = formatReal(point.value);
      step.textContent = formatStepText(point.step);
    },
  };
}
