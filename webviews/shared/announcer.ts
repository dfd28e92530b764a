import { element } from './dom';

/** Says what the eye sees change, to those who do not see it. */
export interface Announcer {
  readonly element: HTMLElement;
  say(text: string): void;
}

export function createAnnouncer(): Announcer {
  const region = element('div', { class: 'visually-hidden', role: 'status', aria: { live: 'polite' } });
  return {
    element: region,
    say: (text) => {
      // The same text twice is no change, and would be silent.
      region.textContent = region.textContent === text ? `${text}\u00a0` : text;
    },
  };
}
