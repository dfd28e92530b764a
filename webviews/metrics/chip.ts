import { element } from '../shared/dom';
import { strokeOf } from '../shared/palette';

/** A short stroke in a line's colour and dash. */
export function createChip(): { readonly element: HTMLElement; set(color: number): void } {
  const chip = element('span', { class: 'chip', aria: { hidden: 'true' } });
  return {
    element: chip,
    set: (color) => {
      chip.style.background = strokeOf(color);
    },
  };
}
