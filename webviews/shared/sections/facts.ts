import { element, type Child } from '../dom';
import { clampText, formatExactTime, formatTime, visibleText } from '../text';

export interface FactOptions {
  readonly title?: string;
  /** Stands quietly behind the value. */
  readonly note?: string | undefined;
}

/** A short truth with its label; nothing where there is none. */
export function fact(label: string, value: string | undefined, { title, note }: FactOptions = {}): Child {
  if (value === undefined || value === '') return undefined;
  const clamped = clampText(value, 300, 3);
  const full = clamped.isClamped ? value.slice(0, 2000) : title;
  return factOf(
    label,
    element(
      'dd',
      full === undefined ? {} : { title: visibleText(full) },
      element('span', { class: 'stranger' }, visibleText(clamped.text)),
      note === undefined ? undefined : element('span', { class: 'quiet stranger' }, ` ${visibleText(note)}`),
    ),
  );
}

export function factOf(label: string, value: HTMLElement): HTMLElement {
  return element('div', { class: 'fact' }, element('dt', {}, label), value);
}

export function timeFact(label: string, time: number | undefined): Child {
  return time === undefined ? undefined : fact(label, formatTime(time), { title: formatExactTime(time) });
}

/** The beginning of an id that nobody reads to the end. */
export function abbreviate(id: string): string {
  return visibleText(/^(m-)?[0-9a-f]{20,}$/i.test(id) ? id.slice(0, 14) : clampText(id, 100, 1).text);
}
